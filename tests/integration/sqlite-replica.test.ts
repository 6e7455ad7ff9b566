import { readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Alert } from '../../contract/domain.ts';
import { compareAlerts } from '../../main/alerts/lifecycle.ts';
import { createFold } from '../../main/passes/fold.ts';
import { databaseOpener } from '../../main/sqlite/database.ts';
import type { LocalStore } from '../../main/sqlite/local-store.ts';
import {
  act,
  alertOf,
  eventEntry,
  outcome,
  passIdOf,
  passRecord,
  sharedRows,
  testStore,
  transition,
  vehicleRecord,
} from '../shared/local-store.ts';
import type { TestStore } from '../shared/local-store.ts';
import { asExpected, expectedRecord, recordedEntries } from '../shared/recording.ts';

let place: TestStore;
const replicaFile = (): string => join(place.directory, 'replica.sqlite');
const stream = (lastSeq: number) => ({
  streamId: 'stream-1',
  site: 'Folkestone',
  track: 'T1',
  cameras: [],
  lastSeq,
  updatedAt: lastSeq,
});

beforeEach(() => {
  place = testStore();
});
afterEach(() => {
  place.remove();
});

const allPages = async <T>(
  page: (
    cursor: string | undefined,
  ) => Promise<{ readonly items: readonly T[]; readonly cursor?: string | undefined }>,
): Promise<T[]> => {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const next = await page(cursor);
    items.push(...next.items);
    cursor = next.cursor;
  } while (cursor !== undefined);
  return items;
};

describe.each(['plain', 'rough'] as const)('the %s recording', (name) => {
  test('judged against the replica, with restarts, leaves exactly the expected record', async () => {
    const entries = recordedEntries(name);
    const batch = Math.ceil(entries.length / 3);
    for (let start = 0; start < entries.length; start += batch) {
      const store = await place.open();
      const fold = createFold(store);
      // Each run gives some of the entries again: the position makes them count once.
      const run = entries.slice(Math.max(0, start - 500), start + batch);
      for (let from = 0; from < run.length; from += 200) {
        await store.commit(await fold.apply(run.slice(from, from + 200)));
      }
      await store.close();
    }
    const store = await place.open();
    const passes = await allPages((cursor) => store.listPasses({ cursor, limit: 7 }));
    const bundles = await store.loadPasses(passes.map(({ id }) => id));
    const record = asExpected(
      bundles.map(({ pass }) => pass),
      bundles.flatMap(({ vehicles }) => vehicles),
      await allPages((cursor) => store.listAlerts({ cursor, limit: 13 })),
      await allPages((cursor) => store.listRejected({ cursor, limit: 11 })),
    );
    const expected = expectedRecord(name);
    expect(record.passes).toEqual(expected.passes);
    expect(record.alerts).toEqual(expected.alerts);
    expect([...new Set(record.rejectedSeqs)]).toEqual([...new Set(expected.rejectedSeqs)]);
    expect(place.warnings).toEqual([]);
    await store.close();
  }, 120_000);
});

