import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { FreshDatabase } from '../../tools/postgres/template.ts';
import { onSmallDisk } from './small-disk.ts';

export interface WorkstationOptions {
  /** Made when it is not there; the local files stay in it, so that a second start goes on where the first ended. */
  readonly directory: string;
  readonly database: Pick<FreshDatabase, 'host' | 'port' | 'database' | 'user' | 'password'>;
  readonly streams: readonly { readonly url: string; readonly token: string }[];
  readonly workstation?: string;
  /** Beside what it needs anyway. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Most MiB that its data may take: they lie on a disk of their own, which goes with the process. */
  readonly diskMegabytes?: number;
}

export interface ConfiguredWorkstation {
  readonly file: string;
  /** What its program needs. */
  readonly environment: NodeJS.ProcessEnv;
  /** By what its program is started; empty: by nothing. */
  readonly within: readonly string[];
}

/** Writes the workstation's configuration. */
export async function configureWorkstation(options: WorkstationOptions): Promise<ConfiguredWorkstation> {
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
  const within = options.diskMegabytes === undefined ? [] : onSmallDisk(data, options.diskMegabytes);
  return { file, within, environment: { ...secrets, VICORE_DATA_DIR: data, ...options.environment } };
}

export interface Program {
  readonly child: ChildProcess;
  /** What it logged, as it was written. */
  readonly said: () => string;
  readonly running: () => boolean;
  /** Resolves with its exit code; `SIGKILL` ends it in the middle of whatever it does. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}

/** Node with these arguments, as a process of its own that can send messages; `within`: by what it is started. */
export function startProgram(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  within: readonly string[] = [],
): Program {
  const [program = process.execPath, ...rest] = [...within, process.execPath, ...args];
  const child = spawn(program, rest, {
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
