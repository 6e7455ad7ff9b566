import { statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LocalStore } from '../../main/sqlite/local-store.ts';
import {
  eventEntry,
  outcome,
  passIdOf,
  passRecord,
  sharedRows,
  springsOf,
  testStore,
  transition,
  vehicleRecord,
} from '../shared/local-store.ts';

/*
 * Reads against a replica of many passes (docs/benchmarks.md B14). By default a tenth of seven days, enough to see
 * a read that looks through everything; VICORE_SCALE_PASSES=2700 is the full size, whose figures belong to
 * B14 of that page. That no read looks through everything is held by the plans of SQLite (sqlite-plans.test.ts), that
 * nobody waits for the feed by the order in which answers come; the times are printed, and bounded only
 * against what is absurd, because a machine that is busy must not fail the suite.
 */
const passCount = Number(process.env['VICORE_SCALE_PASSES'] ?? 270);
const vehiclesPerPass = 36;
const rounds = 200;
/** Shuttles that take turns, so that a vehicle comes back every few passes. */
const trains = 20;
const start = 1_790_000_000_000;
const interval = 225_000;

const place = testStore();
let store: LocalStore;

const passOf = (number: number) =>
  passRecord(number, {
    startedAt: start + number * interval,
    endedAt: start + number * interval + 60_000,
    siteTrack: number % 2 === 0 ? 'T1' : 'T2',
    vehicleCount: vehiclesPerPass,
    status: number > passCount - 30 ? 'pending' : 'confirmed',
  });

const vehiclesOf = (number: number) => {
  const pass = passOf(number);
  return Array.from({ length: vehiclesPerPass }, (_, index) =>
    vehicleRecord(pass, index + 1, {
      vehicleNumber: `9870 ${number % trains} ${index + 1}`,
      springs: springsOf(4, pass.startedAt + index * 500, { imageId: `${pass.id}-${index + 1}-3Rb` }),
      work: { evidence: Array.from({ length: 16 }, (__, spring) => [22_000 + spring, 0.97, spring]) },
    }),
  );
};

const percentile = (times: readonly number[], share: number): number =>
  times.toSorted((left, right) => left - right)[Math.floor(times.length * share)] ?? Number.NaN;

const measured: Record<string, string> = {};

async function timed(name: string, run: (round: number) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const before = performance.now();
    await run(round);
    times.push(performance.now() - before);
  }
  const p95 = percentile(times, 0.95);
  measured[name] = `p50 ${percentile(times, 0.5).toFixed(2)} ms, p95 ${p95.toFixed(2)} ms`;
  return p95;
}

beforeAll(async () => {
  store = await place.open();
  const before = performance.now();
  for (let number = 1; number <= passCount; number += 1) {
    const pass = passOf(number);
    const open = number > passCount - 30;
    const transitions = [0, 1, 2].map((index) =>
      transition(pass, number, {
        alertId: `a1e27000-0000-5000-800${index}-${pass.id.slice(-12)}`,
        vehicleIndex: index + 1,
        at: pass.startedAt,
        severity: index === 0 ? 'critical' : 'warning',
      }),
    );
    await store.commit(outcome({ passes: [pass], vehicles: vehiclesOf(number), transitions }));
    if (open) continue;
    const { items } = await store.listAlerts({ limit: 10, passId: pass.id });
    await store.applyShared(
      sharedRows({
        passes: [pass],
        alerts: items.map((alert) => ({
          ...alert,
          state: 'closed' as const,
          acknowledgedBy: 'Anna',
          acknowledgedAt: pass.startedAt + 60_000,
        })),
      }),
    );
  }
  measured['fill, per pass'] = `${((performance.now() - before) / passCount).toFixed(2)} ms`;
}, 600_000);

afterAll(async () => {
  const closing = performance.now();
  await store.close();
  measured['close'] = `${(performance.now() - closing).toFixed(0)} ms`;
  const opening = performance.now();
  const again = await place.open();
  measured['open after a clean close'] = `${(performance.now() - opening).toFixed(0)} ms`;
  await again.close();
  // As a crash leaves it: without the mark of a clean close.
  const replica = join(place.directory, 'replica.sqlite');
  utimesSync(replica, 1, 1);
  const checking = performance.now();
  const checked = await place.open();
  measured['open after a crash, checked in full'] = `${(performance.now() - checking).toFixed(0)} ms`;
  expect((await checked.listPasses({ limit: 1 })).items).toHaveLength(1);
  await checked.close();
  measured['replica file'] = `${(statSync(replica).size / 1e6).toFixed(0)} MB`;
  process.stdout.write(
    `${passCount} passes, ${passCount * vehiclesPerPass} vehicles: ${JSON.stringify(measured, undefined, 2)}\n`,
  );
  place.remove();
});

