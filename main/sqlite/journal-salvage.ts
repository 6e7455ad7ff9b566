import type { Database } from './database.ts';
import { statements } from './database.ts';
import type { Sql } from './database.ts';
import { checksumOf, journalTables, verified } from './journal-schema.ts';
import type { EntryRow } from './journal-schema.ts';

export interface Salvaged {
  readonly kept: number;
  readonly lost: number;
}

const columns = 'position, kind, stream_id, seq, received_at, payload, checksum';

/** Reads rows as far as the damage lets it, from both ends: one unreadable page costs only its own rows. */
function* readableRows<Row extends { readonly position: number }>(
  old: Database,
  table: 'entry' | 'audit_entry',
  names: string,
): Generator<Row> {
  const seen = new Set<number>();
  for (const order of ['ASC', 'DESC'] as const) {
    try {
      const rows = old.prepare<[], Row>(`SELECT ${names} FROM ${table} ORDER BY position ${order}`);
      for (const row of rows.iterate()) {
        if (seen.has(row.position)) {
          if (order === 'DESC') return;
          continue;
        }
        seen.add(row.position);
        yield row;
      }
      return;
    } catch {
      // The damaged page was reached; what lies behind it is tried from the other end.
    }
  }
}

const copyTable = (old: Database, fresh: Database, table: string): void => {
  try {
    const rows = old.prepare<[], Record<string, string | number | null>>(`SELECT * FROM ${table}`).all();
    for (const row of rows) {
      const names = Object.keys(row);
      const marks = names.map(() => '?').join(', ');
      fresh
        .prepare(`INSERT OR IGNORE INTO ${table} (${names.join(', ')}) VALUES (${marks})`)
        .run(...Object.values(row));
    }
  } catch {
    // An unreadable table is lost; the warning about the file as a whole tells people.
  }
};

interface AuditEntryRow {
  readonly position: number;
  readonly entry_id: string;
  readonly body: string;
  readonly checksum: number;
}

/** As they are: one that is not what was written is told as such when it is read (audit-outbox.ts). */
const copyAuditEntries = (old: Database, sql: Sql): void => {
  const insert = sql<[number, string, string, number]>(
    'INSERT OR IGNORE INTO audit_entry (position, entry_id, body, checksum) VALUES (?, ?, ?, ?)',
  );
  const names = 'position, entry_id, body, checksum';
  for (const row of readableRows<AuditEntryRow>(old, 'audit_entry', names)) {
    insert.run(row.position, String(row.entry_id), String(row.body), Number(row.checksum));
  }
};

/**
 * Copies what can be read and has its right checksum from a damaged journal. A row that is there but is not what
 * was written becomes a rejected entry under its `seq`, so that the loss is listed and the stream goes on.
 */
export const salvage = (old: Database, fresh: Database): Salvaged => {
  let kept = 0;
  let lost = 0;
  fresh.transaction(() => {
    const sql = statements(fresh);
    for (const table of journalTables) {
      if (table !== 'entry' && table !== 'audit_entry') copyTable(old, fresh, table);
    }
    copyAuditEntries(old, sql);
    const insert = sql<(string | number | null)[]>(
      `INSERT OR IGNORE INTO entry (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    );
    for (const row of readableRows<EntryRow>(old, 'entry', columns)) {
      if (verified(row) !== undefined) {
        kept += 1;
        insert.run(
          row.position,
          row.kind,
          row.stream_id,
          row.seq,
          row.received_at,
          row.payload,
          row.checksum,
        );
        continue;
      }
      lost += 1;
      if (typeof row.seq !== 'number' || typeof row.stream_id !== 'string' || row.stream_id === '') continue;
      const payload = JSON.stringify({
        reason: 'damaged in the journal of this workstation',
        text: String(row.payload).slice(0, 4096),
      });
      const entry = {
        kind: 'rejected' as const,
        streamId: row.stream_id,
        seq: row.seq,
        receivedAt: row.received_at,
        payload,
      };
      insert.run(
        row.position,
        entry.kind,
        entry.streamId,
        entry.seq,
        entry.receivedAt,
        payload,
        checksumOf(entry),
      );
    }
    // Rows beyond the damage may be gone: no position is ever used twice, whatever they were.
    sql<[number]>(
      `INSERT OR REPLACE INTO stream_end (stream_id, removed_seq, removed_position) VALUES ('', 0, ?)`,
    ).run(Date.now());
  })();
  return { kept, lost };
};
