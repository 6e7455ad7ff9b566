import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { FreshDatabase } from '../../tools/postgres/template.ts';

export interface WorkstationOptions {
  /** Made when it is not there; the local files stay in it, so that a second start goes on where the first ended. */
  readonly directory: string;
  readonly database: Pick<FreshDatabase, 'host' | 'port' | 'database' | 'user' | 'password'>;
  readonly streams: readonly { readonly url: string; readonly token: string }[];
  readonly workstation?: string;
  /** Beside what it needs anyway. */
  readonly environment?: NodeJS.ProcessEnv;
}

/** Writes the workstation's configuration; returns its file and the environment its program needs. */
export async function configureWorkstation(
  options: WorkstationOptions,
): Promise<{ readonly file: string; readonly environment: NodeJS.ProcessEnv }> {
  const { directory, database, streams, workstation = 'TEST-01' } = options;
  await mkdir(directory, { recursive: true });
  const file = path.join(directory, 'vicore.config.json');
  const configuration = {
    workstation: { name: workstation, language: 'en', timeZone: 'Europe/London' },
    postgres: {
      hosts: [`${database.host}:${database.port}`],
      database: database.database,
      user: database.user,
      password: { env: 'VICORE_PG_PASSWORD' },
      tls: 'disable',
    },
    camera: {
      streams: streams.map(({ url }, index) => ({ url, token: { env: `VICORE_CAMERA_${index}` } })),
    },
  };
  await writeFile(file, JSON.stringify(configuration));
  const tokens = Object.fromEntries(streams.map(({ token }, index) => [`VICORE_CAMERA_${index}`, token]));
  const data = path.join(directory, 'data');
  await mkdir(data, { recursive: true });
  const secrets = { ...tokens, VICORE_PG_PASSWORD: database.password };
  return { file, environment: { ...secrets, VICORE_DATA_DIR: data, ...options.environment } };
}

export interface Program {
  readonly child: ChildProcess;
  /** What it logged, as it was written. */
  readonly said: () => string;
  readonly running: () => boolean;
  /** Resolves with its exit code; `SIGKILL` ends it in the middle of whatever it does. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}

/** Node with these arguments, as a process of its own that can send messages. */
export function startProgram(args: readonly string[], environment: NodeJS.ProcessEnv): Program {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let text = '';
  const listen = (chunk: Buffer): void => {
    text += chunk.toString();
  };
  child.stdout?.on('data', listen);
  child.stderr?.on('data', listen);
  const running = (): boolean => child.exitCode === null && child.signalCode === null;
  return {
    child,
    said: () => text,
    running,
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
