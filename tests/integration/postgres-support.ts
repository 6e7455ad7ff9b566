import pg from 'pg';
import type { Act } from '../../main/audit/act.ts';
import type { JournalEntry } from '../../main/passes/events.ts';
import type { Committed, Journal, SharedRows } from '../../main/passes/ports.ts';
import type { ConnectionSettings } from '../../main/postgres/connection.ts';
import { createSharedRecord, type SharedRecord } from '../../main/postgres/shared-record.ts';
import type { DatabaseHealth } from '../../contract/domain.ts';
import type { FreshDatabase } from '../../tools/postgres/template.ts';

export interface MemoryJournal extends Journal {
  readonly size: () => number;
}

/** A journal without a disk. */
export function memoryJournal(initial: readonly JournalEntry[] = []): MemoryJournal {
  let rows: { readonly position: number; readonly entry: JournalEntry }[] = [];
  let position = 0;
  const lastSeqs = new Map<string, number>();
  const add = (entries: readonly JournalEntry[]): void => {
    for (const entry of entries) {
      position += 1;
      rows.push({ position, entry });
      if ('seq' in entry && entry.seq !== undefined) lastSeqs.set(entry.streamId, entry.seq);
    }
  };
  add(initial);
  return {
    append: (entries) => Promise.resolve(add(entries)),
    read: (after, limit) => Promise.resolve(rows.filter((row) => row.position > after).slice(0, limit)),
    removeThrough(through) {
      rows = rows.filter((row) => row.position > through);
      return Promise.resolve();
    },
    count: () => Promise.resolve(rows.length),
    lastSeqs: () => Promise.resolve(lastSeqs),
    size: () => rows.length,
  };
}

/** A replica that only remembers what it was given. */
export interface RecordingReplica {
  readonly days: number;
  readonly applied: SharedRows[];
  cursor: string | undefined;
  sharedCursor(): Promise<string | undefined>;
  applyShared(rows: SharedRows): Promise<Committed>;
  passIds(): ReadonlySet<string>;
}

export function recordingReplica(onRows: (rows: SharedRows) => void = () => undefined): RecordingReplica {
  const replica: RecordingReplica = {
    days: 7,
    applied: [],
    cursor: undefined,
    sharedCursor: () => Promise.resolve(replica.cursor),
    applyShared(rows) {
      replica.applied.push(rows);
      replica.cursor = rows.cursor;
      onRows(rows);
      return Promise.resolve({ alerts: rows.alerts, passes: rows.passes });
    },
    passIds: () => new Set(replica.applied.flatMap((rows) => rows.passes.map((pass) => pass.id))),
  };
  return replica;
}

export const settingsOf = (database: FreshDatabase, hosts?: readonly string[]): ConnectionSettings => ({
  hosts: hosts ?? [`${database.host}:${database.port}`],
  database: database.database,
  user: database.user,
  password: database.password,
  tls: 'disable',
});

export interface Workstation {
  readonly record: SharedRecord;
  readonly journal: MemoryJournal;
  readonly log: string[];
  health(): DatabaseHealth | undefined;
}

export interface WorkstationOptions {
  readonly name: string;
  readonly settings: ConnectionSettings;
  readonly journal?: MemoryJournal;
  readonly replica?: RecordingReplica;
}

/** A workstation's shared record on a journal in memory; started. */
export function startWorkstation({ name, settings, journal, replica }: WorkstationOptions): Workstation {
  const own = journal ?? memoryJournal();
  const log: string[] = [];
  let health: DatabaseHealth | undefined;
  const say = (fields: object, message: string): void => {
    log.push(`${message} ${JSON.stringify(fields)}`);
  };
  const record = createSharedRecord({
    connection: settings,
    workstation: name,
    journal: own,
    replica,
    caughtUpStreams: () => [],
    log: { debug: say, info: say, warn: say, error: say },
    onHealth: (state) => {
      health = state;
    },
  });
  record.start();
  return { record, journal: own, log, health: () => health };
}

export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  // The statement under way rejects with it.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

let acts = 0;
export function actBy(actor: string, at: number = Date.now()): Act {
  acts += 1;
  return { actor, role: 'operator', workstation: `WS-${actor}`, at, correlationId: `act-${acts}` };
}
