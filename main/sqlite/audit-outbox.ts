import { crc32 } from 'node:zlib';
import type { AuditEntry } from '../audit/ports.ts';
import type { JournalFile } from './journal-file.ts';

interface OutboxRow {
  readonly entry_id: string;
  readonly body: string;
  readonly checksum: number;
}

/** Over the identity too, so that no row can take another's place. */
const checksumOf = (entryId: string, body: string): number => crc32(body, crc32(entryId));

/** What the entry was cannot be known any more; that there was one must be. */
const damaged = (row: OutboxRow): AuditEntry => ({
  entryId: row.entry_id,
  at: 0,
  actor: 'system',
  subject: '',
  role: 'system',
  workstation: '',
  action: 'audit.entry-damaged',
  entity: 'audit_entry',
  entityId: row.entry_id,
  after: { text: String(row.body).slice(0, 4096) },
  correlationId: row.entry_id,
});

const toEntry = (row: OutboxRow): AuditEntry => {
  if (checksumOf(row.entry_id, String(row.body)) !== row.checksum) return damaged(row);
  // What keepAudit wrote, byte for byte.
  return JSON.parse(row.body) as AuditEntry;
};

/** Durable when it returns: the journal's file syncs every commit. An entry that comes again is passed over. */
export const keepAudit = ({ database, sql }: JournalFile, entries: readonly AuditEntry[]): void => {
  const insert = sql<[string, string, number]>(
    'INSERT OR IGNORE INTO audit_entry (entry_id, body, checksum) VALUES (?, ?, ?)',
  );
  database.transaction(() => {
    for (const entry of entries) {
      const body = JSON.stringify(entry);
      insert.run(entry.entryId, body, checksumOf(entry.entryId, body));
    }
  })();
};

/** In the order in which they were kept. */
export const pendingAudit = ({ sql }: JournalFile, limit: number): AuditEntry[] =>
  sql<[number], OutboxRow>('SELECT entry_id, body, checksum FROM audit_entry ORDER BY position LIMIT ?')
    .all(limit)
    .map(toEntry);

export const removeAudit = ({ database, sql }: JournalFile, entryIds: readonly string[]): void => {
  const remove = sql<[string]>('DELETE FROM audit_entry WHERE entry_id = ?');
  database.transaction(() => {
    for (const entryId of entryIds) remove.run(entryId);
  })();
};
