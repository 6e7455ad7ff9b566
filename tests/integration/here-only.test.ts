import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Alert } from '../../contract/domain.ts';
import { parseMessage } from '../../main/camera/protocol.ts';
import type { JournalEntry } from '../../main/passes/events.ts';
import type { HereOnly } from '../../main/passes/ports.ts';
import { neverRaised } from '../../main/postgres/never-raised.ts';
import { nothingWanted, readSharedRows } from '../../main/postgres/shared-rows.ts';
import type { FreshDatabase } from '../../tools/postgres/template.ts';
import { startModelWorkstation } from '../shared/model-workstation.ts';
import type { ModelWorkstation } from '../shared/model-workstation.ts';
import { startTestPostgres } from '../shared/postgres.ts';
import type { TestPostgres } from '../shared/postgres.ts';
import { createRandom } from '../shared/random.ts';
import type { Random } from '../shared/random.ts';
import { actBy, auditEntry, register, settingsOf, startWorkstation, withClient } from './postgres-support.ts';

/*
 * A trend that a workstation finds just before it hears that the springs were renewed (docs/domain.md, "What only one
 * workstation has"): it ends there when, and only when, the shared record has judged the same and has it not.
 */

const minute = 60_000;
const streamId = 'stream';

let postgres: TestPostgres;
let database: FreshDatabase;
let folk: ModelWorkstation;
let coq: ModelWorkstation;
let camera: { seq: number; at: number; readonly entries: JournalEntry[] };

beforeAll(async () => {
  postgres = await startTestPostgres();
}, 60_000);
afterAll(() => postgres.end());

beforeEach(async () => {
  database = await postgres.fresh();
  await register(database.userUrl, 'sue', 'supervisor');
  const directory = mkdtempSync(path.join(tmpdir(), 'vicore-here-only-'));
  const start = async (name: string): Promise<ModelWorkstation> => {
    const station = await startModelWorkstation({ name, directory, settings: settingsOf(database) });
    await station.connect();
    await station.follow();
    return station;
  };
  folk = await start('FOLK');
  coq = await start('COQ');
  const info = { streamId, site: 'Folkestone', track: 'T1', cameras: [] };
  camera = {
    seq: 0,
    at: Date.now() - 3_000 * 60 * minute,
    entries: [{ kind: 'stream', streamId, receivedAt: 0, info }],
  };
  for (let number = 1; number <= 7; number += 1) pass(number, 230);
  for (const station of [folk, coq]) await station.receive(camera.entries, true);
  await folk.write(false);
  for (const station of [folk, coq]) await station.follow();
  return async () => {
    for (const station of [folk, coq]) await station.stop();
    await database.drop();
    rmSync(directory, { recursive: true, force: true });
  };
}, 60_000);

const passIdOf = (number: number): string => `0b9f1c1e-0000-4000-8000-${String(number).padStart(12, '0')}`;

function say(passId: string, fields: object, afterMs = 100): void {
  camera.seq += 1;
  camera.at += afterMs;
  const at = new Date(camera.at).toISOString();
  const text = JSON.stringify({ ...fields, seq: camera.seq, at, passId });
  const parsed = parseMessage(text);
  if (parsed.kind !== 'event') throw new Error(`not a message: ${text}`);
  const { seq } = camera;
  camera.entries.push({ kind: 'event', streamId, seq, receivedAt: camera.at, event: parsed.event, text });
}

const place = { axle: 1, side: 'left', nest: 'lead' } as const;
const springs = [1, 2, 3, 4].flatMap((axle) =>
  ['left', 'right'].flatMap((side) =>
    ['lead', 'trail'].map((nest) => ({
      axle,
      side,
      nest,
      heightMm: 230,
      confidence: 0.95,
      defect: 'none',
      imageId: null,
    })),
  ),
);