const somePass = (round: number): number => 1 + ((round * 37) % passCount);
/** Far above the goal of 10 ms, which the benchmarks watch. */
const bound = 400;

test('every list and detail a window asks for', async () => {
  const cursors = (await store.listPasses({ limit: 50 })).cursor;
  const reads: Record<string, (round: number) => Promise<unknown>> = {
    'passes.list first page': () => store.listPasses({ limit: 50 }),
    'passes.list next page': () => store.listPasses({ limit: 50, cursor: cursors }),
    'passes.list search': (round) => store.listPasses({ limit: 50, search: String(6000 + somePass(round)) }),
    'passes.get': (round) => store.getPass(passIdOf(somePass(round))),
    'cars.get': (round) => store.getCar(passIdOf(somePass(round)), 1 + (round % vehiclesPerPass)),
    'cars.history': (round) => store.carHistory({ vehicleNumber: `9870 ${round % trains} 5`, limit: 50 }),
    'springs.trend of 50': (round) =>
      store.springTrend({
        passId: passIdOf(passCount - (round % 20)),
        vehicleIndex: 5,
        position: '3Rb',
        limit: 50,
      }),
    'alerts.list open': () => store.listAlerts({ limit: 200, open: true }),
    'alerts.list all': () => store.listAlerts({ limit: 50 }),
    'alerts.list of a pass': (round) => store.listAlerts({ limit: 50, passId: passIdOf(somePass(round)) }),
    'alerts.get': (round) =>
      store.getAlert(`a1e27000-0000-5000-8000-${passIdOf(somePass(round)).slice(-12)}`),
    'alert counts': () => store.alertCounts(),
    'rejected list': () => store.listRejected({ limit: 50 }),
    'fold history of a train': () =>
      store.history({
        site: 'Folkestone',
        siteTrack: 'T1',
        vehicleNumbers: Array.from({ length: vehiclesPerPass }, (_, index) => `9870 4 ${index + 1}`),
        before: start * 2,
        order: 'earliest',
        offset: 0,
        limit: 16,
      }),
  };
  for (const [name, read] of Object.entries(reads)) expect(await timed(name, read), name).toBeLessThan(bound);
}, 120_000);

test('appends are durable in about one sync, alone and while the feed and the windows are busy', async () => {
  let seq = 0;
  const append = () => store.append([eventEntry((seq += 1))]);
  await timed('append, alone', append);
  const numbers = Array.from({ length: 40 }, (_, index) => index + 1);
  const rows = sharedRows({
    passes: numbers.map((number) => passOf(number)),
    vehicles: numbers.flatMap((number) => vehiclesOf(number)),
  });
  let feeding = true;
  /** Answers that came while one portion of the feed was under way. */
  let answered = 0;
  const answeredMeanwhile: number[] = [];
  const feed = (async () => {
    while (feeding) {
      answered = 0;
      await store.applyShared(rows);
      answeredMeanwhile.push(answered);
    }
  })();
  await timed('append, under a feed of 40 passes a time', async () => {
    await append();
    answered += 1;
  });
  const p95 = await timed('passes.get, under the feed', async (round) => {
    await store.getPass(passIdOf(somePass(round)));
    answered += 1;
  });
  feeding = false;
  await feed;
  // The feed gives way between its slices: others are answered many times before it is through.
  expect(percentile(answeredMeanwhile.slice(0, -1), 0.5)).toBeGreaterThan(5);
  expect(p95).toBeLessThan(bound * 4);
}, 120_000);

test('pruning lets the windows read', async () => {
  const pruned = store.prune(start + (passCount * interval) / 2);
  let done = false;
  const ended = pruned.then(() => (done = true));
  const times: number[] = [];
  while (!done) {
    const before = performance.now();
    await store.listPasses({ limit: 50 });
    times.push(performance.now() - before);
  }
  await ended;
  measured['passes.list while pruning'] = `p95 ${percentile(times, 0.95).toFixed(2)} ms`;
  expect(percentile(times, 0.95)).toBeLessThan(bound * 2);
}, 120_000);
