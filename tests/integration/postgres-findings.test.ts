import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type pg from 'pg';
import type { ReferenceKind } from '../../contract/changes.ts';
import type { Guidance, KnownFinding } from '../../contract/domain.ts';
import type { Result } from '../../contract/errors.ts';
import { createDrain } from '../../main/postgres/drain.ts';
import { migrate, readMigrations } from '../../main/postgres/migrate.ts';
import type { Measurement } from '../../main/springs/measurement.ts';
import type { FreshDatabase } from '../../tools/postgres/template.ts';
import { createScript, measured, wholeVehicle } from '../shared/camera-events.ts';
import { oldRecord } from '../shared/old-record.ts';
import { startTestPostgres, type TestPostgres } from '../shared/postgres.ts';
import { storeAlerts } from '../shared/stored-alerts.ts';
import { until } from '../shared/until.ts';
import { storedRecording } from './postgres-recording.ts';
import {
  actBy,
  recordingReplica,
  type RecordingReplica,
  register,
  settingsOf,
  startWorkstation,
  withClient,
  type Workstation,
} from './postgres-support.ts';

let postgres: TestPostgres;
let database: FreshDatabase;
let replica: RecordingReplica;
let one: Workstation;
let told: ReferenceKind[];

beforeAll(async () => {
  postgres = await startTestPostgres();
}, 60_000);
afterAll(() => postgres.end());

beforeEach(async () => {
  database = await postgres.fresh();
  await register(database.userUrl, 'ann');
  await register(database.userUrl, 'sue', 'supervisor');
  for (const name of ['dora', 'otto']) await register(database.userUrl, name, 'admin');
  replica = recordingReplica();
  told = [];
  one = startWorkstation({
    name: 'WS-1',
    settings: settingsOf(database),
    replica,
    listeners: { onReference: (abouts) => told.push(...abouts) },
  });
  await until(() => one.health()?.asOf !== undefined, 10_000);
  told = [];
  return async () => {
    await one.record.stop();
    await database.drop();
  };
}, 30_000);

const asOwner = <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> =>
  withClient(database.ownerUrl, async (client) => (await client.query<Row>(text, values)).rows);

const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.error.code);

function valueOf<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** As the replica was last told of the alert. */
const knownOf = (id: string): KnownFinding | undefined =>
  replica.applied.flatMap((rows) => rows.alerts).findLast((alert) => alert.id === id)?.known;

const isThere = (id: string): boolean =>
  replica.applied.some((rows) => rows.alerts.some((alert) => alert.id === id));

const hour = 3_600_000;

