import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type pg from 'pg';
import type { Result } from '../../contract/errors.ts';
import { createAuditTrail } from '../../main/audit/trail.ts';
import type { FreshDatabase } from '../../tools/postgres/template.ts';
import { startTestPostgres, type TestPostgres } from '../shared/postgres.ts';
import { until } from '../shared/until.ts';
import { storedRecording } from './postgres-recording.ts';
import {
  actBy,
  memoryOutbox,
  register,
  settingsOf,
  startWorkstation,
  withClient,
  type Workstation,
} from './postgres-support.ts';

let postgres: TestPostgres;
let database: FreshDatabase;
let one: Workstation;
let other: Workstation;

beforeAll(async () => {
  postgres = await startTestPostgres();
}, 60_000);
afterAll(() => postgres.end());

beforeEach(async () => {
  database = await postgres.fresh();
  await storedRecording(database.userUrl, 'plain');
  for (const name of ['ann', 'bob', 'eve']) await register(database.userUrl, name);
  one = startWorkstation({ name: 'WS-1', settings: settingsOf(database) });
  other = startWorkstation({ name: 'WS-2', settings: settingsOf(database) });
  await until(() => [one, other].every((each) => each.health()?.state === 'connected'), 5_000);
  return async () => {
    await Promise.all([one.record.stop(), other.record.stop()]);
    await database.drop();
  };
}, 30_000);

const asOwner = <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> =>
  withClient(database.ownerUrl, async (client) => (await client.query<Row>(text, values)).rows);

/** A pass with exactly `count` unacknowledged alerts and their ids. */
async function passWithAlerts(count: number): Promise<{ passId: string; alertIds: string[] }> {
  const rows = await asOwner<{ passId: string; alertIds: string[] }>(
    `select pass_id as "passId", array_agg(id) as "alertIds" from vicore.alert where state = 'active-unacknowledged'
       group by 1 having count(*) = $1 and count(*) = (select count(*) from vicore.alert a where a.pass_id = alert.pass_id)
       limit 1`,
    [count],
  );
  const row = rows[0];
  if (!row) throw new Error(`no pass with ${count} alerts`);
  return row;
}

const code = (result: Result<unknown>): string => (result.ok ? 'ok' : result.error.code);

describe('acknowledging', () => {
  test('two at once: one wins, the other is told who and when', async () => {
    const { alertIds } = await passWithAlerts(1);
    const id = alertIds[0] ?? '';
    const results = await Promise.all([
      one.record.alerts.acknowledge(id, { comment: 'mine' }, actBy('ann'), false),
      other.record.alerts.acknowledge(id, {}, actBy('bob'), false),
    ]);
    const winner = results.find((result) => result.ok);
    const loser = results.find((result) => !result.ok);
    if (!winner?.ok || !loser || loser.ok) throw new Error(JSON.stringify(results));
    expect(winner.value.state).toBe('active-acknowledged');
    expect(loser.error.code).toBe('already-acknowledged');
    expect(loser.error.details).toEqual({
      acknowledgedBy: winner.value.acknowledgedBy,
      acknowledgedAt: winner.value.acknowledgedAt,
    });
    const audit = await asOwner(`select action, entity_id from vicore.audit_log where entity = 'alert'`);
    expect(audit).toEqual([{ action: 'alert.acknowledge', entity_id: id }]);
    const events = await asOwner(
      `select kind, actor from vicore.alert_event where alert_id = $1 order by id`,
      [id],
    );
    expect(events.at(-1)).toEqual({ kind: 'acknowledged', actor: winner.value.acknowledgedBy });
  });

  test('the same act sent twice, its answer lost, counts once', async () => {
    const { alertIds } = await passWithAlerts(1);
    const act = actBy('ann');
    const id = alertIds[0] ?? '';
    expect(code(await one.record.alerts.acknowledge(id, { comment: 'seen' }, act, false))).toBe('ok');
    expect(code(await one.record.alerts.acknowledge(id, { comment: 'seen' }, act, false))).toBe('ok');
    const events = await asOwner(
      `select from vicore.alert_event where alert_id = $1 and kind = 'acknowledged'`,
      [id],
    );
    expect(events).toHaveLength(1);
  });

  test('one made while the database was away stands when it was earlier; both are in the history', async () => {
    const { alertIds } = await passWithAlerts(1);
    const id = alertIds[0] ?? '';
    const now = Date.now();
    expect(code(await one.record.alerts.acknowledge(id, {}, actBy('ann', now), false))).toBe('ok');
    const earlier = await other.record.alerts.acknowledge(
      id,
      { comment: 'was here' },
      actBy('bob', now - 60_000),
      true,
    );
    expect(earlier).toMatchObject({
      ok: true,
      value: { acknowledgedBy: 'bob', acknowledgedAt: now - 60_000 },
    });
    const later = await other.record.alerts.acknowledge(id, {}, actBy('eve', now - 30_000), true);
    expect(code(later)).toBe('already-acknowledged');
    const events = await asOwner<{ kind: string; actor: string }>(
      `select kind, actor from vicore.alert_event where alert_id = $1 and kind like 'acknowledged%' order by id`,
      [id],
    );
    expect(events).toEqual([
      { kind: 'acknowledged', actor: 'ann' },
      { kind: 'acknowledged-late', actor: 'bob' },
      { kind: 'acknowledged-late', actor: 'eve' },
    ]);
  });

  test('what does not exist is said not to', async () => {
    const nobody = '00000000-0000-4000-8000-000000000000';
    expect(code(await one.record.alerts.acknowledge(nobody, {}, actBy('ann'), false))).toBe('not-found');
    expect(code(await one.record.alerts.comment(nobody, 'x', actBy('ann')))).toBe('not-found');
    expect(code(await one.record.passes.confirm(nobody, undefined, actBy('ann')))).toBe('not-found');
  });

  test('a comment is kept and changes nothing else', async () => {
    const { alertIds } = await passWithAlerts(1);
    const result = await one.record.alerts.comment(alertIds[0] ?? '', 'looks worn', actBy('ann'));
    expect(result).toMatchObject({
      ok: true,
      value: { comment: 'looks worn', state: 'active-unacknowledged' },
    });
  });
});

