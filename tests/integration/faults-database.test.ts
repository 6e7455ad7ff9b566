import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { FreshDatabase } from '../../tools/postgres/template.ts';
import { replayServer } from '../../tools/simulator/replay.ts';
import type { ReplayServer } from '../../tools/simulator/replay.ts';
import { startSimulator } from '../../tools/simulator/simulator.ts';
import { startIngest } from '../shared/ingest.ts';
import type { Ingest } from '../shared/ingest.ts';
import { lastSeqOf } from '../shared/invariant.ts';
import { openPool, startTestPostgres } from '../shared/postgres.ts';
import type { TestPostgres } from '../shared/postgres.ts';
import { expectedRecord } from '../shared/recording.ts';
import { sharedRecord } from '../shared/shared-record.ts';
import { until } from '../shared/until.ts';

/*
 * What can happen to the database, or to one of two writers, while a stream is being stored: the real headless core
 * on its own journal, a real PostgreSQL that is killed under it. The record must be exact all the same.
 */

const recording = fileURLToPath(new URL('../recordings/rough/stream.jsonl.gz', import.meta.url));
const streamId = 'recorded';
let postgres: TestPostgres;
let directory: string;
let fresh: FreshDatabase;
let database: pg.Pool;
const cores: Ingest[] = [];
const stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  postgres = await startTestPostgres();
  directory = await mkdtemp(path.join(tmpdir(), 'vicore-faults-database-'));
});
afterAll(async () => {
  await postgres.end();
  await rm(directory, { recursive: true, force: true });
});
beforeEach(async () => {
  await postgres.server.start();
  fresh = await postgres.fresh();
  database = openPool(fresh.ownerUrl);
  return async () => {
    await Promise.all(cores.splice(0).map((core) => core.end('SIGKILL')));
    for (const stop of stops.splice(0)) await stop();
    await database.end();
  };
});

async function replay(rate: number): Promise<ReplayServer> {
  const server = await replayServer({ recording, rate, streamId });
  stops.push(() => server.stop());
  return server;
}
async function ingest(server: { url: string; token: string }, workstation = 'TEST-01'): Promise<Ingest> {
  const core = await startIngest({
    directory: path.join(directory, `${fresh.database}-${workstation}`),
    database: fresh,
    streams: [server],
    workstation,
  });
  cores.push(core);
  return core;
}
const said = (): string => cores.map((core) => core.said()).join('\n');
const position = (): Promise<number> => lastSeqOf(database, streamId);
const reached = (seq: number) => async (): Promise<boolean> => (await position()) >= seq;
async function expectExact(): Promise<void> {
  expect(await sharedRecord(database)).toEqual(expectedRecord('rough'));
  const twice = await database.query(
    `select alert_id from vicore.alert_event where kind = 'raised' group by alert_id having count(*) > 1`,
  );
  expect(twice.rows).toEqual([]);
}
async function writer(): Promise<string | undefined> {
  const { rows } = await database.query<{ name: string }>(
    `select application_name as name from pg_stat_activity a join pg_locks l using (pid)
      where l.locktype = 'advisory' and l.granted and a.datname = current_database()
        and application_name like 'vicore writer %'`,
  );
  return rows[0]?.name.slice('vicore writer '.length);
}

test('without a database at the start everything goes to the journal, and from there into it (fault 1)', async () => {
  await postgres.server.stop();
  const server = await replay(20_000);
  const core = await ingest(server);
  // Acknowledged, so that the camera system may forget it: it is on our disk.
  await until(() => server.acked === server.lastSeq, 20_000, said);
  expect(core.running()).toBe(true);
  expect(core.said()).toContain('nothing listens there');
  await postgres.server.start();
  await until(reached(server.lastSeq), 30_000, said);
  await expectExact();
});

test('a database that crashes in the middle of a batch, twice, has everything once (fault 2)', async () => {
  const server = await replay(1_500);
  const core = await ingest(server);
  for (const seq of [500, 2_000]) {
    await until(reached(seq), 20_000, said);
    await postgres.server.stop('immediate');
    await until(() => core.said().includes('"state":"away"'), 15_000, said);
    await postgres.server.start();
  }
  await until(reached(server.lastSeq), 40_000, said);
  expect(core.running()).toBe(true);
  await expectExact();
});

test('backends killed again and again are replaced and said to be (fault 11)', async () => {
  const server = await replay(1_500);
  const core = await ingest(server);
  let killed = 0;
  for (const seq of [300, 1_200, 2_400]) {
    await until(reached(seq), 20_000, said);
    const { rows } = await database.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and usename = $1`,
      [fresh.user],
    );
    killed += rows.length;
  }
  await until(reached(server.lastSeq), 40_000, said);
  expect(killed).toBeGreaterThan(3);
  expect(core.running()).toBe(true);
  expect(core.said()).toContain('terminating connection due to administrator command');
  await expectExact();
});

test('two cores at once on one stream; the writer is killed, the other takes over within 5 s (fault 25)', async () => {
  const server = await replay(600);
  const both = {
    'TEST-01': await ingest(server, 'TEST-01'),
    'TEST-02': await ingest(server, 'TEST-02'),
  };
  await until(reached(800), 20_000, said);
  const first = await writer();
  if (first !== 'TEST-01' && first !== 'TEST-02') throw new Error(`nobody writes: ${String(first)}`);
  const second = first === 'TEST-01' ? 'TEST-02' : 'TEST-01';
  const killedAt = performance.now();
  await both[first].end('SIGKILL');
  const left = await position();
  await until(async () => (await writer()) === second, 5_000, said);
  await until(reached(left + 1), 5_000, said);
  expect(performance.now() - killedAt).toBeLessThan(5_000);
  await until(reached(server.lastSeq), 40_000, said);
  await expectExact();
  expect(await both[second].end('SIGTERM')).toBe(0);
});

test('an event that the database refuses is listed with reason and seq, the others are stored (fault 24)', async () => {
  const simulator = await startSimulator({
    seed: 'poison',
    tidy: true,
    streams: [{ key: 'p', site: 'Folkestone', track: 'T1', streamId }],
  });
  stops.push(() => simulator.stop());
  const pass = await simulator.runPass({ kind: 'passenger', faults: [{ name: 'broken', vehicle: 3 }] });
  const poisoned = pass.vehicleNumbers[8] ?? '';
  // Whatever we did not think of: a database that does not take one car.
  await database.query(
    `alter table vicore.vehicle_record add check (vehicle_number is distinct from '${poisoned}')`,
  );
  const core = await ingest({ url: simulator.streams[0]?.url ?? '', token: simulator.token });
  await until(reached(pass.lastSeq), 30_000, said);
  const { rows } = await database.query<{ seq: number; reason: string }>(
    'select seq::int as seq, reason from vicore.rejected_message',
  );
  const identified = simulator
    .events('p')
    .find(({ text }) => text.includes('vehicle.identified') && text.includes(poisoned));
  expect(rows.map(({ seq }) => seq)).toEqual([identified?.seq]);
  expect(rows[0]?.reason).toMatch(/could not be stored: .*check constraint/);
  const stored = await database.query<{ numbers: string[] }>(
    `select array_agg(vehicle_number order by index) filter (where identified) as numbers from vicore.pass_vehicle`,
  );
  expect(stored.rows[0]?.numbers).toEqual(pass.vehicleNumbers.filter((number) => number !== poisoned));
  const alerts = await database.query<{ rule: string }>(
    'select rule from vicore.alert where vehicle_index = 3 order by rule',
  );
  expect(alerts.rows.map(({ rule }) => rule)).toContain('defect');
  expect(core.running()).toBe(true);
});
