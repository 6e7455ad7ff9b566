import { crc32 } from 'node:zlib';
import type { JournalRow } from './protocol.ts';

/** Version 2 added `audit_entry`. A file of an older version is given what it lacks (journal-file.ts). */
export const journalVersion = 2;

/*
 * What must outlive everything else on this machine: camera events not yet in the shared record, acts of people
 * made while the database was away, audit entries on their way to it, which alerts a person was told of, and small
 * settings. An append touches the
 * pages of `entry` only, because every page more makes the sync longer: positions are counted by the journal
 * itself (journal-file.ts), and `stream_end` is written when rows are removed.
 */
export const journalSchema = `
CREATE TABLE IF NOT EXISTS entry (
  position INTEGER PRIMARY KEY, kind TEXT NOT NULL, stream_id TEXT NOT NULL, seq INTEGER,
  received_at INTEGER NOT NULL, payload TEXT NOT NULL, checksum INTEGER NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS entry_seq ON entry (stream_id, seq) WHERE seq IS NOT NULL;
CREATE TABLE IF NOT EXISTS stream_end (
  stream_id TEXT PRIMARY KEY, removed_seq INTEGER NOT NULL, removed_position INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS act (
  id INTEGER PRIMARY KEY AUTOINCREMENT, alert_id TEXT NOT NULL, comment TEXT, act TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS audit_entry (
  position INTEGER PRIMARY KEY AUTOINCREMENT, entry_id TEXT NOT NULL UNIQUE, body TEXT NOT NULL,
  checksum INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS notified (alert_id TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS notified_at ON notified (at);
CREATE TABLE IF NOT EXISTS setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
`;

export const journalTables = ['entry', 'stream_end', 'act', 'audit_entry', 'notified', 'setting'] as const;
/** What every older version has already. */
export const firstJournalTables = journalTables.filter((table) => table !== 'audit_entry');

/** Over everything of a row that matters; `quick_check` does not see flipped bytes. */
export const checksumOf = (row: JournalRow): number =>
  crc32(row.payload, crc32(JSON.stringify([row.kind, row.streamId, row.seq, row.receivedAt])));

export interface EntryRow {
  readonly position: number;
  readonly kind: JournalRow['kind'];
  readonly stream_id: string;
  readonly seq: number | null;
  readonly received_at: number;
  readonly payload: string;
  readonly checksum: number;
}

/** The row, or undefined when it is not what was written. */
export const verified = (row: EntryRow): (JournalRow & { readonly position: number }) | undefined => {
  const { position, kind, stream_id: streamId, seq, received_at: receivedAt, payload } = row;
  const entry = { position, kind, streamId, seq, receivedAt, payload };
  return typeof payload === 'string' && checksumOf(entry) === row.checksum ? entry : undefined;
};
