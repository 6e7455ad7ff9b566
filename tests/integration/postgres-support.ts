import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Result } from '../../contract/errors.ts';
import type { AuditBreak } from '../../contract/results.ts';
import type { Act } from '../../main/audit/act.ts';
import type { AuditEntry, AuditMark, AuditOutbox } from '../../main/audit/ports.ts';
import type { JournalEntry } from '../../main/passes/events.ts';
import type { Committed, HereOnly, Journal, SharedRows } from '../../main/passes/ports.ts';
import type { ConnectionSettings } from '../../main/postgres/connection.ts';
import {
  createSharedRecord,
  type SharedRecord,
  type SharedRecordOptions,
} from '../../main/postgres/shared-record.ts';
import type { DatabaseHealth, Role } from '../../contract/domain.ts';
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

/** An outbox without a disk. */
export function memoryOutbox(): AuditOutbox {
  let kept: readonly AuditEntry[] = [];
  return {
    keepAudit(entries) {
      kept = [...kept, ...entries];
      return Promise.resolve();
    },
    pendingAudit: (limit) => Promise.resolve(kept.slice(0, limit)),
    removeAudit(entryIds) {
      kept = kept.filter(({ entryId }) => !entryIds.includes(entryId));
      return Promise.resolve();
    },
  };
}

/** A replica that only remembers what it was given. */
export interface RecordingReplica {
  readonly days: number;
  readonly applied: SharedRows[];
  cursor: string | undefined;
  sharedCursor(): Promise<string | undefined>;
  applyShared(rows: SharedRows): Promise<Committed>;
  hereOnly(): Promise<readonly HereOnly[]>;
  endHereOnly(): Promise<Committed>;
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
    hereOnly: () => Promise.resolve([]),
    endHereOnly: () => Promise.resolve({ alerts: [], passes: [] }),
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
  readonly listeners?: Pick<SharedRecordOptions, 'onConnected' | 'onReference' | 'onElection' | 'person'>;
}

/** A workstation's shared record on a journal in memory; started. */
export function startWorkstation(options: WorkstationOptions): Workstation {
  const { name, settings, journal, replica, listeners } = options;
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
    ...listeners,
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

/** An act of a person whose subject is their name; register them first (`register`). */
export function actBy(actor: string, at: number = Date.now()): Act {
  acts += 1;
  return {
    actor,
    subject: actor,
    role: 'operator',
    workstation: `WS-${actor}`,
    at,
    correlationId: `act-${acts}`,
  };
}

/** Enters a person into the record, whose subject is their name, as a sign-in does. */
export async function register(url: string, name: string, claimedRole: Role = 'operator'): Promise<void> {
  await withClient(url, (client) =>
    client.query('select vicore.record_person($1, $2, $3)', [
      JSON.stringify({ subject: name, name, claimedRole }),
      `WS-${name}`,
      'registration',
    ]),
  );
}

/** What a call was refused with, or `ok`. */
export const code = (result: Result<unknown>): string => (result.ok ? 'ok' : result.error.code);

export function valueOf<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** An entry for the audit log as a workstation makes it: somebody signed in. */
export const auditEntry = (more: Partial<AuditEntry> = {}): AuditEntry => ({
  entryId: randomUUID(),
  at: Date.now(),
  actor: 'alan',
  subject: 'alan',
  role: 'operator',
  workstation: 'WS-1',
  action: 'session.sign-in',
  entity: 'session',
  entityId: '',
  correlationId: 'c',
  ...more,
});

/** What a whole verification in portions of `rows` finds. */
export async function verified({ record }: Workstation, rows = 3): Promise<AuditBreak | undefined> {
  let after: AuditMark | undefined;
  for (;;) {
    const { last, ended, broken } = valueOf(await record.audit.verifyAudit(after, rows));
    if (broken || ended) return broken;
    after = last;
  }
}

/** Changes history as somebody with every right over the database would do it. */
export async function tamper(ownerUrl: string, statement: string): Promise<void> {
  await withClient(ownerUrl, async (client) => {
    for (const table of ['audit_log', 'audit_rewrite', 'alert_event'])
      await client.query(`alter table vicore.${table} disable trigger all`);
    await client.query(statement);
  });
}
