import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openConnection } from '../../main/postgres/connection.ts';
import type { FreshDatabase } from '../../tools/postgres/template.ts';
import { startSimulator } from '../../tools/simulator/simulator.ts';
import type { Simulator } from '../../tools/simulator/simulator.ts';
import { startDesktop } from '../shared/desktop.ts';
import type { Desktop } from '../shared/desktop.ts';
import { expectNothingLost, lastSeqOf } from '../shared/invariant.ts';
import { openPool, startTestPostgres } from '../shared/postgres.ts';
import type { TestPostgres } from '../shared/postgres.ts';
import { startProxy } from '../shared/proxy.ts';
import type { Proxy } from '../shared/proxy.ts';
import { until } from '../shared/until.ts';
import { settingsOf } from './postgres-support.ts';

/* A line to PostgreSQL that is slow and thin (fault 6): everything arrives, nobody waits for it who need not. */

const site = { key: 't1', site: 'Folkestone', track: 'T1', streamId: 't1-1' };
let postgres: TestPostgres;
let directory: string;
let fresh: FreshDatabase;
let database: pg.Pool;
let simulator: Simulator;
let proxy: Proxy;
let desktop: Desktop;

const said = (): string => `${desktop.said()} ${JSON.stringify(desktop.status())}`;
const stored = async (): Promise<boolean> =>
  (await lastSeqOf(database, site.streamId)) === simulator.latestSeq(site.key);

beforeAll(async () => {
  postgres = await startTestPostgres();
  directory = await mkdtemp(path.join(tmpdir(), 'vicore-faults-thin-line-'));
  fresh = await postgres.fresh();
  database = openPool(fresh.ownerUrl);
  proxy = await startProxy({ port: fresh.port });
  simulator = await startSimulator({ seed: 'faults-thin-line', tidy: true, streams: [site] });
  desktop = await startDesktop({
    directory,
    database: { ...fresh, port: proxy.port },
    streams: simulator.streams.map(({ url }) => ({ url, token: simulator.token })),
  });
  await until(() => desktop.status()?.database.writer === 'TEST-01', 20_000, said);
});

afterAll(async () => {
  await desktop.end('SIGKILL');
  await simulator.stop();
  await proxy.close();
  await database.end();
  await postgres.end();
  await rm(directory, { recursive: true, force: true });
});

test('a host that answers late is waited for; only silence is given up', async () => {
  const line = await startProxy({ port: fresh.port });
  line.setLine({ delayMs: 500 });
  const began = performance.now();
  // Signing in alone takes three questions and answers.
  const timeouts = { connectMs: 2_500, queryMs: 10_000, lockMs: 3_000 };
  const connection = await openConnection(settingsOf(fresh, [line.address]), 'slow', timeouts);
  expect(performance.now() - began).toBeGreaterThan(timeouts.connectMs);
  connection.destroy();
  line.setLine({ delayMs: 60_000 });
  const silent = openConnection(settingsOf(fresh, [line.address]), 'silent', { ...timeouts, connectMs: 300 });
  await expect(silent).rejects.toThrow(`${line.address}: no answer for 0.3 s`);
  await line.close();
});

test('2 s there and back, 10 KB/s: alerts are told at once, everything arrives, no connection is given up', async () => {
  proxy.setLine({ delayMs: 1_000, bytesPerSecond: 10_000 });
  const before = proxy.accepted;
  const began = Date.now();
  const { passId } = await simulator.runPass({ kind: 'passenger', faults: [{ name: 'broken' }] });
  const told = () => desktop.notified.filter(({ alert }) => alert.passId === passId);
  await until(() => told().length > 0, 10_000, said);
  // By this workstation's own judgement: the line has not even brought the first answer.
  expect((told()[0]?.at ?? Infinity) - began).toBeLessThan(5_000);
  expect(await stored()).toBe(false);
  await until(stored, 60_000, said);
  expect(proxy.accepted).toBe(before);
  expect(desktop.status()?.database.state).toBe('connected');
  await expectNothingLost(database, [{ ...site, texts: simulator.events(site.key) }]);
}, 90_000);

test('3 KB/s: a batch that is half a minute on its way is waited for, and stored at the first attempt', async () => {
  proxy.setLine({ delayMs: 0 });
  const now = Date.now();
  // What the test before this one stored has come back: it would take its part of the line.
  await until(() => (desktop.status()?.database.asOf ?? 0) > now, 20_000, said);
  proxy.setLine({ delayMs: 0, bytesPerSecond: 3_000 });
  await simulator.runPass({ kind: 'truck' });
  await until(stored, 90_000, said);
  expect(desktop.said()).not.toContain('writer resigned');
  await expectNothingLost(database, [{ ...site, texts: simulator.events(site.key) }]);
}, 120_000);
