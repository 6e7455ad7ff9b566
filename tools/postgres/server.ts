import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, Socket } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Cluster, ownerName, prepareCluster } from './cluster.ts';
import { findPrograms, type Programs } from './programs.ts';

export interface PostgresOptions {
  /** Data directory; made when it is not there. Another one is used where root's folders are closed to others. */
  readonly directory: string;
  /** Default: a free one, kept over `stop` and `start`. */
  readonly port?: number | undefined;
  /** True: survives a power cut (the demo). Default false: fast (tests). */
  readonly durable?: boolean | undefined;
  /** Server settings, such as `{ ssl: 'on' }`. */
  readonly settings?: Readonly<Record<string, string>> | undefined;
  readonly onLog?: ((line: string) => void) | undefined;
}

/** PostgreSQL 18 from the npm package, listening on 127.0.0.1 only. */
export interface PostgresServer {
  readonly directory: string;
  readonly host: string;
  readonly port: number;
  readonly owner: { readonly user: string; readonly password: string };
  /** `postgres://owner:password@host:port/database`, as `VICORE_PG_OWNER_URL` wants it. */
  ownerUrl(database?: string): string;
  isRunning(): boolean;
  start(): Promise<void>;
  /** `fast` ends sessions and flushes; `immediate` is a crash. */
  stop(mode?: 'fast' | 'immediate'): Promise<void>;
}

const host = '127.0.0.1';
const startTimeoutMs = 30_000;

async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, host);
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('No free port.');
  return address.port;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    // ESRCH: no such process.
    return false;
  }
}

/** A server that outlived the program that started it holds the directory: it is ours to end. */
async function endLeftover(directory: string): Promise<void> {
  const file = await readFile(path.join(directory, 'postmaster.pid'), 'utf8').catch(() => undefined);
  const pid = Number(file?.split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid)) return;
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => 'postgres');
  if (!command.includes('postgres')) return;
  process.kill(pid, 'SIGINT');
  const until = performance.now() + 10_000;
  while (isAlive(pid) && performance.now() < until) await delay(20);
}

function launch(
  programs: Programs,
  cluster: Cluster,
  port: number,
  options: PostgresOptions,
): Promise<ChildProcess> {
  const settings: Record<string, string> = {
    listen_addresses: host,
    port: String(port),
    unix_socket_directories: '',
    timezone: 'UTC',
    max_connections: '200',
    log_min_messages: 'warning',
    ...(options.durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
    ...options.settings,
  };
  const args = ['-D', cluster.directory];
  for (const [name, value] of Object.entries(settings)) args.push('-c', `${name}=${value}`);
  const child = spawn(programs.postgres, args, {
    ...programs.identity,
    cwd: cluster.directory,
    env: { ...process.env, LC_ALL: 'C', LC_MESSAGES: 'C' },
    stdio: ['ignore', 'ignore', 'pipe'],
    // Ctrl+C in a terminal reaches us alone; we end the server when nobody needs it any more.
    detached: process.platform !== 'win32',
  });
  return new Promise((resolve, reject) => {
    let said = '';
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`PostgreSQL did not start within ${startTimeoutMs / 1000} s: ${said}`));
    }, startTimeoutMs);
    child.stderr.on('data', (chunk: Buffer) => {
      const text = chunk.toString();
      said = (said + text).slice(-4000);
      for (const line of text.split('\n')) if (line) options.onLog?.(line);
      if (text.includes('ready to accept connections')) {
        clearTimeout(timer);
        // A forgotten server does not keep its program alive: it ends with it.
        child.unref();
        if (child.stderr instanceof Socket) child.stderr.unref();
        resolve(child);
      }
    });
    child.on('error', reject);
    child.on('close', () => {
      clearTimeout(timer);
      reject(new Error(`PostgreSQL ended while starting: ${said}`));
    });
  });
}

/** Initialises the directory when needed and starts the server: 1.5 s the first time, 0.2 s later. */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const programs = await findPrograms();
  const cluster = await prepareCluster(programs, options.directory, options.durable ?? false);
  const port = options.port ?? (await freePort());
  let child: ChildProcess | undefined;

  const endWithUs = (): void => {
    child?.kill('SIGINT');
  };

  async function stop(mode: 'fast' | 'immediate' = 'fast'): Promise<void> {
    const running = child;
    if (!running) return;
    running.ref();
    const ended = once(running, 'exit');
    running.kill(mode === 'fast' ? 'SIGINT' : 'SIGQUIT');
    await ended;
  }

  async function start(): Promise<void> {
    if (child) return;
    await endLeftover(cluster.directory);
    const started = await launch(programs, cluster, port, options);
    child = started;
    process.on('exit', endWithUs);
    started.on('exit', () => {
      if (child === started) child = undefined;
      process.off('exit', endWithUs);
    });
  }

  await start();
  return {
    directory: cluster.directory,
    host,
    port,
    owner: { user: ownerName, password: cluster.password },
    ownerUrl: (database = 'postgres') =>
      `postgres://${ownerName}:${encodeURIComponent(cluster.password)}@${host}:${port}/${database}`,
    isRunning: () => child !== undefined,
    start,
    stop,
  };
}
