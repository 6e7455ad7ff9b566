import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hostileStrings } from '../../tools/simulator/hostile.ts';
import { startSimulator } from '../../tools/simulator/simulator.ts';
import type { Simulator } from '../../tools/simulator/simulator.ts';
import type { FaultName } from '../../tools/simulator/faults.ts';
import { startIngest } from '../shared/ingest.ts';
import type { Ingest } from '../shared/ingest.ts';
import { expectNothingLost, lastSeqOf } from '../shared/invariant.ts';
import { openPool, startTestPostgres } from '../shared/postgres.ts';
import type { TestPostgres } from '../shared/postgres.ts';
import { until } from '../shared/until.ts';

/*
 * What a camera system may say that it must not, or that it may but nobody expects: the real headless core lists it
 * with its reason, and goes on. Trains pass before, in between and after; all of them must be on record.
 */

const bad = { key: 'bad', site: 'Folkestone', track: 'T1', streamId: 'bad-1' };
/** Of their own, because each of their messages ends the link. */
const endlessStreams = ['large', 'pieces', 'bomb'].map((key) => ({
  key,
  site: key,
  track: 'T1',
  streamId: `${key}-1`,
}));
const streams = [bad, ...endlessStreams];
const megabyte = 1024 * 1024;
let postgres: TestPostgres;
let directory: string;
let simulator: Simulator;
let core: Ingest;
let database: pg.Pool;

const inject = (name: FaultName, rest: object = {}): void => {
  expect(simulator.inject({ name, stream: bad.key, ...rest }).ok).toBe(true);
};
const stored = (key: string) => async (): Promise<boolean> =>
  (await lastSeqOf(database, `${key}-1`)) === simulator.latestSeq(key);
/** Fails with what the core said, where the simulator's own promise would wait for ever. */
async function inTime(promise: Promise<void>): Promise<void> {
  let over = false;
  const watched = promise.then(() => {
    over = true;
  });
  await until(() => over, 30_000, core.said);
  await watched;
}
const listening = (key: string): Promise<void> =>
  inTime(
    simulator.until(key, ({ connections }) => [...connections].some(({ cursor }) => cursor !== undefined)),
  );
async function runAndStore(options: NonNullable<Parameters<Simulator['runPass']>[0]> = {}) {
  const stream = options.stream ?? bad.key;
  const pass = await simulator.runPass({
    kind: 'passenger',
    faults: [{ name: 'broken' }],
    ...options,
    stream,
  });
  await until(stored(stream), 20_000, core.said);
  return pass;
}

interface RejectedRow {
  readonly seq: number | null;
  readonly reason: string;
  readonly text: string;
}
async function rejected(): Promise<readonly RejectedRow[]> {
  const { rows } = await database.query<RejectedRow>(
    'select seq::int as seq, reason, text from vicore.rejected_message order by id',
  );
  return rows;
}
async function linkEnds(): Promise<readonly string[]> {
  const { rows } = await database.query<{ reason: string }>(
    `select reason from vicore.link_status where stream_id = $1 and state = 'down' order by id`,
    [bad.streamId],
  );
  return rows.map(({ reason }) => reason);
}
const rejectedWith = async (reason: string): Promise<readonly RejectedRow[]> =>
  (await rejected()).filter((row) => row.reason.includes(reason));

beforeAll(async () => {
  postgres = await startTestPostgres();
  directory = await mkdtemp(path.join(tmpdir(), 'vicore-faults-messages-'));
  const fresh = await postgres.fresh();
  database = openPool(fresh.ownerUrl);
  simulator = await startSimulator({ seed: 'faults-messages', tidy: true, streams });
  const links = simulator.streams.map(({ url }) => ({ url, token: simulator.token }));
  core = await startIngest({ directory, database: fresh, streams: links });
  for (const { key } of streams) await runAndStore({ stream: key });
});

afterAll(async () => {
  await core.end('SIGKILL');
  await simulator.stop();
  await database.end();
  await postgres.end();
  await rm(directory, { recursive: true, force: true });
});

describe('messages with a seq that must be rejected (faults 30 and 35)', () => {
  test.each([
    ['wrong-type', 6],
    ['out-of-range', 9],
    ['bad-measurement', 4],
    ['unknown-message', 2],
  ] as const)('%s: listed with seq, reason and text, and passed over', async (name, count) => {
    const first = simulator.latestSeq(bad.key) + 1;
    inject(name, { count });
    await runAndStore();
    const listed = (await rejected()).filter(
      ({ seq }) => seq !== null && seq >= first && seq < first + count,
    );
    expect(listed.map(({ seq }) => seq)).toEqual(Array.from({ length: count }, (_, step) => first + step));
    const sent = new Map(simulator.events(bad.key).map(({ seq, text }) => [seq, text]));
    for (const { seq, reason, text } of listed) {
      expect(reason).not.toBe('');
      expect(text).toBe(sent.get(seq ?? 0)?.slice(0, 4096));
    }
  });

  test('a foreign axle costs its own measurement only; a contradiction is listed too', async () => {
    const first = simulator.latestSeq(bad.key) + 1;
    await runAndStore({
      faults: [{ name: 'foreign-axle' }, { name: 'identity-contradiction' }, { name: 'foreign-pass' }],
    });
    const reasons = (await rejected()).filter(({ seq }) => (seq ?? 0) >= first).map(({ reason }) => reason);
    expect(reasons.join('\n')).toMatch(/name an axle that the vehicle does not have/);
    expect(reasons.join('\n')).toMatch(/contradicts the identification/);
    expect(reasons.join('\n')).toMatch(/unknown pass/);
  });
});