describe('a commit', () => {
  test('keeps every field of passes, vehicles and springs', async () => {
    const store = await place.open();
    const pass = passRecord(1, {
      speedKmh: undefined,
      endedAt: undefined,
      status: 'in-progress',
      state: undefined,
    });
    const springs = [
      {
        position: '1La',
        state: 'critical' as const,
        defect: 'broken' as const,
        confidence: 0.61,
        defectConfidence: 0.61,
      },
      ...vehicleRecord(pass, 1).springs.slice(1, 15),
      { position: '4Rb' },
    ];
    const relativeCmm = [null, ...Array.from({ length: 15 }, (_, index) => index)];
    const vehicle = vehicleRecord(pass, 1, { springs, relativeCmm, blindSides: ['R'], contradicted: true });
    const bare = vehicleRecord(pass, 200, {
      identified: false,
      vehicleNumber: undefined,
      vehicleType: undefined,
      leadingEnd: undefined,
      state: undefined,
    });
    await store.commit(outcome({ passes: [pass], vehicles: [bare, vehicle], streams: [stream(1)] }));
    const [bundle] = await store.loadPasses([pass.id, passIdOf(99)]);
    expect(bundle).toEqual({ pass, vehicles: [vehicle, bare], conditions: [] });
    expect(await store.openPasses('stream-1')).toEqual([pass.id]);
    expect(await store.loadStreams(['stream-1', 'other'])).toEqual([stream(1)]);
    const detail = await store.getPass(pass.id);
    expect(detail?.vehicles.map(({ index }) => index)).toEqual([1, 200]);
    expect(detail?.vehicles[0]).not.toHaveProperty('work');
    await store.close();
  });

  test('raises alerts, and re-opens a confirmed pass whose alert becomes active', async () => {
    const store = await place.open();
    const pass = passRecord(1);
    const confirmed = {
      ...pass,
      status: 'confirmed' as const,
      confirmedBy: 'Anna',
      confirmedAt: 9,
      notes: 'seen',
    };
    await store.applyShared(sharedRows({ passes: [confirmed] }));
    const later = passRecord(1, { revision: 5, state: 'warning' });
    const committed = await store.commit(
      outcome({ passes: [later], transitions: [transition(pass, 5)], streams: [stream(5)] }),
    );
    expect(committed.alerts).toMatchObject([{ state: 'active-unacknowledged', rule: 'height' }]);
    expect(committed.passes).toMatchObject([
      { status: 'pending', reopened: true, notes: 'seen', state: 'warning' },
    ]);
    expect((await store.getPass(pass.id))?.pass).toMatchObject({ status: 'pending', reopened: true });
    await store.close();
  });

  test('of an older revision than the shared record gave is passed over', async () => {
    const store = await place.open();
    await store.applyShared(sharedRows({ passes: [passRecord(1, { revision: 20, state: 'warning' })] }));
    const committed = await store.commit(
      outcome({ passes: [passRecord(1, { revision: 10 })], transitions: [transition(passRecord(1), 10)] }),
    );
    expect(committed).toEqual({ alerts: [], passes: [] });
    expect((await store.getPass(passIdOf(1)))?.pass).toMatchObject({ revision: 20, state: 'warning' });
    await store.close();
  });

  test('that makes an alert active anew forgets that people were told', async () => {
    const store = await place.open();
    const pass = passRecord(1);
    const raised = transition(pass, 1);
    await store.commit(outcome({ passes: [pass], transitions: [raised] }));
    await store.markNotified([raised.alertId]);
    await store.commit(outcome({ transitions: [transition(pass, 2, { kind: 'cleared', present: false })] }));
    expect(await store.unnotified([raised.alertId])).toEqual([]);
    await store.commit(outcome({ transitions: [transition(pass, 3, { kind: 'returned' })] }));
    expect(await store.unnotified([raised.alertId])).toEqual([raised.alertId]);
    await store.close();
  });
});

