import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { alertUuid } from '../../main/alerts/identity.ts';
import { startSimulator } from '../../tools/simulator/simulator.ts';
import type { Simulator } from '../../tools/simulator/simulator.ts';
import type { FaultName } from '../../tools/simulator/faults.ts';
import { startIngest } from '../shared/ingest.ts';
import type { Ingest } from '../shared/ingest.ts';
import { expectNothingLost, lastSeqOf } from '../shared/invariant.ts';
import type { SentStream } from '../shared/invariant.ts';
import { openPool, startTestPostgres } from '../shared/postgres.ts';
import type { TestPostgres } from '../shared/postgres.ts';
import { until } from '../shared/until.ts';

/*
 * What can happen to a link, each on a stream of its own that one real headless core follows, with the time limits
 * of docs/camera-protocol.md: the core must tell them apart, and nothing may be missing or twice in PostgreSQL.
 */

const sites = ['half', 'mute', 'anew', 'torn', 'late', 'lost'] as const;
let postgres: TestPostgres;
let directory: string;
let simulator: Simulator;
let core: Ingest;
/** Several tests ask at the same time. */
let database: pg.Pool;
/** What the streams said under identities or before losses that they have forgotten. */
const before: SentStream[] = [];

const streamIdOf = (key: string): string =>
  simulator.streams.find((stream) => stream.key === key)?.streamId ?? '';
const sentNow = (key: string): SentStream => ({
  streamId: streamIdOf(key),
  site: key,
  track: 'T1',
  texts: simulator.events(key),
});
const stored = (key: string) => async (): Promise<boolean> =>
  (await lastSeqOf(database, streamIdOf(key))) === simulator.latestSeq(key);
const inject = (key: string, name: FaultName, rest: object = {}): void => {
  expect(simulator.inject({ name, stream: key, ...rest }).ok).toBe(true);
};
const run = (key: string) =>
  simulator.runPass({ stream: key, kind: 'passenger', faults: [{ name: 'broken' }] });

interface LinkChange {
  readonly state: string;
  readonly reason: string;
  readonly at: Date;
}
async function linkChanges(key: string): Promise<readonly LinkChange[]> {
  const { rows } = await database.query<LinkChange>(
    'select state, reason, at from vicore.link_status where stream_id = $1 order by at, id',
    [streamIdOf(key)],
  );
  return rows;
}

beforeAll(async () => {
  postgres = await startTestPostgres();
  directory = await mkdtemp(path.join(tmpdir(), 'vicore-faults-link-'));
  const fresh = await postgres.fresh();
  database = openPool(fresh.ownerUrl);
  simulator = await startSimulator({
    seed: 'faults-link',
    tidy: true,
    heartbeatMs: 2_000,
    streams: sites.map((key) => ({ key, site: key, track: 'T1', streamId: `${key}-1` })),
  });
  for (const key of sites) await run(key);
  const streams = simulator.streams.map(({ url }) => ({ url, token: simulator.token }));
  core = await startIngest({ directory, database: fresh, streams });
  for (const key of sites) await until(stored(key), 30_000, core.said);
});

afterAll(async () => {
  await core.end('SIGKILL');
  await simulator.stop();
  await database.end();
  await postgres.end();
  await rm(directory, { recursive: true, force: true });
});

test.concurrent(
  'a half-open socket is dead within 15 s, and nothing said meanwhile is missing (fault 26)',
  async () => {
    inject('half', 'half-open');
    const injectedAt = Date.now();
    await run('half');
    await until(stored('half'), 25_000, core.said);
    const dead = (await linkChanges('half')).find(({ state }) => state === 'down');
    expect(dead?.reason).toBe('no answer for 15 s');
    expect((dead?.at.getTime() ?? Infinity) - injectedAt).toBeLessThan(15_500);
  },
);