describe('messages without a seq (fault 30)', () => {
  test.each([
    ['not-json', 'message: not JSON'],
    ['html', 'message: not JSON'],
    ['not-utf8', 'message: not UTF-8'],
    ['binary', 'message: binary, expected text'],
  ] as const)('%s: listed, the link stays', async (name, reason) => {
    const before = (await rejectedWith(reason)).length;
    await listening(bad.key);
    inject(name);
    await until(async () => (await rejectedWith(reason)).length === before + 1, 10_000, core.said);
    await runAndStore();
    expect(await linkEnds()).toEqual([]);
  });

  test("a proxy's page in place of the stream is passed over until the camera system answers again", async () => {
    inject('html', { kind: 'upgrade', count: 2 });
    await runAndStore();
    const pages = (await linkEnds()).filter((reason) => reason === 'HTTP 200 in place of a WebSocket');
    // The same reason twice running is one change.
    expect(pages.length).toBeGreaterThan(0);
  });
});

describe('messages without end (faults 31 and 32)', () => {
  test('are cut off at the limit, again and again, in flat memory, and cost no event', async () => {
    const endless = [
      ['large', 'oversize', 'larger than 1048576 bytes'],
      ['pieces', 'fragments', 'more than 256 fragments'],
      // We agree to no compression: a compressed frame is an error in its header, and is never inflated.
      ['bomb', 'inflating', undefined],
    ] as const;
    const { now } = core.memory();
    core.forgetPeak();
    const attacks = endless.map(async ([key, name, reason]) => {
      for (let round = 1; round <= 3; round += 1) {
        await listening(key);
        const gone = simulator.until(key, ({ connections }) => connections.size === 0);
        inject(name, { stream: key });
        await inTime(gone);
        if (reason !== undefined) {
          await until(async () => (await rejectedWith(reason)).length >= round, 10_000, core.said);
        }
        // A train between the attacks: none of its events may be missing. Without one, each attack would double the
        // wait before the next link: links that brought nothing are not hurried back to.
        await runAndStore({ stream: key });
      }
    });
    await Promise.all(attacks);
    // Three times 2 MiB, 5,000 fragments and 64 MiB.
    expect(core.memory().peak - now).toBeLessThan(48 * megabyte);
    expect((await rejectedWith('larger than')).map(({ seq }) => seq)).toEqual([null, null, null]);
    // Nine attacks and nine trains, each with limits of its own.
  }, 180_000);
});

describe('strings that attack (fault 34)', () => {
  test('are stored as they are, as values and nothing else', async () => {
    const faults = Object.keys(hostileStrings).map((kind) => ({ name: 'hostile' as const, kind }));
    for (const fault of faults) await runAndStore({ faults: [fault] });
    for (const value of [
      '__proto__',
      '<script>alert(1)</script>',
      `';DROP TABLE vicore.alert;--`,
      '=1+1|cmd',
    ]) {
      const { rows } = await database.query<{ found: number }>(
        `select count(*)::int as found from (
           select train_number as t from vicore.train_pass union all
           select vehicle_number from vicore.pass_vehicle union all
           select vehicle_type from vicore.pass_vehicle union all
           select image_id from vicore.spring_measurement
         ) all_texts where starts_with(t, left($1, 12))`,
        [value],
      );
      expect([value, (rows[0]?.found ?? 0) > 0]).toEqual([value, true]);
    }
    const { rows } = await database.query<{ tables: number; alerts: number }>(
      `select (select count(*)::int from pg_tables where schemaname = 'vicore' and tablename = 'alert') as tables,
              (select count(*)::int from vicore.alert) as alerts`,
    );
    expect(rows[0]?.tables).toBe(1);
    expect(rows[0]?.alerts).toBeGreaterThan(0);
    // As JSON they are what they were: no prototype was touched on the way.
    const json = await database.query<{ row: Record<string, unknown> }>(
      `select row_to_json(p) as row from vicore.train_pass p`,
    );
    for (const { row } of json.rows) expect(Object.getPrototypeOf(row)).toBe(Object.prototype);
  });
});

test('a camera clock that is hours off: its times stand, the times of receipt beside them (fault 36)', async () => {
  const before = Date.now();
  inject('clock-skew', { hours: 5 });
  const pass = await runAndStore({ faults: [{ name: 'broken' }] });
  inject('clock-skew', { hours: 0 });
  const { rows } = await database.query<{ raised_at: Date; received_at: Date }>(
    `select raised_at, received_at from vicore.alert where pass_id = $1 and rule = 'defect'`,
    [pass.passId],
  );
  expect(rows.length).toBeGreaterThan(0);
  for (const row of rows) {
    expect(row.raised_at.getTime() - before).toBeGreaterThan(4.9 * 3_600_000);
    expect(Math.abs(row.received_at.getTime() - before)).toBeLessThan(60_000);
  }
  await runAndStore();
});

test('after all of it, every event is stored once, every alert listed and raised once', async () => {
  await expectNothingLost(
    database,
    streams.map((stream) => ({ ...stream, texts: simulator.events(stream.key) })),
  );
  expect(simulator.violations).toEqual([]);
  expect(await core.end('SIGTERM')).toBe(0);
});