describe('lists', () => {
  test('passes: newest first, by pages, found by a part of the train number taken literally', async () => {
    const store = await place.open();
    const passes = Array.from({ length: 25 }, (_, index) => passRecord(index + 1));
    const odd = passRecord(40, { trainNumber: '64%1' });
    await store.commit(outcome({ passes: [...passes, odd] }));
    const listed = await allPages((cursor) => store.listPasses({ cursor, limit: 7 }));
    expect(listed.map(({ id }) => id)).toEqual([odd, ...passes.toReversed()].map(({ id }) => id));
    expect((await store.listPasses({ limit: 200, search: '601' })).items).toHaveLength(10);
    expect((await store.listPasses({ limit: 200, search: '%' })).items).toMatchObject([
      { trainNumber: '64%1' },
    ]);
    await expect(store.listPasses({ limit: 5, cursor: 'nonsense' })).rejects.toMatchObject({
      code: 'invalid-cursor',
    });
    await store.close();
  });

  test('alerts: unacknowledged first, then severity, then newest; open ones only on request', async () => {
    const store = await place.open();
    const passes = Array.from({ length: 40 }, (_, index) => passRecord(index + 1));
    await store.commit(
      outcome({
        passes,
        transitions: passes.map((pass, index) =>
          transition(pass, index + 1, {
            severity: index % 3 === 0 ? 'critical' : 'warning',
            at: 1_000 * (index % 7),
          }),
        ),
      }),
    );
    for (const pass of passes.slice(0, 12)) {
      await store.acknowledgeProvisionally(transition(pass, 1).alertId, {}, act('Anna', 90_000));
    }
    await store.commit(
      outcome({
        transitions: passes
          .slice(0, 5)
          .map((pass) => transition(pass, 99, { kind: 'cleared', present: false })),
      }),
    );
    const everything = await allPages((cursor) => store.listAlerts({ cursor, limit: 9 }));
    expect(everything).toEqual(everything.toSorted(compareAlerts));
    expect(new Set(everything.map(({ id }) => id)).size).toBe(40);
    const open = await allPages((cursor) => store.listAlerts({ cursor, limit: 9, open: true }));
    expect(open).toEqual(everything.filter(({ state }) => state !== 'closed'));
    expect(open).toHaveLength(35);
    const critical = await store.listAlerts({ limit: 200, severity: 'critical', passId: passIdOf(1) });
    expect(critical.items).toHaveLength(1);
    expect(await store.alertCounts()).toEqual({
      criticalUnacknowledged: 10,
      warningUnacknowledged: 18,
      acknowledged: 7,
      shelved: 0,
    });
    await store.close();
  });

  test('cars: the previous pass, the history, the trend with its gaps, the limits', async () => {
    const store = await place.open();
    const passes = Array.from({ length: 6 }, (_, index) => passRecord(index + 1));
    const other = passRecord(7, { siteTrack: 'T2', startedAt: 5_500 });
    const vehicles = [...passes, other].map((pass) =>
      vehicleRecord(pass, 3, {
        vehicleNumber: 'V',
        springs: vehicleRecord(pass, 3).springs.map((spring) =>
          pass.startedAt === 4_000 ? { ...spring, confidence: 0.2, state: 'unmeasured' as const } : spring,
        ),
      }),
    );
    await store.commit(outcome({ passes: [...passes, other], vehicles }));
    const car = await store.getCar(passIdOf(6), 3);
    expect(car?.previous?.pass.id).toBe(passIdOf(5));
    expect(car?.indices).toEqual([3]);
    expect(car?.limits.criticalLowCmm).toBe(19_000);
    expect(await store.getCar(passIdOf(6), 4)).toBeUndefined();
    const history = await allPages((cursor) => store.carHistory({ vehicleNumber: 'V', cursor, limit: 2 }));
    expect(history.map(({ pass }) => pass.startedAt)).toEqual([
      6_000, 5_500, 5_000, 4_000, 3_000, 2_000, 1_000,
    ]);
    const trend = await store.springTrend({
      passId: passIdOf(6),
      vehicleIndex: 3,
      position: '3Rb',
      limit: 4,
    });
    expect(trend?.points.map(({ startedAt, heightCmm }) => [startedAt, heightCmm])).toEqual([
      [3_000, 22_011],
      [4_000, undefined],
      [5_000, 22_011],
      [6_000, 22_011],
    ]);
    await store.close();
  });

  test('history: per vehicle, earliest or latest, only ended and never contradicted', async () => {
    const store = await place.open();
    const passes = [1, 2, 3, 4].map((number) => passRecord(number));
    const running = passRecord(5, { status: 'in-progress' });
    const vehicles = [...passes, running].map((pass) =>
      vehicleRecord(pass, 1, {
        vehicleNumber: 'V',
        contradicted: pass.id === passIdOf(2),
        blindSides: pass.id === passIdOf(3) ? ['L'] : [],
        relativeCmm: [null, ...Array.from({ length: 15 }, () => 5)],
      }),
    );
    await store.commit(outcome({ passes: [...passes, running], vehicles }));
    const query = {
      site: 'Folkestone',
      siteTrack: 'T1',
      vehicleNumbers: ['V', 'W'],
      before: 9_999,
      offset: 0,
      limit: 10,
    };
    const earliest = await store.history({ ...query, order: 'earliest' });
    expect(earliest.get('V')?.map(({ startedAt }) => startedAt)).toEqual([1_000, 3_000, 4_000]);
    expect(earliest.get('V')?.[1]).toMatchObject({ blindSides: ['L'], axles: 4 });
    expect(earliest.get('V')?.[0]?.blank).toEqual([true, ...Array.from({ length: 15 }, () => false)]);
    const latest = await store.history({ ...query, order: 'latest', before: 4_000, limit: 1, offset: 1 });
    expect(latest.get('V')?.map(({ startedAt }) => startedAt)).toEqual([1_000]);
    await store.close();
  });
});

