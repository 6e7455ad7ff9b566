import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FreshDatabase } from '../../tools/postgres/template.ts';

const headless = fileURLToPath(new URL('../../main/headless.ts', import.meta.url));

/** In the core's process: says how much memory it has, four times a second. Works on every platform. */
const memoryReporter = `setInterval(() => process.send?.(process.memoryUsage.rss()), 250).unref()`;

export interface IngestOptions {
  /** Made when it is not there; the journal stays in it, so that a second start goes on where the first ended. */
  readonly directory: string;
  /** Other `host:port` than the database's own. */
  readonly hosts?: readonly string[];
  readonly database: FreshDatabase;
  readonly streams: readonly { readonly url: string; readonly token: string }[];
  readonly workstation?: string;
}

export interface Ingest {
  /** What it logged, as it was written. */
  readonly said: () => string;
  readonly running: () => boolean;
  /** Resident memory in bytes: now, and the most since the last call of `forgetPeak`. */
  readonly memory: () => { readonly now: number; readonly peak: number };
  forgetPeak(): void;
  /** Resolves with its exit code; `SIGKILL` ends it in the middle of whatever it does. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}

/** The real headless core as a process of its own. */
export async function startIngest(options: IngestOptions): Promise<Ingest> {
  const { directory, database, streams, workstation = 'TEST-01' } = options;
  await mkdir(directory, { recursive: true });
  const file = path.join(directory, 'vicore.config.json');
  const tokens = Object.fromEntries(streams.map(({ token }, index) => [`VICORE_CAMERA_${index}`, token]));
  await writeFile(
    file,
    JSON.stringify({
      workstation: { name: workstation, language: 'en', timeZone: 'Europe/London' },
      postgres: {
        hosts: options.hosts ?? [`${database.host}:${database.port}`],
        database: database.database,
        user: database.user,
        password: { env: 'VICORE_PG_PASSWORD' },
        tls: 'disable',
      },
      camera: {
        streams: streams.map(({ url }, index) => ({ url, token: { env: `VICORE_CAMERA_${index}` } })),
      },
    }),
  );
  const reporter = `data:text/javascript,${encodeURIComponent(memoryReporter)}`;
  const child = spawn(process.execPath, ['--import', reporter, headless, '--config', file], {
    env: {
      ...process.env,
      ...tokens,
      VICORE_DATA_DIR: path.join(directory, 'data'),
      VICORE_PG_PASSWORD: database.password,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let text = '';
  const listen = (chunk: Buffer): void => {
    text += chunk.toString();
  };
  child.stdout?.on('data', listen);
  child.stderr?.on('data', listen);
  let now = 0;
  let peak = 0;
  child.on('message', (bytes) => {
    now = Number(bytes);
    peak = Math.max(peak, now);
  });
  const running = (): boolean => child.exitCode === null && child.signalCode === null;
  return {
    said: () => text,
    running,
    memory: () => ({ now, peak }),
    forgetPeak() {
      peak = now;
    },
    async end(signal) {
      if (running()) {
        const ended = once(child, 'exit');
        child.kill(signal);
        await ended;
      }
      return child.exitCode;
    },
  };
}
