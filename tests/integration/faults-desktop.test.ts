import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RejectedMessage } from '../../contract/domain.ts';
import type { FreshDatabase } from '../../tools/postgres/template.ts';
import { startSimulator } from '../../tools/simulator/simulator.ts';
import type { Simulator } from '../../tools/simulator/simulator.ts';
import { startDesktop } from '../shared/desktop.ts';
import type { Desktop } from '../shared/desktop.ts';
import { expectNothingLost, lastSeqOf } from '../shared/invariant.ts';
import { openPool, startTestPostgres } from '../shared/postgres.ts';
import type { TestPostgres } from '../shared/postgres.ts';
import { until } from '../shared/until.ts';

/* What a person at a workstation is told of faults: the desktop's core as a process, without its windows. */

let postgres: TestPostgres;
let directory: string;
let fresh: FreshDatabase;
let database: pg.Pool;
let simulator: Simulator;
let desktop: Desktop;

async function start(): Promise<Desktop> {
  const streams = simulator.streams.map(({ url }) => ({ url, token: simulator.token }));
  desktop = await startDesktop({ directory: path.join(directory, 'workstation'), database: fresh, streams });
  return desktop;
}
const said = (): string => `${desktop.said()} ${JSON.stringify(desktop.status())}`;
const stored = (key: string) => async (): Promise<boolean> =>
  (await lastSeqOf(database, `${key}-1`)) === simulator.latestSeq(key);
const stream = (key: string) => desktop.status()?.streams.find(({ streamId }) => streamId === `${key}-1`);
const broken = (key: string) =>
  simulator.runPass({ stream: key, kind: 'passenger', faults: [{ name: 'broken' }] });
const notifiedOf = (passId: string): readonly string[] =>
  desktop.notified.filter(({ alert }) => alert.passId === passId).map(({ alert }) => alert.id);

beforeAll(async () => {
  postgres = await startTestPostgres();
  directory = await mkdtemp(path.join(tmpdir(), 'vicore-faults-desktop-'));
  fresh = await postgres.fresh();
  database = openPool(fresh.ownerUrl);
  simulator = await startSimulator({
    seed: 'faults-desktop',
    tidy: true,
    incidents: 0.3,
    heartbeatMs: 500,
    streams: ['t1', 't2'].map((key) => ({ key, site: key, track: 'T1', streamId: `${key}-1` })),
  });
  await start();
  await until(() => stream('t1')?.link === 'live' && stream('t2')?.link === 'live', 15_000, said);
  await until(() => desktop.status()?.database.asOf !== undefined, 15_000, said);
});

afterAll(async () => {
  await desktop.end('SIGKILL');
  await simulator.stop();
  await database.end();
  await postgres.end();
  await rm(directory, { recursive: true, force: true });
});

test('rejected messages are counted, and listed with seq, reason and text, page by page (faults 30, 34 and 35)', async () => {
  for (const name of ['wrong-type', 'unknown-message', 'not-json', 'binary'] as const) {
    simulator.inject({ name, stream: 't1' });
  }
  await simulator.runPass({
    stream: 't1',
    kind: 'passenger',
    faults: [{ name: 'foreign-axle' }, { name: 'foreign-pass' }, { name: 'hostile', kind: 'script' }],
  });
  await until(stored('t1'), 15_000, said);
  const inDatabase = async (): Promise<readonly string[]> => {
    const { rows } = await database.query<{ seq: number | null; reason: string }>(
      'select seq::int as seq, reason from vicore.rejected_message',
    );
    return rows.map(({ seq, reason }) => `${seq ?? '-'} ${reason}`).toSorted();
  };
  await until(async () => (await inDatabase()).length >= 6, 10_000, said);
  // Until the shared record has come back to this workstation: what it says again must not be listed twice.
  const storedAt = Date.now();
  await until(() => (desktop.status()?.database.asOf ?? 0) > storedAt, 10_000, said);

  const listed: RejectedMessage[] = [];
  let cursor: string | undefined;
  do {
    const page = await desktop.rejected(2, cursor);
    expect(page.items.length).toBeLessThanOrEqual(2);
    listed.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined);
  expect(listed.map(({ seq, reason }) => `${seq ?? '-'} ${reason}`).toSorted()).toEqual(await inDatabase());
  expect(listed).toHaveLength(desktop.status()?.rejectedCount ?? -1);
  const reasons = listed.map(({ reason }) => reason).join('\n');
  for (const expected of ['index: expected', 'mystery.event', 'not JSON', 'binary', 'axle', 'unknown pass']) {
    expect(reasons).toContain(expected);
  }
  const texts = new Map(simulator.events('t1').map(({ seq, text }) => [seq, text]));
  for (const { seq, text } of listed)
    if (seq !== undefined) expect(text).toBe(texts.get(seq)?.slice(0, 4096));
});