describe('acknowledging while the database is away', () => {
  const pass = passRecord(1);
  const raised = transition(pass, 1);
  const shared = (store: LocalStore, fields: Partial<Alert>) =>
    alertOf(store, raised.alertId).then((alert) => ({
      ...alert,
      state: 'active-unacknowledged' as const,
      acknowledgedBy: undefined,
      acknowledgedAt: undefined,
      comment: undefined,
      provisional: false,
      ...fields,
    }));

  test('is kept, shown as provisional, survives a restart and a rebuilt replica, and gives way to the shared act', async () => {
    const first = await place.open();
    await first.commit(outcome({ passes: [pass], transitions: [raised] }));
    const result = await first.acknowledgeProvisionally(
      raised.alertId,
      { comment: 'mine' },
      act('Anna', 5_000),
    );
    expect(result).toMatchObject({
      ok: true,
      value: { provisional: true, acknowledgedBy: 'Anna', state: 'active-acknowledged' },
    });
    const again = await first.acknowledgeProvisionally(raised.alertId, {}, act('Bob', 5_001));
    expect(again).toMatchObject({
      ok: false,
      error: { code: 'already-acknowledged', details: { acknowledgedBy: 'Anna' } },
    });
    expect(await first.acknowledgeProvisionally('unknown', {}, act('Bob', 1))).toMatchObject({
      error: { code: 'not-found' },
    });
    const unacknowledged = await shared(first, {});
    await first.close();
    rmSync(replicaFile());

    const second = await place.open();
    expect(await second.pendingActs()).toEqual([
      { id: 1, alertId: raised.alertId, remark: { comment: 'mine' }, act: act('Anna', 5_000) },
    ]);
    await second.applyShared(sharedRows({ passes: [pass], alerts: [unacknowledged] }));
    expect(await alertOf(second, raised.alertId)).toMatchObject({
      provisional: true,
      acknowledgedBy: 'Anna',
    });
    await second.applyShared(sharedRows({ alerts: [unacknowledged] }));
    expect(await alertOf(second, raised.alertId)).toMatchObject({
      provisional: true,
      acknowledgedBy: 'Anna',
    });

    const byBob = await shared(second, {
      state: 'active-acknowledged',
      acknowledgedBy: 'Bob',
      acknowledgedAt: 4_000,
    });
    const changed = await second.applyShared(sharedRows({ alerts: [byBob] }));
    expect(changed.alerts).toMatchObject([{ acknowledgedBy: 'Bob', provisional: false }]);
    const [kept] = await second.pendingActs();
    expect(await second.removeAct({ id: kept?.id ?? 0 })).toBe(true);
    expect(await second.pendingActs()).toEqual([]);
    await second.close();
  });
});

