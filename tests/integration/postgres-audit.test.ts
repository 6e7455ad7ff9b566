import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type pg from 'pg';
import type { AuditEntry } from '../../main/audit/ports.ts';
import type { FreshDatabase } from '../../tools/postgres/template.ts';
import { startTestPostgres, type TestPostgres } from '../shared/postgres.ts';
import { until } from '../shared/until.ts';
import {
  auditEntry,
  code,
  register,
  settingsOf,
  startWorkstation,
  tamper,
  valueOf,
  verified,
  withClient,
  type Workstation,
} from './postgres-support.ts';

let postgres: TestPostgres;
let database: FreshDatabase;
let one: Workstation;

beforeAll(async () => {
  postgres = await startTestPostgres();
}, 60_000);
afterAll(() => postgres.end());

beforeEach(async () => {
  database = await postgres.fresh();
  await register(database.userUrl, 'dora', 'admin');
  await register(database.userUrl, 'alan', 'operator');
  one = startWorkstation({ name: 'WS-1', settings: settingsOf(database) });
  await until(() => one.health()?.state === 'connected', 5_000);
  return async () => {
    await one.record.stop();
    await database.drop();
  };
}, 30_000);

const asOwner = <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> =>
  withClient(database.ownerUrl, async (client) => (await client.query<Row>(text, values)).rows);

const write = async (...entries: AuditEntry[]): Promise<void> => {
  valueOf(await one.record.audit.writeAudit(entries));
};

describe('entries of a workstation', () => {
  test('are in the log once, however often they are sent, with their own time', async () => {
    const at = Date.now() - 86_400_000;
    const entries = [
      auditEntry({ at, before: { a: 1 }, after: { b: [2] } }),
      auditEntry({ action: 'call.refused', actor: '', subject: '', role: 'window' }),
    ];
    await write(...entries);
    await write(...entries);
    await Promise.all([write(...entries), write(...entries.toReversed())]);
    const page = valueOf(await one.record.audit.listAudit({ limit: 10, from: at, to: at + 1 }));
    expect(page.items).toMatchObject([
      { at, actor: 'alan', role: 'operator', action: 'session.sign-in', before: { a: 1 }, after: { b: [2] } },
    ]);
    expect(await asOwner(`select from vicore.audit_log where action = 'call.refused'`)).toHaveLength(1);
    expect(await verified(one)).toBeUndefined();
  });

  test.each([
    'alert.acknowledge',
    'threshold.save',
    'user.deactivate',
    'person.registered',
    'session',
    'x.session.y',
  ])('cannot say that %s was done', async (action) => {
    const before = await asOwner('select from vicore.audit_log');
    const result = await one.record.audit.writeAudit([auditEntry(), auditEntry({ action })]);
    expect(code(result)).toBe('invalid-input');
    expect(await asOwner('select from vicore.audit_log')).toHaveLength(before.length);
  });

  test('keep no name in what stays for ever', async () => {
    await write(auditEntry({ entity: 'user', entityId: 'alan' }));
    const [user] = await asOwner<{ id: string }>(`select id from vicore.app_user where subject = 'alan'`);
    const page = valueOf(await one.record.audit.listAudit({ limit: 1 }));
    expect(page.items[0]?.entityId).toBe(user?.id);
  });
});

