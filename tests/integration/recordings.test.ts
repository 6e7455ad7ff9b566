import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { replayServer } from '../../tools/simulator/replay.ts';
import type { ReplayOptions } from '../../tools/simulator/replay.ts';
import { startIngest } from '../shared/ingest.ts';
import { startTestPostgres } from '../shared/postgres.ts';
import type { TestPostgres } from '../shared/postgres.ts';
import { expectedRecord } from '../shared/recording.ts';
import type { RecordingName } from '../shared/recording.ts';
import { sharedRecord } from '../shared/shared-record.ts';
import { until } from '../shared/until.ts';

/*
 * The recordings through the whole line: a WebSocket server, the real headless core as a process of its own, a
 * real PostgreSQL. What is on record must be exactly what tests/recordings/README.md expects.
 */

let postgres: TestPostgres;
let directory: string;

beforeAll(async () => {
  postgres = await startTestPostgres();
  directory = await mkdtemp(path.join(tmpdir(), 'vicore-recordings-'));
});

afterAll(async () => {
  await postgres.end();
  await rm(directory, { recursive: true, force: true });
});

async function lastSeq(client: pg.Client): Promise<number> {
  const found = await client.query<{ last_seq: string }>('select last_seq from vicore.stream_position');
  return Number(found.rows[0]?.last_seq ?? 0);
}

interface Run {
  readonly recording: RecordingName;
  readonly chaos?: ReplayOptions['chaos'];
  readonly rate?: number;
  /** Killed without warning when PostgreSQL has got this far, then started again. */
  readonly killAt?: readonly number[];
}

async function replayed(name: string, run: Run) {
  const database = await postgres.fresh();
  const client = new pg.Client(database.ownerUrl);
  await client.connect();
  const server = await replayServer({
    recording: fileURLToPath(new URL(`../recordings/${run.recording}/stream.jsonl.gz`, import.meta.url)),
    ...(run.chaos ? { chaos: run.chaos } : {}),
    ...(run.rate ? { rate: run.rate } : {}),
  });
  const start = () => startIngest({ directory: path.join(directory, name), database, streams: [server] });
  let core = await start();
  try {
    for (const kill of run.killAt ?? []) {
      await until(async () => (await lastSeq(client)) >= kill, 60_000, core.said);
      await core.end('SIGKILL');
      core = await start();
    }
    await until(async () => (await lastSeq(client)) === server.lastSeq, 90_000, core.said);
    expect(server.violations).toEqual([]);
    expect(await core.end('SIGTERM')).toBe(0);
    return { record: await sharedRecord(client), server };
  } finally {
    await core.end('SIGKILL');
    await server.stop();
    await client.end();
  }
}

describe.each<RecordingName>(['plain', 'rough'])('the recording %s', (recording) => {
  test('leaves exactly the expected record', async () => {
    const { record } = await replayed(`${recording}-straight`, { recording });
    expect(record).toEqual(expectedRecord(recording));
  });

  test('with cuts, duplicates, gaps, reordering and two kills it leaves the same', async () => {
    const { record, server } = await replayed(`${recording}-chaos`, {
      recording,
      chaos: { seed: 'recordings', cuts: 6, duplicates: 60, gaps: 20, reorders: 30 },
      rate: 1_500,
      killAt: [900, 2_600],
    });
    expect(server.mishaps).toMatchObject({ cut: 6 });
    expect(record).toEqual(expectedRecord(recording));
  });
});