describe('rows of the shared record', () => {
  test('replace what is not newer, and tell only what looks different', async () => {
    const store = await place.open();
    const pass = passRecord(1);
    const vehicle = vehicleRecord(pass, 1);
    await store.commit(outcome({ passes: [pass], vehicles: [vehicle], transitions: [transition(pass, 1)] }));
    const alert = await alertOf(store, transition(pass, 1).alertId);
    const same = sharedRows({
      passes: [pass],
      vehicles: [vehicle],
      alerts: [alert],
      streams: [stream(4)],
      cursor: 'c2',
    });
    expect(await store.applyShared(same)).toEqual({ alerts: [], passes: [] });
    expect(await store.sharedCursor()).toBe('c2');
    expect(await store.loadStreams(['stream-1'])).toEqual([stream(4)]);
    const acknowledged = {
      ...alert,
      state: 'active-acknowledged' as const,
      acknowledgedBy: 'Bob',
      acknowledgedAt: 2_000,
    };
    const confirmed = { ...pass, status: 'confirmed' as const, confirmedBy: 'Bob', confirmedAt: 3_000 };
    const changed = await store.applyShared(sharedRows({ passes: [confirmed], alerts: [acknowledged] }));
    expect(changed.passes).toMatchObject([{ status: 'confirmed' }]);
    expect(changed.alerts).toMatchObject([{ acknowledgedBy: 'Bob' }]);
    const moved = await store.applyShared(
      sharedRows({ passes: [confirmed], vehicles: [{ ...vehicle, state: 'warning' }], streams: [stream(2)] }),
    );
    expect(moved.passes).toMatchObject([{ id: pass.id }]);
    expect(await store.loadStreams(['stream-1'])).toEqual([stream(4)]);
    await store.close();
  });

  test('replace a name in the history, and list the act once', async () => {
    const store = await place.open();
    const pass = passRecord(1);
    const { alertId } = transition(pass, 1);
    await store.commit(outcome({ passes: [pass], transitions: [transition(pass, 1)] }));
    const acknowledged = (actor: string) => ({
      alertId,
      at: 2_000,
      actor,
      workstation: 'RCC-01',
      kind: 'acknowledged',
      details: { comment: `${actor} saw it` },
    });
    await store.applyShared(sharedRows({ alertEvents: [acknowledged('Bob')] }));
    await store.applyShared(sharedRows({ alertEvents: [acknowledged('person-7f3a')] }));
    const acts = (await store.getAlert(alertId))?.events.filter(({ kind }) => kind === 'acknowledged');
    expect(acts).toEqual([acknowledged('person-7f3a')]);
    await store.close();
  });

  test('of an older revision bring only what people did', async () => {
    const store = await place.open();
    const ours = passRecord(1, { revision: 50, state: 'critical' });
    await store.commit(
      outcome({
        passes: [ours],
        transitions: [
          transition(ours, 1),
          transition(ours, 40, { kind: 'severity-raised', severity: 'critical', value: 1 }),
        ],
      }),
    );
    const alert = await alertOf(store, transition(ours, 1).alertId);
    const older = passRecord(1, { revision: 10, state: 'warning', notes: 'look at 3Rb' });
    const early: Alert = {
      ...alert,
      severity: 'warning',
      value: 17_000,
      state: 'active-acknowledged',
      acknowledgedBy: 'Bob',
      acknowledgedAt: 20_000,
      comment: 'known',
    };
    // Acknowledged as a warning, before it became critical: that does not acknowledge the critical.
    await store.applyShared(sharedRows({ passes: [older], alerts: [early] }));
    expect(await alertOf(store, alert.id)).toMatchObject({
      severity: 'critical',
      state: 'active-unacknowledged',
      value: 1,
    });
    expect((await store.getPass(ours.id))?.pass).toMatchObject({
      revision: 50,
      state: 'critical',
      notes: 'look at 3Rb',
    });
    await store.applyShared(sharedRows({ passes: [older], alerts: [{ ...early, acknowledgedAt: 60_000 }] }));
    expect(await alertOf(store, alert.id)).toMatchObject({
      severity: 'critical',
      state: 'active-acknowledged',
      acknowledgedBy: 'Bob',
      comment: 'known',
    });
    await store.close();
  });

  test('from scratch remove what the shared record no longer has, but nothing that is still unsent', async () => {
    const store = await place.open();
    await store.append([eventEntry(30)]);
    await store.commit(
      outcome({
        passes: [passRecord(1), passRecord(31)],
        transitions: [transition(passRecord(1), 1), transition(passRecord(31), 31)],
        streams: [stream(31)],
      }),
    );
    await store.applyShared(sharedRows({ passes: [passRecord(2)], reset: true, cursor: 'new' }));
    const { items } = await store.listPasses({ limit: 10 });
    expect(items.map(({ id }) => id)).toEqual([passIdOf(31), passIdOf(2)]);
    expect((await store.listAlerts({ limit: 10 })).items).toMatchObject([{ passId: passIdOf(31) }]);
    expect(await store.loadStreams(['stream-1'])).toEqual([stream(31)]);
    await store.close();
  });
});

test('pruning drops old passes, but none that is open or unsent, and keeps what baselines rest on', async () => {
  const store = await place.open();
  const passes = Array.from({ length: 70 }, (_, index) => passRecord(index + 1));
  const running = passRecord(71, { status: 'in-progress', startedAt: 71 });
  const withAlert = passRecord(72, { startedAt: 72 });
  const unsent = passRecord(73, { startedAt: 73, revision: 500 });
  const recent = passRecord(74, { startedAt: 900_000 });
  await store.append([eventEntry(400)]);
  await store.commit(
    outcome({
      passes: [...passes, running, withAlert, unsent, recent],
      vehicles: [
        ...passes.map((pass) => vehicleRecord(pass, 1, { vehicleNumber: 'V' })),
        ...passes
          .slice(0, 3)
          .map((pass) => vehicleRecord(pass, 2, { vehicleNumber: undefined, identified: false })),
      ],
      transitions: [transition(withAlert, 72)],
      rejections: [
        { streamId: 'stream-1', seq: 1, at: 10, reason: 'old', text: '' },
        { streamId: 'stream-1', seq: 2, at: 900_000, reason: 'new', text: '' },
      ],
    }),
  );
  await store.prune(500_000);
  await store.prune(500_000);
  const { items } = await store.listPasses({ limit: 200 });
  expect(items.map(({ id }) => id)).toEqual([recent, unsent, withAlert, running].map(({ id }) => id));
  expect(await store.getPass(passIdOf(1))).toBeUndefined();
  const query = {
    site: 'Folkestone',
    siteTrack: 'T1',
    vehicleNumbers: ['V'],
    before: 900_000,
    offset: 0,
    limit: 100,
  };
  const earliest = (await store.history({ ...query, order: 'earliest' })).get('V') ?? [];
  expect(earliest.map(({ startedAt }) => startedAt / 1_000)).toEqual([
    ...Array.from({ length: 40 }, (_, index) => index + 1),
    ...Array.from({ length: 10 }, (_, index) => index + 61),
  ]);
  expect(await store.countRejected()).toBe(1);
  await store.close();
});

