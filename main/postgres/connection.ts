import { Socket } from 'node:net';
import pg from 'pg';
import { describeFailure } from './failure.ts';
import type { Queryable } from './queryable.ts';

/** As the configuration's `postgres` section, the secret resolved. */
export interface ConnectionSettings {
  /** `host:port`, `[v6]:port` or `host`; tried in turn. */
  readonly hosts: readonly string[];
  readonly database: string;
  readonly user: string;
  readonly password: string;
  readonly tls: 'disable' | 'require' | 'verify-full';
}

export interface OpenConnection {
  readonly client: pg.Client;
  /** The same connection for several users: one statement at a time, in the order in which they were asked for. */
  readonly shared: Queryable;
  readonly host: string;
  /** Resolves with the reason once the connection is of no use any more; never rejects. */
  readonly lost: Promise<Error>;
  /** Ends it now, without waiting for a peer that may be gone. */
  destroy(reason?: Error): void;
}

/** No listed host gave a connection that accepts writes. */
export class NoWritableHost extends Error {
  /** Some host answered, but all that did are read-only. */
  readonly readOnly: boolean;
  constructor(reasons: readonly string[], readOnly: boolean) {
    super(reasons.join('; '));
    this.readOnly = readOnly;
  }
}

export interface Timeouts {
  /** Without a word from the host while connecting: a slow line brings each answer late, and all of them (fault 6). */
  readonly connectMs: number;
  /** One statement, seen from here: also notices a peer that has vanished. */
  readonly queryMs: number;
  /** Between two statements of a transaction, until the second has arrived as a whole; default: 15 s. */
  readonly idleMs?: number | undefined;
  /** Waiting for a lock, in the database. */
  readonly lockMs: number;
}

/** A vanished peer is noticed by the next statement: beats every 2 s and this make less than 12 s (fault 3). */
export const usualTimeouts: Timeouts = { connectMs: 4_000, queryMs: 8_000, lockMs: 3_000 };

/** Whole of connecting, per host, sign-in included: no host keeps us longer by saying a little now and then. */
const wholeConnects = 8;
const silenceLooks = 16;

const usualIdleMs = 15_000;

const defaultPort = 5432;

export function parseHost(address: string): { readonly host: string; readonly port: number } {
  const match = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(address);
  const host = match?.[1] ?? match?.[2] ?? address;
  return { host, port: match?.[3] === undefined ? defaultPort : Number(match[3]) };
}

function tlsOptions(tls: ConnectionSettings['tls'], host: string): pg.ClientConfig['ssl'] {
  switch (tls) {
    case 'disable':
      return false;
    // Encrypted, whoever it is: for servers with a certificate of their own making.
    case 'require':
      return { rejectUnauthorized: false };
    // `host` is what the certificate must be for; without it an address is not checked.
    case 'verify-full':
      return { rejectUnauthorized: true, host };
  }
}

/** PostgreSQL mangles what is not printable ASCII in there. */
export const applicationName = (name: string): string => name.replace(/[^\x20-\x7e]/g, '?').slice(0, 63);

/** What the driver says when no answer came in time; the server's own time-outs have an SQLSTATE. */
const noAnswer = 'Query read timeout';

/** `onSilent`: a statement was not answered. The connection is dead; those that wait behind must not each find out. */
function inTurn(client: pg.Client, onSilent: (reason: Error) => void): Queryable {
  let lane: Promise<unknown> = Promise.resolve();
  return {
    query<Row extends pg.QueryResultRow>(config: pg.QueryConfig) {
      const turn = lane.then(() => client.query<Row>(config));
      lane = turn.catch((error: unknown) => {
        if (error instanceof Error && error.message === noAnswer) onSilent(error);
      });
      return turn;
    },
  };
}

/**
 * Calls `onSilent` when the socket brings nothing for `limitMs`; returns how to end that. Counts looks, not time: a
 * program that was held up itself has not read what came.
 */