describe('confirming', () => {
  test('is refused with the count of unacknowledged alerts, then accepted; its alerts close', async () => {
    const { passId, alertIds } = await passWithAlerts(2);
    const refused = await one.record.passes.confirm(passId, 'done', actBy('ann'));
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'unacknowledged-alerts', details: { count: 2 } },
    });
    for (const id of alertIds) await one.record.alerts.acknowledge(id, {}, actBy('ann'), false);
    const confirmed = await one.record.passes.confirm(passId, 'done', actBy('ann'));
    expect(confirmed).toMatchObject({
      ok: true,
      value: { status: 'confirmed', confirmedBy: 'ann', notes: 'done' },
    });
    expect(code(await other.record.passes.confirm(passId, 'again', actBy('bob')))).toBe('conflict');
    const states = await asOwner('select distinct state from vicore.alert where pass_id = $1', [passId]);
    expect(states).toEqual([{ state: 'closed' }]);
    const long = await one.record.passes.confirm(passId, 'x'.repeat(501), actBy('ann'));
    expect(long.ok).toBe(false);
  });

  test('is refused to the owner himself, and while the pass is in progress', async () => {
    const { passId } = await passWithAlerts(1);
    const confirm = `update vicore.train_pass set status = 'confirmed' where id = $1`;
    await expect(asOwner(confirm, [passId])).rejects.toThrow('unacknowledged');
    await asOwner(`update vicore.train_pass set status = 'in-progress' where id = $1`, [passId]);
    await expect(asOwner(confirm, [passId])).rejects.toThrow('in-progress');
    expect(code(await one.record.passes.confirm(passId, undefined, actBy('ann')))).toBe('not-ended');
  });

  const raise = `insert into vicore.alert (id, pass_id, rule, severity, state, present, raised_at, received_at)
    values (gen_random_uuid(), $1, 'count-mismatch', 'warning', 'active-unacknowledged', true, now(), now())`;

  test('waits for an alert that is being raised, and is then refused', async () => {
    const { passId, alertIds } = await passWithAlerts(1);
    await one.record.alerts.acknowledge(alertIds[0] ?? '', {}, actBy('ann'), false);
    await withClient(database.ownerUrl, async (raising) => {
      await raising.query('begin');
      await raising.query(raise, [passId]);
      const confirming = one.record.passes.confirm(passId, undefined, actBy('ann'));
      await until(async () => (await waiting()) === 1, 3_000);
      await raising.query('commit');
      expect(code(await confirming)).toBe('unacknowledged-alerts');
    });
  });

  test('an alert raised after it re-opens the pass in the same transaction, audited', async () => {
    const { passId, alertIds } = await passWithAlerts(1);
    await one.record.alerts.acknowledge(alertIds[0] ?? '', {}, actBy('ann'), false);
    expect(code(await one.record.passes.confirm(passId, undefined, actBy('ann')))).toBe('ok');
    await asOwner(raise, [passId]);
    expect(await asOwner('select status, reopened from vicore.train_pass where id = $1', [passId])).toEqual([
      { status: 'pending', reopened: true },
    ]);
    expect(await asOwner(`select entity_id from vicore.audit_log where action = 'pass.reopened'`)).toEqual([
      { entity_id: passId },
    ]);
  });

  test('never stands beside an unacknowledged alert, however the two race', async () => {
    const { passId, alertIds } = await passWithAlerts(1);
    await one.record.alerts.acknowledge(alertIds[0] ?? '', {}, actBy('ann'), false);
    const outcomes = new Set<string>();
    await withClient(database.ownerUrl, async (raising) => {
      for (let round = 0; round < 40; round += 1) {
        const confirming = one.record.passes.confirm(passId, undefined, actBy('ann'));
        await raising.query(raise, [passId]);
        outcomes.add(code(await confirming));
        const wrong = await raising.query(
          `select from vicore.train_pass p join vicore.alert a on a.pass_id = p.id
             where p.status = 'confirmed' and a.state like '%-unacknowledged'`,
        );
        expect(wrong.rowCount).toBe(0);
        const open = await raising.query<{ id: string }>(
          `select id from vicore.alert where pass_id = $1 and state like '%-unacknowledged'`,
          [passId],
        );
        for (const { id } of open.rows) await other.record.alerts.acknowledge(id, {}, actBy('bob'), false);
      }
    });
    expect(
      [...outcomes].filter((outcome) => outcome !== 'ok' && outcome !== 'unacknowledged-alerts'),
    ).toEqual([]);
  });

  test('a lock that is held long is a time-out, not a hang (fault 16)', async () => {
    const { passId } = await passWithAlerts(1);
    await withClient(database.ownerUrl, async (holder) => {
      await holder.query('begin');
      await holder.query('select from vicore.train_pass where id = $1 for update', [passId]);
      expect(code(await one.record.passes.confirm(passId, undefined, actBy('ann')))).toBe('timeout');
      await holder.query('rollback');
    });
    expect(one.health()?.state).toBe('connected');
  });
});