describe('a replica that cannot be trusted is set aside and begun anew, with a warning', () => {
  async function filled(): Promise<void> {
    const store = await place.open();
    const passes = Array.from({ length: 60 }, (_, index) => passRecord(index + 1));
    await store.commit(outcome({ passes, vehicles: passes.map((pass) => vehicleRecord(pass, 1)) }));
    await store.applyShared(sharedRows({ cursor: 'c' }));
    await store.append([eventEntry(1)]);
    await store.close();
  }

  const expectRebuilt = async (): Promise<void> => {
    const store = await place.open();
    expect((await store.listPasses({ limit: 10 })).items).toEqual([]);
    expect(await store.sharedCursor()).toBeUndefined();
    expect(await store.count()).toBe(1);
    expect(place.warnings).toMatchObject([{ key: 'replica-rebuilt', active: true }]);
    expect(readdirSync(place.directory).some((name) => name.startsWith('replica.sqlite.damaged-'))).toBe(
      true,
    );
    await store.commit(outcome({ passes: [passRecord(1)] }));
    await store.close();
    const again = await place.open();
    expect((await again.listPasses({ limit: 10 })).items).toHaveLength(1);
    expect(place.warnings).toHaveLength(1);
    await again.close();
  };

  const change = (statement: string): void => {
    const database = databaseOpener(undefined)(replicaFile());
    database.exec(statement);
    database.close();
  };

  test('when it is empty', async () => {
    await filled();
    truncateSync(replicaFile(), 0);
    await expectRebuilt();
  });

  test('when it is of another version', async () => {
    await filled();
    change('PRAGMA user_version = 77');
    await expectRebuilt();
  });

  test('when a table is missing', async () => {
    await filled();
    change('DROP TABLE alert_event');
    await expectRebuilt();
  });

  test('when its pages are damaged', async () => {
    await filled();
    const bytes = readFileSync(replicaFile());
    bytes.fill(0x5a, 6 * 4096, bytes.length - 4096);
    writeFileSync(replicaFile(), bytes);
    await expectRebuilt();
  });

  test("also while it is in use: damaged, and found so by an act, which is not the journal's damage", async () => {
    await filled();
    const store = await place.open();
    const bytes = readFileSync(replicaFile());
    bytes.fill(0x5a, 6 * 4096, bytes.length - 4096);
    writeFileSync(replicaFile(), bytes);
    const alertId = '00000000-0000-4000-8000-000000000001';
    await expect(store.acknowledgeProvisionally(alertId, {}, act('Anna', 5_000))).rejects.toMatchObject({
      code: 'damaged',
    });
    expect(place.warnings).toMatchObject([{ key: 'replica-rebuilt', active: true }]);
    expect(readdirSync(place.directory).filter((name) => name.startsWith('journal.'))).toEqual([
      'journal.sqlite',
      'journal.sqlite-wal',
    ]);
    expect(await store.count()).toBe(1);
    expect(await store.acknowledgeProvisionally(alertId, {}, act('Anna', 5_000))).toMatchObject({
      error: { code: 'not-found' },
    });
    await store.close();
  });

  test('also while it is in use: deleted', async () => {
    await filled();
    const store = await place.open();
    for (const suffix of ['', '-wal', '-shm']) rmSync(replicaFile() + suffix, { force: true });
    await expect
      .poll(async () => (await store.listPasses({ limit: 1 })).items.length, { timeout: 10_000 })
      .toBe(0);
    expect(place.warnings).toMatchObject([{ key: 'replica-rebuilt' }]);
    await store.close();
  });
});

test('a directory that cannot be written gives a store in memory that says so', async () => {
  const file = join(place.directory, 'a-file');
  writeFileSync(file, '');
  const nowhere = testStore(join(file, 'below'));
  const store = await nowhere.open();
  expect(nowhere.warnings).toMatchObject([{ key: 'store-memory-only', active: true }]);
  await store.append([eventEntry(1)]);
  await store.commit(outcome({ passes: [passRecord(1)] }));
  expect(await store.count()).toBe(1);
  expect((await store.listPasses({ limit: 5 })).items).toHaveLength(1);
  await store.close();
  await expect(store.count()).rejects.toMatchObject({ code: 'closed' });
});
