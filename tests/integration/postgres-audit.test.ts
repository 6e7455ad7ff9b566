import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type pg from 'pg';
import type { Result } from '../../contract/errors.ts';
import type { AuditBreak } from '../../contract/results.ts';
import type { AuditEntry, AuditMark } from '../../main/audit/ports.ts';
import { migrate, readMigrations } from '../../main/postgres/migrate.ts';
import type { FreshDatabase } from '../../tools/postgres/template.ts';
import { oldRecord } from '../shared/old-record.ts';
import { startTestPostgres, type TestPostgres } from '../shared/postgres.ts';
import { until } from '../shared/until.ts';
import { storedRecording } from './postgres-recording.ts';
import {
  actBy,
  register,
  settingsOf,
  startWorkstation,
  withClient,
  type Workstation,
} from './postgres-support.ts';

const migrations = path.join(import.meta.dirname, '../../resources/migrations');

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

const code = (result: Result<unknown>): string => (result.ok ? 'ok' : result.error.code);

function valueOf<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

const entry = (more: Partial<AuditEntry> = {}): AuditEntry => ({
  entryId: randomUUID(),
  at: Date.now(),
  actor: 'alan',
  subject: 'alan',
  role: 'operator',
  workstation: 'WS-1',
  action: 'session.sign-in',
  entity: 'session',
  entityId: '',
  correlationId: 'c',
  ...more,
});

const write = async (...entries: AuditEntry[]): Promise<void> => {
  valueOf(await one.record.audit.writeAudit(entries));
};

/** What a whole verification in portions finds. */
async function verify(rows = 3): Promise<AuditBreak | undefined> {
  let after: AuditMark | undefined;
  for (;;) {
    const { last, ended, broken } = valueOf(await one.record.audit.verifyAudit(after, rows));
    if (broken || ended) return broken;
    after = last;
  }
}

/** As somebody with every right over the database would do it. */
async function tamper(...statements: string[]): Promise<void> {
  await withClient(database.ownerUrl, async (client) => {
    for (const table of ['audit_log', 'audit_rewrite', 'alert_event'])
      await client.query(`alter table vicore.${table} disable trigger all`);
    for (const statement of statements) await client.query(statement);
  });
}

describe('entries of a workstation', () => {
  test('are in the log once, however often they are sent, with their own time', async () => {
    const at = Date.now() - 86_400_000;
    const entries = [
      entry({ at, before: { a: 1 }, after: { b: [2] } }),
      entry({ action: 'call.refused', actor: '', subject: '', role: 'window' }),
    ];
    await write(...entries);
    await write(...entries);
    await Promise.all([write(...entries), write(...entries.toReversed())]);
    const page = valueOf(await one.record.audit.listAudit({ limit: 10, from: at, to: at + 1 }));
    expect(page.items).toMatchObject([
      { at, actor: 'alan', role: 'operator', action: 'session.sign-in', before: { a: 1 }, after: { b: [2] } },
    ]);
    expect(await asOwner(`select from vicore.audit_log where action = 'call.refused'`)).toHaveLength(1);
    expect(await verify()).toBeUndefined();
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
    const result = await one.record.audit.writeAudit([entry(), entry({ action })]);
    expect(code(result)).toBe('invalid-input');
    expect(await asOwner('select from vicore.audit_log')).toHaveLength(before.length);
  });

  test('keep no name in what stays for ever', async () => {
    await write(entry({ entity: 'user', entityId: 'alan' }));
    const [user] = await asOwner<{ id: string }>(`select id from vicore.app_user where subject = 'alan'`);
    const page = valueOf(await one.record.audit.listAudit({ limit: 1 }));
    expect(page.items[0]?.entityId).toBe(user?.id);
  });
});