test('a camera clock that is hours off is shown, and gone when it is right again (fault 36)', async () => {
  simulator.inject({ name: 'clock-skew', stream: 't2', hours: 3 });
  await until(() => Math.abs((stream('t2')?.clockSkewMs ?? 0) - 3 * 3_600_000) < 60_000, 10_000, said);
  simulator.inject({ name: 'clock-skew', stream: 't2', hours: 0 });
  await until(() => Math.abs(stream('t2')?.clockSkewMs ?? Infinity) < 60_000, 10_000, said);
  expect(stream('t2')?.link).toBe('live');
});

test('a replay on one track shows as lag; an alert of the other track does not wait for it (fault 33)', async () => {
  // The link is away for a moment, so that the camera system has all of it to send again.
  simulator.inject({ name: 'refuse', stream: 't1', seconds: 1 });
  simulator.inject({ name: 'burst', stream: 't1', count: 15_000 });
  await until(() => (stream('t1')?.lag ?? 0) > 10_000, 10_000, said);
  expect(stream('t1')?.link).toBe('catching-up');
  const began = Date.now();
  const { passId } = await broken('t2');
  await until(() => notifiedOf(passId).length > 0, 20_000, said);
  const first = desktop.notified.find(({ alert }) => alert.passId === passId)?.at ?? Infinity;
  expect(first - began).toBeLessThan(5_000);
  await until(() => stream('t1')?.lag === 0 && stream('t1')?.link === 'live', 60_000, said);
  await until(stored('t1'), 60_000, said);
});

test('killed between storing an alert and showing it: told again at the next start, listed once (faults 47 and 48)', async () => {
  await desktop.mark(desktop.notified.map(({ alert }) => alert.id));
  const { passId } = await broken('t2');
  await until(stored('t2'), 20_000, said);
  // Every alert of the pass, not only the first: the ones raised at its end come a moment later.
  const raised = await database.query('select id from vicore.alert where pass_id = $1', [passId]);
  expect(raised.rows.length).toBeGreaterThan(0);
  await until(() => notifiedOf(passId).length === raised.rows.length, 10_000, said);
  const told = notifiedOf(passId);
  await desktop.end('SIGKILL');

  await start();
  await until(() => notifiedOf(passId).length >= told.length, 15_000, said);
  expect(notifiedOf(passId).toSorted()).toEqual(told.toSorted());
  const listed = (await desktop.alerts()).filter((alert) => alert.passId === passId).map(({ id }) => id);
  expect(listed.toSorted()).toEqual(told.toSorted());
  await desktop.mark(told);
  await desktop.end('SIGKILL');

  // What was shown is not shown again; what is new is.
  await start();
  await until(() => stream('t2')?.link === 'live', 15_000, said);
  const next = await broken('t2');
  await until(() => notifiedOf(next.passId).length > 0, 10_000, said);
  expect(notifiedOf(passId)).toEqual([]);
});

test('after all of it, every event is stored once, every alert listed and raised once', async () => {
  for (const key of ['t1', 't2']) await until(stored(key), 20_000, said);
  await expectNothingLost(
    database,
    ['t1', 't2'].map((key) => ({ streamId: `${key}-1`, site: key, texts: simulator.events(key) })),
  );
  expect(simulator.violations).toEqual([]);
});