/** An hour after the one before: one vehicle, all springs at 230 mm but the first. */
function pass(number: number, heightMm: number, vehicleNumber = 'V-1'): void {
  const passId = passIdOf(number);
  say(passId, { type: 'pass.started', trainNumber: '1', track: 'T1', direction: 'uk-fr' }, 60 * minute);
  const identity = { vehicleNumber, vehicleType: 'carrier-truck', axles: 4, leadingEnd: 'A' };
  say(passId, { type: 'vehicle.identified', index: 1, ...identity });
  const [first, ...others] = springs;
  say(passId, {
    type: 'springs.measured',
    index: 1,
    cameraId: 'F1L',
    measurements: [{ ...first, heightMm }, ...others],
  });
  say(passId, { type: 'pass.completed', vehicleCount: 1, speedKmh: 90 });
}

const lastPass = 8;
const late = (heightMm: number, number = lastPass): void =>
  say(passIdOf(number), {
    type: 'springs.measured',
    index: 1,
    cameraId: 'F1R',
    measurements: [
      { ...place, axle: 4, side: 'right', heightMm, confidence: 0.99, defect: 'none', imageId: null },
    ],
  });

const alertsAt = async (station: ModelWorkstation): Promise<readonly Alert[]> =>
  (await station.store().listAlerts({ limit: 200 })).items;
const rulesAt = async (station: ModelWorkstation): Promise<string[]> =>
  (await alertsAt(station)).map(({ rule }) => rule);

/** COQ raises the trend, not having heard of the mark; FOLK stores the pass after the mark. */
async function raiseAtOne(): Promise<Alert> {
  pass(lastPass, 222);
  await coq.receive(camera.entries, true);
  const [trend] = await alertsAt(coq);
  if (trend?.rule !== 'trend') throw new Error('no trend');
  const marked = await folk.acts.recordMaintenance('V-1', 'new springs', actBy('sue'));
  expect(marked.ok).toBe(true);
  return trend;
}

test('a trend whose baseline was renewed meanwhile ends where it was raised, with its count and its mark of being told', async () => {
  const trend = await raiseAtOne();
  expect(coq.told.has(trend.id)).toBe(true);
  // The mark has come, the pass is not stored: nothing is proved, and the alert stays.
  await coq.follow();
  expect(await rulesAt(coq)).toEqual(['trend']);
  expect(await coq.store().alertCounts()).toMatchObject({ warningUnacknowledged: 1 });
  await folk.receive(camera.entries, true);
  await folk.write(false);
  await folk.follow();
  await coq.follow();
  expect(await alertsAt(coq)).toEqual(await alertsAt(folk));
  expect(await alertsAt(coq)).toEqual([]);
  expect(await coq.store().getAlert(trend.id)).toBeUndefined();
  expect(await coq.store().alertCounts()).toMatchObject({ warningUnacknowledged: 0 });
  // Should it ever come, it is told.
  expect(await coq.store().unnotified([trend.id])).toEqual([trend.id]);
  expect(coq.changes.filter(({ id }) => id === trend.id).at(-1)).toMatchObject({
    state: 'closed',
    present: false,
  });
  expect(await coq.store().hereOnly()).toEqual([]);
  // What comes of the pass later is judged with the new baseline.
  late(231);
  for (const station of [coq, folk]) await station.receive(camera.entries, true);
  await folk.write(false);
  await coq.follow();
  expect(await rulesAt(coq)).toEqual([]);
  expect([...coq.faults, ...folk.faults]).toEqual([]);
});

test('one of which this workstation has judged more than the shared record stays until that is stored', async () => {
  await raiseAtOne();
  await folk.receive(camera.entries, true);
  late(231);
  await coq.receive(camera.entries, true);
  await folk.write(false);
  await coq.follow();
  expect(await rulesAt(coq)).toEqual(['trend']);
  // Its own journal, after the cameras and the database had been away.
  await coq.write(false);
  await coq.follow();
  expect(await rulesAt(coq)).toEqual([]);
});