test.concurrent('pongs without messages are a silent stream, not a dead one (fault 27)', async () => {
  inject('mute', 'silent', { seconds: 22 });
  await run('mute');
  await until(
    async () => (await linkChanges('mute')).some(({ state }) => state === 'silent'),
    20_000,
    core.said,
  );
  expect((await linkChanges('mute')).find(({ state }) => state === 'silent')?.reason).toBe(
    'connected, but no message for 15 s',
  );
  await until(stored('mute'), 20_000, core.said);
  await until(async () => (await linkChanges('mute')).at(-1)?.state === 'live', 10_000, core.said);
});

test.concurrent(
  'a new identity starts anew at its first event, without false duplicates (fault 29)',
  async () => {
    before.push(sentNow('anew'));
    const known = simulator.latestSeq('anew');
    inject('anew', 'new-stream');
    expect(streamIdOf('anew')).toBe('anew-1-2');
    // As many events as before: every seq comes a second time, and means something else.
    await run('anew');
    expect(simulator.latestSeq('anew')).toBeGreaterThan(known / 2);
    await until(stored('anew'), 15_000, core.said);
  },
);

test.concurrent(
  'duplicates, altered ones, gaps and reordering leave every event once (fault 28)',
  async () => {
    for (let round = 0; round < 4; round += 1) {
      inject('torn', 'gap', { count: 3 });
      inject('torn', 'reorder', { count: 4 });
      await run('torn');
      inject('torn', 'duplicate', { count: 40, kind: 'altered' });
      await until(stored('torn'), 20_000, core.said);
    }
    // All of it is mended by asking again, on the link that there is.
    expect((await linkChanges('torn')).map(({ state }) => state)).not.toContain('down');
  },
);

test.concurrent(
  'cameras without heartbeats are unknown; an offline one is offline (rule 6, protocol)',
  async () => {
    const states = async (): Promise<readonly string[]> => {
      const { rows } = await database.query<{ status: string }>(
        'select status from vicore.camera_status where stream_id = $1 order by at, id',
        [streamIdOf('late')],
      );
      return rows.map(({ status }) => status);
    };
    await until(async () => (await states()).includes('ok'), 10_000, core.said);
    inject('late', 'camera', { status: 'offline', seconds: 60 });
    await until(async () => (await states()).includes('offline'), 5_000, core.said);
    inject('late', 'no-heartbeat', { seconds: 60 });
    // Events keep the link alive: only the cameras fall silent.
    const trains = setInterval(() => void run('late'), 5_000);
    try {
      await until(async () => (await states()).includes('unknown'), 25_000, core.said);
    } finally {
      clearInterval(trains);
    }
    expect((await linkChanges('late')).map(({ state }) => state)).not.toContain('silent');
  },
);

test.concurrent(
  'events that nobody has any more are one alert with its exact identity (rule 1, protocol)',
  async () => {
    const { streamId, texts } = sentNow('lost');
    const first = simulator.latestSeq('lost') + 1;
    inject('lost', 'lost', { count: 10 });
    await run('lost');
    before.push({
      streamId,
      site: 'lost',
      texts: [...texts, ...simulator.events('lost')],
      lost: { first, last: first + 9 },
    });
    await until(stored('lost'), 20_000, core.said);
    const { rows } = await database.query<{ id: string; state: string; severity: string; value: string }>(
      `select id, state, severity, value from vicore.alert where rule = 'data-gap'`,
    );
    expect(rows).toEqual([
      {
        id: alertUuid(`lost-1/${first}-${first + 9}/data-gap`),
        state: 'active-unacknowledged',
        severity: 'warning',
        value: '10',
      },
    ]);
  },
);

test('after all of it, every event is stored once, every alert listed and raised once', async () => {
  for (const key of sites) await until(stored(key), 20_000, core.said);
  const now = sites.filter((key) => key !== 'lost').map(sentNow);
  await expectNothingLost(database, [...before, ...now]);
  expect(simulator.violations).toEqual([]);
  expect(core.running()).toBe(true);
  expect(await core.end('SIGTERM')).toBe(0);
});
