import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSimulator } from '../../tools/simulator/simulator.ts';
import type { Simulator } from '../../tools/simulator/simulator.ts';
import { startIngest } from '../shared/ingest.ts';
import type { Ingest } from '../shared/ingest.ts';
import { expectNothingLost, lastSeqOf } from '../shared/invariant.ts';
import { openPool, startTestPostgres } from '../shared/postgres.ts';
import type { TestPostgres } from '../shared/postgres.ts';
import { until } from '../shared/until.ts';

/* More than a camera site ever sends in the time (fault 33), through the real headless core into PostgreSQL. */

const megabyte = 1024 * 1024;
let postgres: TestPostgres;
let directory: string;
let simulator: Simulator;
let core: Ingest;
let database: pg.Pool;

const stored = (key: string) => async (): Promise<boolean> =>
  (await lastSeqOf(database, `${key}-1`)) === simulator.latestSeq(key);

beforeAll(async () => {
  postgres = await startTestPostgres();
  directory = await mkdtemp(path.join(tmpdir(), 'vicore-faults-load-'));
  const fresh = await postgres.fresh();
  database = openPool(fresh.ownerUrl);
  simulator = await startSimulator({
    seed: 'faults-load',
    tidy: true,
    speed: 10,
    incidents: 0.3,
    streams: ['t1', 't2'].map((key) => ({ key, site: key, track: 'T1', streamId: `${key}-1` })),
  });
  for (const key of ['t1', 't2']) await simulator.runPass({ stream: key, kind: 'passenger' });
  const streams = simulator.streams.map(({ url }) => ({ url, token: simulator.token }));
  core = await startIngest({ directory, database: fresh, streams, heapMegabytes: 96 });
  for (const key of ['t1', 't2']) await until(stored(key), 30_000, core.said);
});

afterAll(async () => {
  await core.end('SIGKILL');
  await simulator.stop();
  await database.end();
  await postgres.end();
  await rm(directory, { recursive: true, force: true });
});

/** Alerts of the pass, and how long after the receipt of its event the latest one was there to be read, ms. */
async function alertsOf(passId: string, seen: Map<string, number>): Promise<number> {
  const { rows } = await database.query<{ id: string; received_at: Date }>(
    'select id, received_at from vicore.alert where pass_id = $1',
    [passId],
  );
  for (const { id, received_at } of rows) {
    if (!seen.has(id)) seen.set(id, Date.now() - received_at.getTime());
  }
  return rows.length;
}

test('trains ten times as fast on both tracks at once: no alert is late', async () => {
  const seen = new Map<string, number>();
  const runs = ['t1', 't2'].map(async (stream) => {
    for (let train = 0; train < 2; train += 1) {
      const faults = [4, 8, 12].map((vehicle) => ({ name: 'broken' as const, vehicle }));
      const { passId } = await simulator.runPass({ stream, kind: 'truck', instant: false, faults });
      await until(async () => (await alertsOf(passId, seen)) >= 3, 5_000, core.said);
    }
  });
  const watching = setInterval(() => {
    void database
      .query<{ pass_id: string }>(`select distinct pass_id from vicore.alert where rule = 'defect'`)
      .then(({ rows }) => Promise.all(rows.map((row) => alertsOf(row.pass_id, seen))));
  }, 100);
  try {
    await Promise.all(runs);
  } finally {
    clearInterval(watching);
  }
  expect(seen.size).toBeGreaterThanOrEqual(12);
  expect(Math.max(...seen.values())).toBeLessThan(3_000);
});

test('50,000 events at once on one track, a faulty train on the other: in little memory, no alert late', async () => {
  expect(simulator.inject({ name: 'burst', stream: 't1', count: 50_000 }).ok).toBe(true);
  const began = performance.now();
  const { passId } = await simulator.runPass({
    stream: 't2',
    kind: 'passenger',
    faults: [{ name: 'broken' }],
  });
  const seen = new Map<string, number>();
  await until(async () => (await alertsOf(passId, seen)) > 0, 20_000, core.said);
  // It was said before the replay was through, not after it.
  expect(await stored('t1')()).toBe(false);
  expect(performance.now() - began).toBeLessThan(10_000);
  await until(stored('t1'), 120_000, core.said);
  expect(core.running()).toBe(true);
  // The heap holds 96 MB, the events as text alone have more than half of that; files and buffers come on top.
  expect(core.memory().peak).toBeLessThan(640 * megabyte);
}, 150_000);

test('after all of it, every event is stored once, every alert listed and raised once', async () => {
  const sent = ['t1', 't2'].map((key) => ({ streamId: `${key}-1`, site: key, texts: simulator.events(key) }));
  await expectNothingLost(database, sent);
  const { rows } = await database.query<{ alerts: number }>(
    'select count(*)::int as alerts from vicore.alert',
  );
  expect(rows[0]?.alerts).toBeGreaterThan(100);
  expect(simulator.violations).toEqual([]);
});