describe('the same finding in pass after pass', () => {
  test('comes with since when, how often, and who acknowledged it last', async () => {
    const now = Date.now();
    const stored = await storeAlerts(database.ownerUrl, [
      { raisedAt: now - 4 * hour },
      { raisedAt: now - 3 * hour },
      { raisedAt: now - 2 * hour, position: '1Lb' },
      { raisedAt: now - 2 * hour, rule: 'defect' },
      { raisedAt: now - 2 * hour, vehicleNumber: 'V-2' },
      { raisedAt: now - hour },
    ]);
    const [first, second, , , foreign, last] = stored.map(({ id }) => id);
    if (!first || !second || !foreign || !last) throw new Error('not stored');
    await until(() => stored.every(({ id }) => isThere(id)), 5_000);
    expect(knownOf(first)).toBeUndefined();
    expect(knownOf(foreign)).toBeUndefined();
    expect(knownOf(second)).toEqual({ since: now - 4 * hour, times: 2 });
    expect(knownOf(last)).toEqual({ since: now - 4 * hour, times: 3 });
    const act = actBy('ann');
    await one.record.alerts.acknowledge(first, {}, act, false);
    const answer = valueOf(await one.record.alerts.comment(last, 'again', actBy('ann')));
    expect(answer.known).toEqual({
      since: now - 4 * hour,
      times: 3,
      acknowledgedBy: 'ann',
      acknowledgedAt: act.at,
    });
  });

  test('an acknowledgement of an earlier one, its being taken back and one that was not known yet show at the later ones', async () => {
    const now = Date.now();
    const [first, other, closed, last] = (
      await storeAlerts(database.ownerUrl, [
        { raisedAt: now - 3 * hour },
        { raisedAt: now - 3 * hour, position: '1Lb' },
        { raisedAt: now - 2 * hour, state: 'cleared-unacknowledged' },
        { raisedAt: now - hour },
      ])
    ).map(({ id }) => id);
    if (!first || !other || !closed || !last) throw new Error('not stored');
    await until(() => [first, other, closed, last].every(isThere), 5_000);
    valueOf(await one.record.alerts.acknowledge(closed, {}, actBy('ann'), false));
    await until(() => knownOf(last)?.acknowledgedBy === 'ann', 5_000);
    const toldBefore = replica.applied.length;
    const act = actBy('sue');
    valueOf(await one.record.alerts.acknowledge(first, {}, act, false));
    valueOf(await one.record.alerts.undo(closed, actBy('ann')));
    const known = { since: now - 3 * hour, times: 3 };
    await until(() => knownOf(last)?.acknowledgedBy === 'sue', 5_000);
    expect(knownOf(last)).toEqual({ ...known, acknowledgedBy: 'sue', acknowledgedAt: act.at });
    valueOf(await one.record.alerts.undo(first, actBy('sue')));
    await until(() => knownOf(last)?.acknowledgedBy === undefined, 5_000);
    expect(knownOf(last)).toEqual(known);
    // Of other findings there was nothing to tell.
    const told = replica.applied.slice(toldBefore).flatMap((rows) => rows.alerts.map(({ id }) => id));
    expect(told).not.toContain(other);
    // A workstation that was away brings an earlier one late.
    await storeAlerts(database.ownerUrl, [{ raisedAt: now - 4 * hour }]);
    await until(() => knownOf(last)?.times === 4, 5_000);
    expect(knownOf(last)).toEqual({ since: now - 4 * hour, times: 4 });
  });

  test('begins anew when the springs were renewed, and every replica and the writer learn it', async () => {
    const now = Date.now();
    const old = await storeAlerts(database.ownerUrl, [
      { raisedAt: now - 2 * hour },
      { raisedAt: now - hour },
    ]);
    expect(codeOf(await one.record.alerts.recordMaintenance('V-1', 'x', actBy('ann')))).toBe('forbidden');
    expect(codeOf(await one.record.alerts.recordMaintenance('V-9', 'x', actBy('sue')))).toBe('not-found');
    expect(codeOf(await one.record.alerts.recordMaintenance('V-1', ' ', actBy('sue')))).toBe('invalid-input');
    const mark = valueOf(await one.record.alerts.recordMaintenance('V-1', 'new springs', actBy('sue')));
    expect(mark.vehicleNumber).toBe('V-1');
    await until(
      () => replica.applied.flatMap((rows) => rows.maintenance ?? []).some(({ at }) => at === mark.at),
      5_000,
    );
    expect(
      await asOwner(`select actor, entity_id, after ->> 'reason' as reason from vicore.audit_log
      where action = 'maintenance.record'`),
    ).toEqual([{ actor: 'sue', entity_id: 'V-1', reason: 'new springs' }]);
    const fresh = await storeAlerts(database.ownerUrl, [
      { raisedAt: mark.at + 1_000 },
      { raisedAt: mark.at + 2_000 },
    ]);
    await until(() => fresh.every(({ id }) => isThere(id)), 5_000);
    expect(fresh.map(({ id }) => knownOf(id))).toEqual([undefined, { since: mark.at + 1_000, times: 2 }]);
    // What was so before the workshop stays said of the past.
    const before = valueOf(await one.record.alerts.comment(old[1]?.id ?? '', 'x', actBy('ann')));
    expect(before.known).toEqual({ since: now - 2 * hour, times: 2 });
    // A workstation that is filled anew gets the last mark of each vehicle.
    const again = recordingReplica();
    const other = startWorkstation({ name: 'WS-2', settings: settingsOf(database), replica: again });
    await until(() => other.health()?.asOf !== undefined, 10_000);
    expect(again.applied.flatMap((rows) => rows.maintenance ?? [])).toEqual([mark]);
    await other.record.stop();
  });
});

