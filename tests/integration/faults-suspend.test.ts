import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FreshDatabase } from '../../tools/postgres/template.ts';
import { startSimulator } from '../../tools/simulator/simulator.ts';
import type { Simulator } from '../../tools/simulator/simulator.ts';
import { startDesktop } from '../shared/desktop.ts';
import type { Desktop } from '../shared/desktop.ts';
import { expectNothingLost, lastSeqOf } from '../shared/invariant.ts';
import { openPool, startTestPostgres } from '../shared/postgres.ts';
import type { TestPostgres } from '../shared/postgres.ts';
import { until } from '../shared/until.ts';

/* A workstation that is asleep while trains pass and its connections end: what it finds, and does, when it wakes. */

const site = { key: 't1', site: 'Folkestone', track: 'T1', streamId: 't1-1' };
let postgres: TestPostgres;
let directory: string;
let fresh: FreshDatabase;
let database: pg.Pool;
let simulator: Simulator;
let desktop: Desktop;

const said = (): string => `${desktop.said()} ${JSON.stringify(desktop.status())}`;
const stored = async (): Promise<boolean> =>
  (await lastSeqOf(database, site.streamId)) === simulator.latestSeq(site.key);
const isLive = (): boolean => {
  const status = desktop.status();
  return status?.streams[0]?.link === 'live' && status.database.state === 'connected';
};

beforeAll(async () => {
  postgres = await startTestPostgres();
  directory = await mkdtemp(path.join(tmpdir(), 'vicore-faults-suspend-'));
  fresh = await postgres.fresh();
  database = openPool(fresh.ownerUrl);
  simulator = await startSimulator({ seed: 'faults-suspend', tidy: true, streams: [site] });
  desktop = await startDesktop({
    directory,
    database: fresh,
    streams: simulator.streams.map(({ url }) => ({ url, token: simulator.token })),
  });
  await until(() => isLive() && desktop.status()?.database.asOf !== undefined, 20_000, said);
});

afterAll(async () => {
  await desktop.end('SIGKILL');
  await simulator.stop();
  await database.end();
  await postgres.end();
  await rm(directory, { recursive: true, force: true });
});

test('links are renewed, what passed meanwhile is there, and alerts are told (fault 46)', async () => {
  desktop.child.kill('SIGSTOP');
  // What the other ends do about somebody who does not answer for hours.
  simulator.inject({ name: 'cut', stream: site.key });
  await database.query('select pg_terminate_backend(pid) from pg_stat_activity where usename = $1', [
    fresh.user,
  ]);
  const { passId } = await simulator.runPass({ kind: 'passenger', faults: [{ name: 'broken' }] });
  expect(await stored()).toBe(false);
  const toldBefore = desktop.notified.length;

  const woken = Date.now();
  desktop.child.kill('SIGCONT');
  await until(() => desktop.notified.some(({ alert }) => alert.passId === passId), 15_000, said);
  expect(desktop.notified.length).toBeGreaterThan(toldBefore);
  await until(stored, 20_000, said);
  // Both links are new ones, and what is shown is as of now, not of when it fell asleep.
  await until(() => isLive() && (desktop.status()?.database.asOf ?? 0) > woken, 20_000, said);
  expect(desktop.said()).toContain('"state":"away"');
  await expectNothingLost(database, [{ ...site, texts: simulator.events(site.key) }]);
});