test('what somebody acknowledged of it while the database was away is in the audit log, and acknowledges nothing later', async () => {
  const trend = await raiseAtOne();
  coq.cut();
  const kept = await coq.acknowledge(trend.id, { comment: 'seen' }, actBy('sue', 1_234));
  expect(kept.ok && kept.value.provisional).toBe(true);
  await folk.receive(camera.entries, true);
  await folk.write(false);
  await coq.connect();
  await coq.follow();
  expect(await rulesAt(coq)).toEqual([]);
  expect(await coq.store().pendingActs()).toEqual([]);
  // Killed before it is sent: it is still there.
  await coq.restart(true);
  const entries = await coq.store().pendingAudit(10);
  expect(entries).toMatchObject([
    {
      action: 'alert.acknowledge-void',
      actor: 'sue',
      at: 1_234,
      entityId: trend.id,
      after: { comment: 'seen' },
    },
  ]);
  const { record } = startWorkstation({ name: 'WS', settings: settingsOf(database) });
  try {
    await expect
      .poll(async () => (await record.audit.writeAudit([...entries, auditEntry()])).ok, { timeout: 10_000 })
      .toBe(true);
  } finally {
    await record.stop();
  }
  expect(await rulesAt(coq)).toEqual([]);
});

test('what the shared record may have missed some of, has, or has not seen to the end proves nothing', async () => {
  const trend = await raiseAtOne();
  await folk.receive(camera.entries, true);
  await folk.write(false);
  const asked: HereOnly = { alertId: trend.id, passId: passIdOf(lastPass), revision: camera.seq };
  await withClient(database.ownerUrl, async (client) => {
    const proved = async (one: HereOnly = asked): Promise<number> =>
      (await neverRaised(client, [one])).length;
    const undone = async (statement: string, values: unknown[] = []): Promise<number> => {
      await client.query('begin');
      await client.query(statement, values);
      const found = await proved();
      await client.query('rollback');
      return found;
    };
    expect(await proved()).toBe(1);
    expect(await proved({ ...asked, revision: camera.seq + 1 })).toBe(0);
    expect(await proved({ ...asked, passId: passIdOf(99) })).toBe(0);
    expect(
      await undone(`update vicore.train_pass set ended_at = null, status = 'in-progress' where id = $1`, [
        asked.passId,
      ]),
    ).toBe(0);
    const alert = `insert into vicore.alert (id, pass_id, rule, severity, state, present, raised_at, received_at, stream_id)`;
    expect(
      await undone(
        `${alert} values ($1, $2, 'trend', 'warning', 'active-unacknowledged', true, now(), now(), null)`,
        [trend.id, asked.passId],
      ),
    ).toBe(0);
    const gap = `${alert} select gen_random_uuid(), null, 'data-gap', 'warning', 'active-unacknowledged', true, now(),
      started_at - $2::interval, $3 from vicore.train_pass where id = $1`;
    expect(await undone(gap, [asked.passId, '-1 hour', streamId])).toBe(0);
    expect(await undone(gap, [asked.passId, '2 days', streamId])).toBe(1);
    expect(await undone(gap, [asked.passId, '-1 hour', 'another'])).toBe(1);
    const refused = `insert into vicore.rejected_message (stream_id, seq, at, reason, text) values ($1, 7, now(), $2, '')`;
    expect(await undone(refused, [streamId, 'could not be stored: x'])).toBe(0);
    expect(await undone(refused, [streamId, 'contradicts the end of this pass'])).toBe(1);
  });
});