test.each([
  ['not renewed', false, ['1La trend warning']],
  ['renewed before the last pass', true, []],
] as const)('the writer’s trend, springs %s', async (_, renewed, expected) => {
  const script = createScript();
  /** An hour after the one before. */
  const pass = (number: number, measurements: readonly Measurement[]): void => {
    const passId = `0b9f1c1e-0000-4000-8000-${String(number).padStart(12, '0')}`;
    script.say({ type: 'pass.started', trainNumber: '1', track: 'T1', direction: 'uk-fr' }, passId, hour);
    const identity = {
      vehicleNumber: 'V-1',
      vehicleType: 'carrier-truck',
      axles: 4,
      leadingEnd: 'A',
    } as const;
    script.say({ type: 'vehicle.identified', index: 1, ...identity }, passId);
    script.measure(1, measurements, passId);
    script.complete(1, passId);
  };
  for (let number = 1; number <= 8; number += 1) pass(number, wholeVehicle());
  const before = script.entries.length;
  pass(9, [...wholeVehicle().slice(1), measured({ heightCmm: 22_300 })]);
  await withClient(database.userUrl, async (client) => {
    const drain = createDrain({
      client,
      workstation: 'WS-1',
      signal: new AbortController().signal,
      onSetAside: (_entry, reason) => {
        throw new Error(`set aside: ${reason}`);
      },
      onRetry: () => undefined,
    });
    // Pass 9 has begun: the writer remembers the earlier ones.
    await drain.store(script.entries.slice(0, before + 2));
    if (renewed) {
      await asOwner(
        `insert into vicore.maintenance_mark (vehicle_number, at, actor, reason)
           select 'V-1', max(started_at) - interval '10 minutes', 'sue', 'new springs' from vicore.train_pass`,
      );
    }
    await drain.store(script.entries.slice(before + 2));
  });
  const alerts = await asOwner<{ line: string }>(
    `select position || ' ' || rule || ' ' || severity as line from vicore.alert`,
  );
  expect(alerts.map(({ line }) => line)).toEqual(expected);
});

describe('guidance', () => {
  const texts = {
    rule: 'height',
    severity: 'critical',
    textEn: 'Call the driver.\nThe train may go on at 30 km/h.',
    textFr: 'Appeler le conducteur.',
    checklist: [{ en: 'Looked at the image', fr: 'Image vue' }],
  } satisfies Omit<Guidance, 'revision'>;

  test('of every rule and severity can be listed; what was written is read, with who and when', async () => {
    const all = valueOf(await one.record.admin.listGuidance({ limit: 200 })).items;
    expect(all).toHaveLength(22);
    expect(all[0]).toEqual({
      rule: 'defect',
      severity: 'critical',
      textEn: '',
      textFr: '',
      checklist: [],
      revision: 0,
    });
    expect(valueOf(await one.record.alerts.readGuidance())).toEqual([]);
    expect(codeOf(await one.record.admin.saveGuidance({ ...texts, revision: 0 }, actBy('sue')))).toBe(
      'forbidden',
    );
    const saved = valueOf(await one.record.admin.saveGuidance({ ...texts, revision: 0 }, actBy('dora')));
    expect(saved).toMatchObject({ ...texts, updatedBy: 'dora', revision: 1 });
    expect(valueOf(await one.record.alerts.readGuidance())).toEqual([saved]);
    const page = valueOf(await one.record.admin.listGuidance({ limit: 3 }));
    expect(page.items[2]).toEqual(saved);
    const next = valueOf(await one.record.admin.listGuidance({ limit: 3, cursor: page.cursor }));
    expect(next.items[0]).toMatchObject({ rule: 'height', severity: 'warning' });
    await until(() => told.includes('guidance'), 5_000);
  });

  test('is not overwritten by whoever did not see the last change', async () => {
    const [left, right] = await Promise.all([
      one.record.admin.saveGuidance({ ...texts, revision: 0 }, actBy('dora')),
      one.record.admin.saveGuidance({ ...texts, textEn: 'Other', revision: 0 }, actBy('otto')),
    ]);
    const winner = left.ok ? left : right;
    const loser = left.ok ? right : left;
    expect(loser).toMatchObject({
      ok: false,
      error: { code: 'conflict', details: { current: valueOf(winner) } },
    });
    expect(codeOf(await one.record.admin.saveGuidance({ ...texts, revision: 1 }, actBy('otto')))).toBe('ok');
    expect(await asOwner(`select entity_id from vicore.audit_log where action = 'guidance.save'`)).toEqual(
      Array(2).fill({ entity_id: 'height/critical' }),
    );
    expect(
      codeOf(
        await one.record.admin.saveGuidance(
          { ...texts, textEn: 'x'.repeat(4_001), revision: 2 },
          actBy('otto'),
        ),
      ),
    ).toBe('invalid-input');
  });
});

