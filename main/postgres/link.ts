import { backoffMs, pause } from './backoff.ts';
import {
  type ConnectionSettings,
  NoWritableHost,
  openConnection,
  type OpenConnection,
  type Timeouts,
} from './connection.ts';
import { describeFailure, failureCode } from './failure.ts';
import { schemaVersion } from './schema-version.ts';
import { electionChannel, writerConnectionText, writerName } from './writer-lock.ts';

/** What one beat found. */
export interface Beat {
  readonly schema: number;
  readonly readOnly: boolean;
  /** Workstation that holds the writer's lock. */
  readonly writer: string | undefined;
  /** Highest change that can be seen, 0 when there is none. */
  readonly lastChange: number;
}

export type LinkState =
  | { readonly state: 'connecting' }
  | { readonly state: 'connected'; readonly host: string; readonly beat: Beat }
  | {
      readonly state: 'away' | 'read-only' | 'schema-older' | 'schema-newer';
      readonly reason: string;
      readonly host?: string | undefined;
      readonly nextRetryAt?: number | undefined;
      readonly beat?: Beat | undefined;
    };

export interface LinkOptions {
  readonly settings: ConnectionSettings;
  readonly workstation: string;
  readonly timeouts?: Timeouts | undefined;
  /** Every change of state, and every beat. */
  readonly onState: (state: LinkState) => void;
  /** The database said that something changed, or that somebody wants to write. */
  readonly onNotified: (channel: string) => void;
}

export interface Link {
  start(): void;
  stop(): Promise<void>;
  /** The connection while the database is there, accepts writes and has our schema. */
  connection(): OpenConnection | undefined;
  state(): LinkState;
}

const beatMs = 1_500;
const firstRetryMs = 250;
const mostRetryMs = 10_000;
/** How often a database with another schema, or read-only, is looked at again. */
const recheckMs = 5_000;

const beatText = `select
  coalesce((select max(version) from vicore.schema_version), 0) as schema,
  pg_is_in_recovery() or current_setting('transaction_read_only') = 'on' as "readOnly",
  ${writerConnectionText} as writer,
  coalesce((select max(id) from vicore.change), 0)::float8 as "lastChange"`;

interface BeatRow extends Omit<Beat, 'writer'> {
  readonly writer: string | null;
}

async function beatOf(connection: OpenConnection): Promise<Beat> {
  try {
    const { rows } = await connection.shared.query<BeatRow>({ name: 'beat', text: beatText });
    const row = rows[0];
    if (!row) throw new Error('the database gave no answer to a beat');
    return { ...row, writer: row.writer === null ? undefined : writerName(row.writer) };
  } catch (error) {
    // No such table or schema: nobody has migrated this database yet.
    if (failureCode(error) === '42P01' || failureCode(error) === '3F000') {
      return { schema: 0, readOnly: false, writer: undefined, lastChange: 0 };
    }
    throw error;
  }
}

function obstacle(beat: Beat, host: string): LinkState | undefined {
  if (beat.readOnly)
    return { state: 'read-only', host, beat, reason: `${host}: the database became read-only` };
  if (beat.schema === schemaVersion) return undefined;
  const found = `the database has schema version ${beat.schema}, this program needs ${schemaVersion}`;
  return beat.schema < schemaVersion
    ? { state: 'schema-older', host, beat, reason: `${found}: run the migrations` }
    : { state: 'schema-newer', host, beat, reason: `${found}: install the newer program` };
}

/**
 * The one lasting connection of a workstation: hears of changes, carries the acts, and beats every 1.5 s so that a
 * silent death is noticed within 12 s. Reconnects with full jitter, to whichever listed host accepts writes.
 */
export function createLink(options: LinkOptions): Link {
  const { settings, workstation, timeouts, onState, onNotified } = options;
  const ending = new AbortController();
  let open: OpenConnection | undefined;
  let current: LinkState = { state: 'connecting' };
  let running: Promise<void> | undefined;

  function become(state: LinkState): void {
    current = state;
    onState(state);
  }

  async function live(connection: OpenConnection): Promise<Error> {
    let reason: Error | undefined;
    void connection.lost.then((error) => {
      reason = error;
    });
    connection.client.on('notification', ({ channel }) => onNotified(channel));
    await connection.shared.query({ text: `listen vicore_change; listen ${electionChannel}` });
    while (!reason && !ending.signal.aborted) {
      const beat = await beatOf(connection);
      const hindrance = obstacle(beat, connection.host);
      if (hindrance) {
        become(hindrance);
        if (hindrance.state === 'read-only') return new Error('the database became read-only');
        open = undefined;
      } else {
        open = connection;
        become({ state: 'connected', host: connection.host, beat });
      }
      const waited = new AbortController();
      const stop = AbortSignal.any([ending.signal, waited.signal]);
      await Promise.race([pause(hindrance ? recheckMs : beatMs, stop), connection.lost]);
      waited.abort();
    }
    return reason ?? new Error('closed here');
  }

  /** Resolves with why the connection ended or could not be made, and whether it had been there. */
  async function once(): Promise<{
    readonly reason: string;
    readonly readOnly: boolean;
    readonly was: boolean;
  }> {
    let connection: OpenConnection | undefined;
    try {
      connection = await openConnection(settings, `vicore ${workstation}`, timeouts, ending.signal);
      const reason = await live(connection);
      return { reason: describeFailure(reason), readOnly: false, was: true };
    } catch (error) {
      const readOnly = error instanceof NoWritableHost && error.readOnly;
      return { reason: describeFailure(error), readOnly, was: connection !== undefined };
    } finally {
      open = undefined;
      connection?.destroy();
    }
  }

  async function run(): Promise<void> {
    let attempt = 0;
    become({ state: 'connecting' });
    while (!ending.signal.aborted) {
      const { reason, readOnly, was } = await once();
      if (ending.signal.aborted) return;
      attempt = was ? 0 : attempt + 1;
      const wait = backoffMs(attempt, firstRetryMs, mostRetryMs);
      become({ state: readOnly ? 'read-only' : 'away', reason, nextRetryAt: Date.now() + wait });
      await pause(wait, ending.signal);
    }
  }

  return {
    start() {
      running ??= run();
    },
    async stop() {
      ending.abort();
      open?.destroy();
      await running;
    },
    connection: () => open,
    state: () => current,
  };
}