/** Random orders of what happens around a vehicle that settles, on both workstations. */
async function randomSequence(random: Random, sequence: number, note: (step: string) => void): Promise<void> {
  const stations = [folk, coq] as const;
  const vehicle = `S-${sequence}`;
  const base = 100 + sequence * 20;
  let last = base;
  for (; last < base + 6; last += 1) pass(last, 230, vehicle);
  for (const station of stations) await station.receive(camera.entries, true);
  await folk.write(false);
  for (const station of stations) await station.follow();
  pass(last, 222, vehicle);
  for (let number = 5 + random.below(8); number > 0; number -= 1) {
    const station = random.of(stations);
    switch (
      random.of([
        'pass',
        'late',
        'mark',
        'receive',
        'receive',
        'write',
        'write',
        'follow',
        'follow',
        'cut',
        'kill',
      ])
    ) {
      case 'pass':
        last += 1;
        pass(last, random.of([222, 222, 230]), vehicle);
        note('a pass');
        break;
      case 'late':
        late(random.of([229, 231, 232]), last);
        note('a late measurement');
        break;
      case 'mark':
        await folk.connect();
        expect((await folk.acts.recordMaintenance(vehicle, 'new springs', actBy('sue'))).ok).toBe(true);
        note('new springs');
        break;
      case 'receive':
        await station.receive(camera.entries, random.chance(0.7));
        note(`${station.name} receives`);
        break;
      case 'write':
        await station.connect();
        await station.write(random.chance(0.1));
        note(`${station.name} writes`);
        break;
      case 'follow':
        await station.connect();
        await station.follow(random.chance(0.1));
        note(`${station.name} follows`);
        break;
      case 'cut':
        station.cut();
        note(`${station.name} is cut`);
        break;
      case 'kill':
        await station.restart(true);
        note(`${station.name} is killed`);
        break;
    }
    await nothingLost();
  }
  for (const station of stations) {
    await station.connect();
    await station.receive(camera.entries, true);
  }
  for (const station of stations) await station.write(false);
  for (const station of stations) await station.follow();
  const passIds = Array.from({ length: last - base + 1 }, (_, index) => passIdOf(base + index));
  const shared = await withClient(database.ownerUrl, (client) =>
    readSharedRows(client, { ...nothingWanted, wholePassIds: passIds }),
  );
  const inOrder = (alerts: readonly Alert[]): unknown =>
    alerts
      .filter(({ passId }) => passIds.includes(passId ?? ''))
      .map((alert): unknown => JSON.parse(JSON.stringify(alert)))
      .toSorted((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));
  for (const station of stations) {
    expect(inOrder(await alertsAt(station)), station.name).toEqual(inOrder(shared.alerts));
    expect(await station.store().hereOnly()).toEqual([]);
    expect(station.faults).toEqual([]);
  }
  ended += stations.flatMap(({ changes }) => changes).filter(({ state }) => state === 'closed').length;
}

/** What people were told of and is not listed any more, the shared record has judged, and has it not. */
async function nothingLost(): Promise<void> {
  const { rows } = await withClient(database.ownerUrl, (client) =>
    client.query<{ id: string; alerts: string[] }>(
      `select p.id, array(select a.id from vicore.alert a where a.pass_id = p.id) as alerts from vicore.train_pass p
         where p.ended_at is not null`,
    ),
  );
  const judged = new Map(rows.map((row) => [row.id, row.alerts]));
  for (const station of [folk, coq]) {
    const listed = new Set((await alertsAt(station)).map(({ id }) => id));
    for (const { id, passId = '' } of station.told.values()) {
      if (listed.has(id)) continue;
      expect(judged.has(passId), `${id} ended at ${station.name} before its pass was stored`).toBe(true);
      expect(judged.get(passId), `${id} ended at ${station.name}`).not.toContain(id);
    }
  }
}

let ended = 0;

test('in whatever order marks, measurements and rows come, both end with what the shared record has', async () => {
  const sequences = Number(process.env['HERE_ONLY_SEQUENCES'] ?? 25);
  const seed = Number(process.env['HERE_ONLY_SEED'] ?? 1);
  for (let sequence = 0; sequence < sequences; sequence += 1) {
    const notes: string[] = [];
    try {
      await randomSequence(createRandom(seed + sequence), sequence, (step) => notes.push(step));
    } catch (error) {
      throw new Error(`HERE_ONLY_SEED=${seed} sequence ${sequence}: ${notes.join(', ')}`, { cause: error });
    }
  }
  expect(ended, 'alerts that ended').toBeGreaterThan(0);
}, 300_000);