/** Sessions that wait for a lock now. */
async function waiting(): Promise<number> {
  const rows = await asOwner<{ count: number }>(
    'select count(*)::int as count from pg_locks where not granted',
  );
  return rows[0]?.count ?? 0;
}

test('a refused call is in the audit log, also one from a time without the database (fault 67)', async () => {
  const outbox = memoryOutbox();
  let ids = 0;
  const faults: string[] = [];
  const trail = createAuditTrail({
    outbox,
    shared: one.record.audit,
    newId: () => `0b9f1c1e-0000-4000-8000-${String((ids += 1)).padStart(12, '0')}`,
    onFault: (message) => faults.push(message),
  });
  const refuse = (reason: string): void =>
    trail.record({
      at: Date.now(),
      actor: '',
      subject: '',
      role: 'window',
      workstation: 'WS-1',
      action: 'call.refused',
      entity: 'method',
      entityId: 'passes.confirm',
      after: { code: 'foreign-sender', reason, window: 3, repeated: 2 },
      correlationId: `c-${reason}`,
    });
  const refused = () =>
    asOwner<{ workstation: string; entity_id: string; after: unknown }>(
      `select workstation, entity_id, after from vicore.audit_log where action = 'call.refused' order by id`,
    );
  refuse('an inner frame');
  await until(async () => (await refused()).length === 1, 5_000);
  await postgres.server.stop('immediate');
  await until(() => one.health()?.state !== 'connected', 15_000);
  refuse('another origin');
  await trail.settled();
  await postgres.server.start();
  await until(() => one.health()?.state === 'connected', 20_000);
  trail.flush();
  await until(async () => (await refused()).length === 2, 20_000);
  expect(await refused()).toEqual(
    ['an inner frame', 'another origin'].map((reason) => ({
      workstation: 'WS-1',
      entity_id: 'passes.confirm',
      after: { code: 'foreign-sender', reason, window: 3, repeated: 2 },
    })),
  );
  await until(async () => (await outbox.pendingAudit(10)).length === 0, 5_000);
  expect(faults).toEqual([]);
  expect(await asOwner('select * from vicore.verify_audit()')).toEqual([]);
}, 60_000);