test('pages and filters of the log: newest first, each row once', async () => {
  for (let count = 0; count < 12; count += 1) {
    await write(
      entry({
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
    for (let count = 0; count < 8; count += 1) await write(entry({ after: { count } }));
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
    await tamper(statement);
    for (const portion of [1, 3, 1_000]) expect(await verify(portion)).toEqual(broken);
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

describe('a name replaced on request (GDPR)', () => {
  let alan: { readonly id: string; readonly revision: number };
  let passId: string;

  beforeEach(async () => {
    await storedRecording(database.userUrl, 'plain');
    const [alert] = await asOwner<{ id: string; passId: string }>(
      `select id, pass_id as "passId" from vicore.alert a where state = 'active-unacknowledged'
         and 1 = (select count(*) from vicore.alert b where b.pass_id = a.pass_id) order by id limit 1`,
    );
    passId = alert?.passId ?? '';
    await one.record.alerts.acknowledge(alert?.id ?? '', { comment: 'alan saw it' }, actBy('alan'), false);
    await one.record.passes.confirm(passId, 'done by alan', actBy('alan'));
    await write(
      entry({
        action: 'session.sign-in',
        after: { name: 'alan', other: 'alanis', email: 'alan@example.org' },
      }),
    );
    await register(database.userUrl, 'alanis');
    const listed = valueOf(await one.record.admin.listUsers({ limit: 5, search: 'alan' }));
    alan = listed.items.find(({ subject }) => subject === 'alan') ?? { id: '', revision: 0 };
    const what = { kind: 'override-role', role: 'supervisor', reason: 'alan leads now' } as const;
    const changed = await one.record.admin.changeUser(
      { userId: alan.id, revision: alan.revision, change: what },
      actBy('dora'),
    );
    alan = valueOf(changed);
  });

  const forget = (): ReturnType<typeof one.record.admin.pseudonymiseUser> =>
    one.record.admin.pseudonymiseUser(
      { userId: alan.id, revision: alan.revision, reason: 'alan asked' },
      actBy('dora'),
    );

  /** Every row of the record in which the name still stands as a word. */
  const traces = async (): Promise<string[]> => {
    const found: string[] = [];
    for (const table of ['audit_log', 'alert', 'alert_event', 'train_pass', 'app_user', 'user_name']) {
      const rows = await asOwner<{ text: string }>(
        `select text from (select replace(to_jsonb(t)::text, 'WS-alan', '') as text from vicore.${table} t) x
           where text ~ '\\malan\\M'`,
      );
      found.push(...rows.map(({ text }) => `${table}: ${text}`));
    }
    return found;
  };

  test('stands nowhere any more; the chain is whole, what was done stays done', async () => {
    expect((await traces()).length).toBeGreaterThan(5);
    const before = await asOwner('select id, hash, commitment from vicore.audit_log order by id');
    const pseudonym = `person-${alan.id.slice(0, 8)}`;
    expect(valueOf(await forget())).toMatchObject({
      name: pseudonym,
      subject: pseudonym,
      active: false,
      pseudonymised: true,
      overrideReason: `${pseudonym} leads now`,
      revision: alan.revision + 1,
    });
    expect(await traces()).toEqual([]);
    expect(
      await asOwner('select confirmed_by, notes from vicore.train_pass where id = $1', [passId]),
    ).toEqual([{ confirmed_by: pseudonym, notes: `done by ${pseudonym}` }]);
    expect(await asOwner(`select after from vicore.audit_log where action = 'session.sign-in'`)).toEqual([
      { after: { name: pseudonym, other: 'alanis', email: `${pseudonym}@example.org` } },
    ]);
    const after = await asOwner('select id, hash, commitment from vicore.audit_log order by id');
    expect(after.slice(0, before.length)).toEqual(before);
    expect(await verify()).toBeUndefined();
    expect(await asOwner('select * from vicore.verify_audit()')).toEqual([]);
    const [row] = valueOf(await one.record.audit.listAudit({ limit: 1 })).items;
    const [{ count } = { count: 0 }] = await asOwner<{ count: number }>(
      'select count(*)::int as count from vicore.audit_rewrite',
    );
    expect(row).toMatchObject({
      action: 'user.pseudonymise',
      entityId: alan.id,
      after: {
        pseudonym,
        rows: count,
        digest: expect.stringMatching(/^[0-9a-f]{64}$/),
        reason: `${pseudonym} asked`,
      },
    });
    expect(count).toBeGreaterThan(4);
  });

  test('is known again at the door: no sign-in, no act, and late entries carry the pseudonym', async () => {
    valueOf(await forget());
    const person = { subject: 'alan', name: 'alan', claimedRole: 'admin' } as const;
    expect(await one.record.persons.registerPerson(person, 'WS-1', 'c')).toMatchObject({
      value: { active: false },
    });
    expect(await one.record.persons.findPerson('alan')).toMatchObject({ value: { active: false } });
    expect(code(await one.record.passes.confirm(passId, 'x', actBy('alan')))).toBe('forbidden');
    await write(entry({ action: 'session.sign-out', after: { who: 'alan' } }));
    const [row] = valueOf(await one.record.audit.listAudit({ limit: 1 })).items;
    const pseudonym = `person-${alan.id.slice(0, 8)}`;
    expect(row).toMatchObject({ actor: pseudonym, after: { who: pseudonym } });
    expect(code(await forget())).toBe('conflict');
    expect(
      code(
        await one.record.admin.pseudonymiseUser(
          { userId: alan.id, revision: alan.revision + 1, reason: 'x' },
          actBy('dora'),
        ),
      ),
    ).toBe('invalid-input');
  });

  test('of the admin who did it is replaced as well, later, and the chain is whole', async () => {
    valueOf(await forget());
    await register(database.userUrl, 'otto', 'admin');
    const dora = valueOf(await one.record.admin.listUsers({ limit: 1, search: 'dora' })).items[0];
    valueOf(
      await one.record.admin.pseudonymiseUser(
        { userId: dora?.id ?? '', revision: dora?.revision ?? 0, reason: 'asked' },
        actBy('otto'),
      ),
    );
    expect(await asOwner(`select from vicore.audit_log where actor = 'dora'`)).toEqual([]);
    expect(await verify()).toBeUndefined();
  });

  test.each([
    [
      'a rewritten row',
      `update vicore.audit_log set actor = 'mallory' where id = (select max(row_id) from vicore.audit_rewrite)`,
      'max',
    ],
    [
      'a rewritten row and its digest: any of them may be the one, so the first is named',
      `with edited as (update vicore.audit_log set actor = 'mallory' where id = (select max(row_id) from vicore.audit_rewrite)
         returning audit_log.*)
       update vicore.audit_rewrite r set digest = vicore.audit_row_digest(e::vicore.audit_log) from edited e where r.row_id = e.id`,
      'min',
    ],
    [
      'a digest taken away',
      'delete from vicore.audit_rewrite where row_id = (select min(row_id) from vicore.audit_rewrite)',
      'min',
    ],
    ['all digests taken away', 'truncate vicore.audit_rewrite', 'min'],
  ] as const)('an edit afterwards is found: %s', async (_, statement, which) => {
    valueOf(await forget());
    const [row] = await asOwner<{ id: number }>(
      `select ${which}(row_id)::int as id from vicore.audit_rewrite`,
    );
    await tamper(statement);
    expect(await verify()).toEqual({ id: row?.id, problem: 'altered' });
  });

  test('needs the function: nobody else gets past the triggers, not even with its sign', async () => {
    const attempt = (statement: string): Promise<string> =>
      withClient(database.ownerUrl, (client) =>
        client.query(`set vicore.pseudonymising = on; ${statement}`).then(
          () => 'accepted',
          (error: Error) => error.message,
        ),
      );
    expect(await attempt(`update vicore.audit_log set role = 'x', salt = null`)).toContain('append-only');
    expect(await attempt(`update vicore.audit_log set actor = 'x'`)).toContain('append-only');
    expect(await attempt('delete from vicore.audit_log')).toContain('append-only');
    expect(await attempt(`update vicore.alert_event set kind = 'x'`)).toContain('append-only');
    expect(
      await attempt(
        `update vicore.audit_rewrite set row_id = 1; delete from vicore.audit_rewrite; truncate vicore.audit_rewrite`,
      ),
    ).toContain('append-only');
  });
});

test('a record of the version before keeps its chain, and a name in it can be replaced', async () => {
  const name = `upgrade_${process.pid}`;
  await asOwner(`create database ${name}`);
  const url = postgres.server.ownerUrl(name);
  const known = await readMigrations(migrations);
  await migrate(url, known.slice(0, 4), { user: database.user });
  await oldRecord(url, 4);
  await withClient(url, async (client) => {
    // As version 4 did it: no subject, the operating system's user name.
    const act = {
      actor: 'amartin',
      role: 'operator',
      workstation: 'WS-1',
      at: Date.now(),
      correlationId: 'old',
    };
    await client.query(
      `select vicore.acknowledge_alert(id, 'seen', $1, false) from (select id from vicore.alert
         where state = 'active-unacknowledged' order by id limit 4) a`,
      [JSON.stringify(act)],
    );
    await client.query(
      `insert into vicore.app_user (subject, display_name, role) values ('old', 'Old Hand', 'supervisor')`,
    );
  });
  await migrate(url, known, { user: database.user });
  await withClient(url, async (client) => {
    const rows = async (text: string): Promise<unknown[]> =>
      (await client.query<pg.QueryResultRow>(text)).rows;
    expect(await rows('select * from vicore.verify_audit()')).toEqual([]);
    expect(await rows('select count(*)::int as old from vicore.audit_log where commitment is null')).toEqual([
      { old: 4 },
    ]);
    expect(await rows('select role, claimed_role from vicore.app_user')).toEqual([
      { role: 'supervisor', claimed_role: 'supervisor' },
    ]);
    expect(await rows(`select count(*) > 0 as seen from vicore.vehicle_seen`)).toEqual([{ seen: true }]);
    await register(url, 'amartin');
    await register(url, 'dora', 'admin');
    expect(await rows('select * from vicore.verify_audit()')).toEqual([]);
    await client.query(
      `select vicore.pseudonymise_user(id, revision, 'asked', $1) from vicore.app_user where subject = 'amartin'`,
      [JSON.stringify(actBy('dora'))],
    );
    expect(await rows(`select from vicore.audit_log where actor = 'amartin'`)).toEqual([]);
    expect(await rows('select * from vicore.verify_audit()')).toEqual([]);
    await client.query('alter table vicore.audit_log disable trigger all');
    await client.query(`update vicore.audit_log set actor = 'x' where id = 2`);
    expect(await rows('select broken_id::int as id, problem from vicore.verify_audit()')).toEqual([
      { id: 2, problem: 'altered' },
    ]);
  });
  await asOwner(`drop database ${name} with (force)`);
}, 60_000);
