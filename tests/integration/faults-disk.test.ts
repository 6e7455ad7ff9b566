import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { FreshDatabase } from '../../tools/postgres/template.ts';
import { startSimulator } from '../../tools/simulator/simulator.ts';
import type { Simulator } from '../../tools/simulator/simulator.ts';
import { startDesktop } from '../shared/desktop.ts';
import { startIngest } from '../shared/ingest.ts';
import { expectNothingLost, lastSeqOf } from '../shared/invariant.ts';
import { openPool, startTestPostgres } from '../shared/postgres.ts';
import type { TestPostgres } from '../shared/postgres.ts';
import { until } from '../shared/until.ts';

/* The disk of a workstation or of an ingesting server: really full, or slow. */

const site = { key: 't1', site: 'Folkestone', track: 'T1', streamId: 't1-1' };
let postgres: TestPostgres;
let fresh: FreshDatabase;
let database: pg.Pool;
let directory: string;
let simulator: Simulator;
const ends: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  postgres = await startTestPostgres();
});
afterAll(() => postgres.end());
beforeEach(async () => {
  await postgres.server.start();
  fresh = await postgres.fresh();
  database = openPool(fresh.ownerUrl);
  directory = await mkdtemp(path.join(tmpdir(), 'vicore-faults-disk-'));
  simulator = await startSimulator({ seed: 'faults-disk', tidy: true, streams: [site], heartbeatMs: 500 });
  return async () => {
    for (const end of ends.splice(0)) await end();
    await simulator.stop();
    await database.end();
    await rm(directory, { recursive: true, force: true });
  };
});

const links = () => simulator.streams.map(({ url }) => ({ url, token: simulator.token }));
const stored = async (): Promise<boolean> =>
  (await lastSeqOf(database, site.streamId)) === simulator.latestSeq(site.key);
const expectExact = () => expectNothingLost(database, [{ ...site, texts: simulator.events(site.key) }]);

test('a file system without room: nothing is acknowledged that is not kept, it is said, and it goes on by itself (fault 37)', async () => {
  await postgres.server.stop();
  // 24 MiB of it are what the store keeps back for this moment.
  const core = await startIngest({ directory, database: fresh, streams: links(), diskMegabytes: 30 });
  ends.push(() => core.end('SIGKILL'));
  const inside = path.join(`/proc/${core.child.pid}/root`, directory, 'data');
  await until(() => existsSync(path.join(inside, 'ballast')), 20_000, core.said);
  simulator.inject({ name: 'burst', stream: site.key, count: 8_000 });
  await until(() => core.said().includes('The disk is full'), 30_000, core.said);
  expect(core.running()).toBe(true);
  const kept = simulator.acked(site.key);
  expect(kept).toBeGreaterThan(0);
  expect(kept).toBeLessThan(simulator.latestSeq(site.key));

  // What is stored elsewhere makes room.
  await postgres.server.start();
  await until(stored, 60_000, core.said);
  await until(() => simulator.acked(site.key) === simulator.latestSeq(site.key), 10_000, core.said);
  await until(() => core.said().includes('There is room on the disk again'), 15_000, core.said);
  await expectExact();
  expect(simulator.violations).toEqual([]);
}, 120_000);

test('writes that the operating system refuses, as a quota does: the same, without a window that hangs (fault 37)', async () => {
  const desktop = await startDesktop({ directory, database: fresh, streams: links() });
  ends.push(() => desktop.end('SIGKILL'));
  const said = (): string => `${desktop.said()} ${JSON.stringify(desktop.status())}`;
  const stream = () => desktop.status()?.streams[0];
  await until(() => stream()?.link === 'live' && desktop.status()?.database.asOf !== undefined, 20_000, said);
  const largestFile = (bytes: string): void => {
    execFileSync('prlimit', ['--pid', String(desktop.child.pid), `--fsize=${bytes}:unlimited`]);
  };

  largestFile('1024');
  const kept = simulator.acked(site.key);
  const { passId } = await simulator.runPass({ kind: 'passenger', faults: [{ name: 'broken' }] });
  await until(() => stream()?.reason?.startsWith('cannot store: ') === true, 15_000, said);
  expect(simulator.acked(site.key)).toBe(kept);
  expect(await desktop.alerts()).toEqual([]);

  largestFile('unlimited');
  await until(() => desktop.notified.some(({ alert }) => alert.passId === passId), 20_000, said);
  await until(stored, 20_000, said);
  await until(() => stream()?.link === 'live' && stream()?.reason === undefined, 20_000, said);
  await expectExact();
});

test('a disk that takes a second to sync: alerts are told, windows are served, what waits is shown (fault 42)', async () => {
  const desktop = await startDesktop({
    directory,
    database: fresh,
    streams: links(),
    environment: { VICORE_TEST_WORKER: new URL('../shared/slow-disk-worker.ts', import.meta.url).href },
  });
  ends.push(() => desktop.end('SIGKILL'));
  const said = (): string => `${desktop.said()} ${JSON.stringify(desktop.status())}`;
  const stream = () => desktop.status()?.streams[0];
  await until(() => stream()?.link === 'live' && desktop.status()?.database.asOf !== undefined, 20_000, said);
  const flag = path.join(directory, 'data', 'slow-disk');
  await writeFile(flag, '');
  await desktop.heldUp();

  const began = Date.now();
  const { passId } = await simulator.runPass({ kind: 'passenger', faults: [{ name: 'broken' }] });
  await until(() => (stream()?.lag ?? 0) > 0, 10_000, said);
  expect(stream()?.link).not.toBe('down');
  await until(() => desktop.notified.some(({ alert }) => alert.passId === passId), 15_000, said);
  const told = desktop.notified.find(({ alert }) => alert.passId === passId)?.at ?? Infinity;
  // After the sync that keeps it, and perhaps another that was under way.
  expect(told - began).toBeLessThan(8_000);
  const asked = performance.now();
  expect((await desktop.alerts()).some((alert) => alert.passId === passId)).toBe(true);
  expect(performance.now() - asked).toBeLessThan(8_000);
  // The thread that waits for the disk is not the one that serves the windows.
  expect(await desktop.heldUp()).toBeLessThan(900);

  await rm(flag);
  await until(() => stream()?.lag === 0 && stream()?.link === 'live', 20_000, said);
  await until(stored, 20_000, said);
  await expectExact();
});