function watchSilence(socket: Socket, limitMs: number, onSilent: () => void): () => void {
  let bytes = 0;
  let quiet = 0;
  const timer = setInterval(() => {
    quiet = socket.bytesRead === bytes ? quiet + 1 : 0;
    bytes = socket.bytesRead;
    if (quiet >= silenceLooks) onSilent();
  }, limitMs / silenceLooks);
  return () => clearInterval(timer);
}

async function openHost(
  settings: ConnectionSettings,
  address: string,
  name: string,
  timeouts: Timeouts,
  signal: AbortSignal | undefined,
): Promise<OpenConnection> {
  const { host, port } = parseHost(address);
  const socket = new Socket();
  const client = new pg.Client({
    host,
    port,
    database: settings.database,
    user: settings.user,
    password: settings.password,
    ssl: tlsOptions(settings.tls, host),
    stream: () => socket,
    application_name: applicationName(name),
    keepAlive: true,
    keepAliveInitialDelayMillis: 4_000,
    connectionTimeoutMillis: timeouts.connectMs * wholeConnects,
    query_timeout: timeouts.queryMs,
    statement_timeout: timeouts.queryMs,
    lock_timeout: timeouts.lockMs,
    idle_in_transaction_session_timeout: timeouts.idleMs ?? usualIdleMs,
    // The server lets go of a vanished workstation within 6 s: its locks must not outlive it.
    options:
      '-c tcp_keepalives_idle=2 -c tcp_keepalives_interval=1 -c tcp_keepalives_count=3 -c timezone=UTC',
  });
  let end: (reason: Error) => void = () => undefined;
  const lost = new Promise<Error>((resolve) => {
    end = resolve;
  });
  // Without a listener a killed backend would end the process (fault 11).
  client.on('error', end);
  client.on('end', () => end(new Error('the connection was closed')));
  const destroy = (reason = new Error('closed here')): void => {
    end(reason);
    socket.destroy();
  };
  const giveUp = (): void => destroy();
  signal?.addEventListener('abort', giveUp);
  let silent = false;
  const stopWatching = watchSilence(socket, timeouts.connectMs, () => {
    silent = true;
    destroy();
  });
  try {
    await client.connect();
  } catch (error) {
    destroy();
    throw silent ? new Error(`no answer for ${timeouts.connectMs / 1000} s`) : error;
  } finally {
    stopWatching();
    signal?.removeEventListener('abort', giveUp);
  }
  return { client, shared: inTurn(client, destroy), host: address, lost, destroy };
}

/**
 * What was said to be stored must survive a crash of the server: a default of `off` is raised, stronger ones stay.
 */
const durableText = `select set_config('synchronous_commit', 'on', false)
  where current_setting('synchronous_commit') = 'off'`;

const readOnlyText = `select pg_is_in_recovery() or current_setting('default_transaction_read_only') = 'on'
  or current_setting('transaction_read_only') = 'on' as "readOnly"`;

/**
 * The first listed host that accepts writes; names are resolved anew every time. A standby, or an old primary that
 * was set read-only, is passed over (faults 12 and 13). Rejects with NoWritableHost and the reason of each host.
 */
export async function openConnection(
  settings: ConnectionSettings,
  name: string,
  timeouts: Timeouts = usualTimeouts,
  signal?: AbortSignal,
): Promise<OpenConnection> {
  const reasons: string[] = [];
  let readOnly = false;
  for (const address of settings.hosts) {
    if (signal?.aborted) break;
    let connection: OpenConnection | undefined;
    try {
      connection = await openHost(settings, address, name, timeouts, signal);
      await connection.client.query(durableText);
      const { rows } = await connection.client.query<{ readOnly: boolean }>(readOnlyText);
      if (rows[0]?.readOnly === false) return connection;
      connection.destroy();
      readOnly = true;
      reasons.push(`${address}: read-only`);
    } catch (error) {
      connection?.destroy();
      reasons.push(`${address}: ${describeFailure(error)}`);
    }
  }
  throw new NoWritableHost(reasons, readOnly);
}