test('pages and filters of the log: newest first, each row once', async () => {
  for (let count = 0; count < 12; count += 1) {
    await write(
      auditEntry({
        at: 1_000_000 + count,
        action: count % 2 === 0 ? 'session.sign-in' : 'session.sign-out',
        entity: 'thing',
        entityId: String(count % 3),
      }),
    );
  }
  const read = async (filter: object): Promise<number[]> => {
    const ids: number[] = [];
    let cursor: string | undefined;
    do {
      const page = valueOf(await one.record.audit.listAudit({ limit: 2, cursor, ...filter }));
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.cursor;
    } while (cursor !== undefined);
    return ids;
  };
  const all = await read({});
  expect(all).toEqual([14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  expect(await read({ actor: 'dora' })).toEqual([1]);
  expect(await read({ action: 'session.sign-out' })).toEqual([14, 12, 10, 8, 6, 4]);
  expect(await read({ entity: 'thing', entityId: '0' })).toEqual([12, 9, 6, 3]);
  expect(await read({ from: 1_000_002, to: 1_000_005 })).toEqual([7, 6, 5]);
  expect(await read({ upTo: 4 })).toEqual([4, 3, 2, 1]);
  expect(await read({ actor: `'; drop table vicore.audit_log; --` })).toEqual([]);
  const head = valueOf(await one.record.audit.auditHead());
  expect(head).toMatchObject({ id: 14, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(valueOf(await one.record.audit.auditMarks([14, 99]))).toEqual([head]);
});

describe('verification names the first row that is wrong', () => {
  beforeEach(async () => {
    for (let count = 0; count < 8; count += 1) await write(auditEntry({ after: { count } }));
  });

  test.each([
    ['nothing', 'select 1', undefined],
    ['the actor', `update vicore.audit_log set actor = 'x' where id = 5`, { id: 5, problem: 'altered' }],
    [
      'what was done',
      `update vicore.audit_log set after = '{}' where id >= 7`,
      { id: 7, problem: 'altered' },
    ],
    [
      'the time',
      `update vicore.audit_log set at = at + interval '1 us' where id = 1`,
      { id: 1, problem: 'altered' },
    ],
    ['who it was', `update vicore.audit_log set user_id = null where id = 4`, { id: 4, problem: 'altered' }],
    [
      'an edit with its own commitment and hash',
      `update vicore.audit_log l set actor = 'x', commitment = c.commitment, hash = sha256(c.commitment)
         from (select vicore.audit_commitment(row(id, at, 'x', role, workstation, action, entity, entity_id, before, after,
           correlation_id, previous_hash, hash, user_id, salt, commitment)::vicore.audit_log) as commitment
           from vicore.audit_log where id = 6) c where id = 6`,
      { id: 6, problem: 'altered' },
    ],
    [
      'a salt taken away',
      `update vicore.audit_log set salt = null, actor = 'x' where id = 3`,
      { id: 3, problem: 'altered' },
    ],
    ['the first row deleted', 'delete from vicore.audit_log where id = 1', { id: 1, problem: 'missing' }],
    [
      'a middle row deleted',
      'delete from vicore.audit_log where id in (6, 7)',
      { id: 6, problem: 'missing' },
    ],
    [
      'the last row deleted',
      'delete from vicore.audit_log where id = 10',
      { id: 10, problem: 'tail-missing' },
    ],
    ['all rows truncated', 'truncate vicore.audit_log', { id: 1, problem: 'tail-missing' }],
    [
      'a row in the place of another',
      `update vicore.audit_log set hash = sha256('x') where id = 2`,
      { id: 2, problem: 'altered' },
    ],
    [
      'a chain joined again behind a deleted row',
      `delete from vicore.audit_log where id = 4; update vicore.audit_log set id = id - 1 where id > 4`,
      { id: 4, problem: 'does-not-follow' },
    ],
  ] as const)('%s', async (_, statement, broken) => {
    await tamper(database.ownerUrl, statement);
    for (const portion of [1, 3, 1_000]) expect(await verified(one, portion)).toEqual(broken);
    const whole = await asOwner<{ id: number }>('select broken_id::int as id from vicore.verify_audit()');
    expect(whole).toEqual(broken ? [{ id: broken.id }] : []);
  });

  test('a later portion begins where the former ended', async () => {
    const first = valueOf(await one.record.audit.verifyAudit(undefined, 4));
    expect(first).toMatchObject({ last: { id: 4 }, ended: false });
    const rest = valueOf(await one.record.audit.verifyAudit(first.last, 100));
    expect(rest).toMatchObject({ last: { id: 10 }, ended: true });
    const forged = { id: 4, hash: 'ab'.repeat(32) };
    expect(valueOf(await one.record.audit.verifyAudit(forged, 100)).broken).toEqual({
      id: 5,
      problem: 'does-not-follow',
    });
  });
});
