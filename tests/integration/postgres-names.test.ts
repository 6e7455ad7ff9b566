import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type pg from 'pg';
import type { AuditEntry } from '../../main/audit/ports.ts';
import { migrate, readMigrations } from '../../main/postgres/migrate.ts';
import type { FreshDatabase } from '../../tools/postgres/template.ts';
import { oldRecord } from '../shared/old-record.ts';
import { startTestPostgres, type TestPostgres } from '../shared/postgres.ts';
import { until } from '../shared/until.ts';
import { storedRecording } from './postgres-recording.ts';
import {
  actBy,
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

const write = async (...entries: AuditEntry[]): Promise<void> => {
  valueOf(await one.record.audit.writeAudit(entries));
};

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
      auditEntry({
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
    const [open] = await asOwner<{ id: string; vehicleNumber: string }>(
      `select id, vehicle_number as "vehicleNumber" from vicore.alert
         where state = 'active-unacknowledged' and vehicle_number is not null order by id limit 1`,
    );
    const { id, vehicleNumber } = open ?? { id: '', vehicleNumber: '' };
    valueOf(await one.record.alerts.handOver(id, undefined, undefined, actBy('alan')));
    valueOf(await one.record.alerts.shelve(id, 5, 'alan asked the workshop', actBy('alan')));
    valueOf(await one.record.alerts.verdict(id, 'true', undefined, actBy('alan')));
    valueOf(await one.record.alerts.recordMaintenance(vehicleNumber, 'alan saw new springs', actBy('alan')));
    const texts = {
      textEn: 'Call alan',
      textFr: 'Appeler alan',
      checklist: [{ en: 'alan told', fr: 'alan dit' }],
    };
    const guidance = { rule: 'height', severity: 'critical', ...texts, revision: 0 } as const;
    valueOf(await one.record.admin.saveGuidance(guidance, actBy('dora')));
  });

  const forget = (): ReturnType<typeof one.record.admin.pseudonymiseUser> =>
    one.record.admin.pseudonymiseUser(
      { userId: alan.id, revision: alan.revision, reason: 'alan asked' },
      actBy('dora'),
    );

  /** Every row of the record in which the name still stands as a word. */
  const traces = async (): Promise<string[]> => {
    const found: string[] = [];
    const tables = [
      'audit_log',
      'alert',
      'alert_event',
      'train_pass',
      'app_user',
      'user_name',
      'maintenance_mark',
      'guidance',
    ];
    for (const table of tables) {
      const rows = await asOwner<{ text: string }>(
        `select text from (select replace(to_jsonb(t)::text, 'WS-alan', '') as text from vicore.${table} t) x
           where text ~ '\\malan\\M'`,
      );
      found.push(...rows.map(({ text }) => `${table}: ${text}`));
    }
    return found;
  };

  test('stands nowhere any more; the chain is whole, what was done stays done', async () => {
    expect(new Set((await traces()).map((trace) => trace.split(':')[0])).size).toBe(8);
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
    expect(await verified(one)).toBeUndefined();
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
    await write(auditEntry({ action: 'session.sign-out', after: { who: 'alan' } }));
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
    expect(await verified(one)).toBeUndefined();
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
    await tamper(database.ownerUrl, statement);
    expect(await verified(one)).toEqual({ id: row?.id, problem: 'altered' });
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
