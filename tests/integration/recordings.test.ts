import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { replayServer } from '../../tools/simulator/replay.ts';
import type { ReplayOptions, ReplayServer } from '../../tools/simulator/replay.ts';
import type { FreshDatabase } from '../../tools/postgres/template.ts';
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

const headless = fileURLToPath(new URL('../../main/headless.ts', import.meta.url));
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

interface Core {
  readonly process: ChildProcess;
  readonly said: () => string;
}

async function startCore(name: string, server: ReplayServer, database: FreshDatabase): Promise<Core> {
  const file = path.join(directory, `${name}.json`);
  await writeFile(
    file,
    JSON.stringify({
      workstation: { name: 'TEST-01', language: 'en', timeZone: 'Europe/London' },
      postgres: {
        hosts: [`${database.host}:${database.port}`],
        database: database.database,
        user: database.user,
        password: { env: 'VICORE_PG_PASSWORD' },
        tls: 'disable',
      },
      camera: { streams: [{ url: server.url, token: { env: 'VICORE_CAMERA_TOKEN' } }] },
    }),
  );
  const child = spawn(process.execPath, [headless, '--config', file], {
    env: {
      ...process.env,
      VICORE_DATA_DIR: path.join(directory, name),
      VICORE_PG_PASSWORD: database.password,
      VICORE_CAMERA_TOKEN: server.token,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return { process: child, said: () => text };
}

async function end(core: Core, signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
  if (core.process.exitCode !== null) return core.process.exitCode;
  const ended = once(core.process, 'exit');
  core.process.kill(signal);
  await ended;
  return core.process.exitCode;
}

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
  let core = await startCore(name, server, database);
  try {
    for (const kill of run.killAt ?? []) {
      await until(async () => (await lastSeq(client)) >= kill, 60_000, core.said);
      await end(core, 'SIGKILL');
      core = await startCore(name, server, database);
    }
    await until(async () => (await lastSeq(client)) === server.lastSeq, 90_000, core.said);
    expect(server.violations).toEqual([]);
    expect(await end(core, 'SIGTERM')).toBe(0);
    return { record: await sharedRecord(client), server };
  } finally {
    await end(core, 'SIGKILL');
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