test('names that are replaced go from owners, shelves, verdicts and guidance too', async () => {
  const [alert] = await storeAlerts(database.ownerUrl, [{}]);
  const id = alert?.id ?? '';
  await one.record.alerts.acknowledge(id, {}, actBy('ann'), false);
  await one.record.alerts.handOver(id, 'sue', undefined, actBy('ann'));
  await one.record.alerts.shelve(id, 5, 'sue asked', actBy('sue'));
  await one.record.alerts.verdict(id, 'false', undefined, actBy('sue'));
  await one.record.alerts.recordMaintenance('V-1', 'sue saw it', actBy('sue'));
  await one.record.admin.saveGuidance(
    { rule: 'height', severity: 'critical', textEn: 'Call sue', textFr: '', checklist: [], revision: 0 },
    actBy('dora'),
  );
  const [person] = await asOwner<{ id: string; revision: number }>(
    `select id, revision from vicore.app_user where subject = 'sue'`,
  );
  const change = { userId: person?.id ?? '', revision: person?.revision ?? 0, reason: 'asked' };
  expect(codeOf(await one.record.admin.pseudonymiseUser(change, actBy('dora')))).toBe('ok');
  for (const table of ['alert', 'alert_event', 'maintenance_mark', 'guidance', 'audit_log', 'app_user'])
    expect(
      await asOwner(
        `select t::text from vicore.${table} t where replace(t::text, 'WS-sue', '') ~ '\\msue\\M'`,
      ),
      table,
    ).toEqual([]);
  expect(await asOwner('select * from vicore.verify_audit()')).toEqual([]);
});

test('a record of the version before keeps its alerts, with their owners', async () => {
  const name = `upgrade_alerts_${process.pid}`;
  await asOwner(`create database ${name}`);
  const url = postgres.server.ownerUrl(name);
  const known = await readMigrations(`${import.meta.dirname}/../../resources/migrations`);
  await migrate(url, known.slice(0, 9), { user: database.user });
  await oldRecord(url, 4);
  await register(url, 'ann');
  await withClient(url, async (client) => {
    const rows = async (text: string, values: unknown[] = []): Promise<unknown[]> =>
      (await client.query<pg.QueryResultRow>(text, values)).rows;
    const [first, second] = (
      await client.query<{ id: string }>('select id from vicore.alert order by position')
    ).rows;
    await client.query('select vicore.acknowledge_alert($1, null, $2, false)', [
      first?.id,
      JSON.stringify(actBy('ann')),
    ]);
    await client.query(
      `update vicore.alert set state = 'cleared-unacknowledged', present = false where id = $1`,
      [second?.id],
    );
    await client.query('select vicore.acknowledge_alert($1, null, $2, false)', [
      second?.id,
      JSON.stringify(actBy('ann')),
    ]);
    const changes = 'select count(*)::int as count from vicore.change';
    const [before] = (await client.query<{ count: number }>(changes)).rows;
    await migrate(url, known, { user: database.user });
    // Open alerts are told of in one change, closed ones not at all.
    expect(await rows(changes)).toEqual([{ count: (before?.count ?? 0) + 1 }]);
    expect(
      await rows(`select state, owner, closed_at is not null as ended, unacknowledged_since is not null as waits
        from vicore.alert order by position`),
    ).toEqual([
      { state: 'active-acknowledged', owner: 'ann', ended: false, waits: false },
      { state: 'closed', owner: 'ann', ended: true, waits: false },
      { state: 'active-unacknowledged', owner: null, ended: false, waits: true },
      { state: 'active-unacknowledged', owner: null, ended: false, waits: true },
    ]);
    // Acknowledged before the database noted its own time: never undone.
    expect(
      await rows('select outcome, reason from vicore.undo_acknowledgement($1, $2)', [
        first?.id,
        JSON.stringify(actBy('ann')),
      ]),
    ).toEqual([{ outcome: 'conflict', reason: 'too-late' }]);
    expect(await rows('select * from vicore.verify_audit()')).toEqual([]);
  });
  // What this program stores goes on from there.
  await storedRecording(url, 'plain');
  await asOwner(`drop database ${name} with (force)`);
}, 60_000);
