import type { Sql } from './database.ts';
import type { JournalFile } from './journal-file.ts';
import { checksumOf, verified } from './journal-schema.ts';
import type { EntryRow } from './journal-schema.ts';
import type { JournalRow, StoredJournalRow } from './protocol.ts';

/** Rows deleted in one transaction, so that removal never holds up an append for long. */
const removalSlice = 2_000;

/**
 * Everything given in one transaction, so one sync. An entry whose (stream, seq) the journal holds, or held and
 * removed, is passed over: delivery is at least once (docs/camera-protocol.md, duplicates).
 */
export const appendRows = (journal: JournalFile, groups: readonly (readonly JournalRow[])[]): void => {
  const { database, sql } = journal;
  const insert = sql<(string | number | null)[]>(
    `INSERT OR IGNORE INTO entry (position, kind, stream_id, seq, received_at, payload, checksum)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  database.transaction(() => {
    const removed = new Map<string, number>();
    for (const row of groups.flat()) {
      if (row.seq !== null) {
        if (!removed.has(row.streamId)) removed.set(row.streamId, removedSeq(sql, row.streamId));
        if (row.seq <= (removed.get(row.streamId) ?? 0)) continue;
      }
      const { kind, streamId, seq, receivedAt, payload } = row;
      insert.run(journal.nextPosition(), kind, streamId, seq, receivedAt, payload, checksumOf(row));
    }
  })();
};

const removedSeq = (sql: Sql, streamId: string): number =>
  sql<[string], { removed_seq: number }>('SELECT removed_seq FROM stream_end WHERE stream_id = ?').get(
    streamId,
  )?.removed_seq ?? 0;

/** A row that is not what was written comes back as rejected, under its `seq`; `onDamaged` is told. */
export const readRows = (
  { sql }: JournalFile,
  after: number,
  limit: number,
  onDamaged: (position: number) => void,
): StoredJournalRow[] =>
  sql<[number, number], EntryRow>('SELECT * FROM entry WHERE position > ? ORDER BY position LIMIT ?')
    .all(after, limit)
    .map((row) => {
      const entry = verified(row);
      if (entry !== undefined) return entry;
      onDamaged(row.position);
      return {
        position: row.position,
        kind: 'rejected',
        streamId: String(row.stream_id),
        seq: typeof row.seq === 'number' ? row.seq : null,
        receivedAt: Number(row.received_at),
        payload: JSON.stringify({
          reason: 'damaged in the journal of this workstation',
          text: String(row.payload).slice(0, 4096),
        }),
      };
    });

/** In slices; between two of them other work has its turn. */
export function* removeRows({ database, sql }: JournalFile, position: number): Generator<undefined, void> {
  for (;;) {
    const removed = database.transaction(() => {
      const top = sql<[number, number], { top: number | null }>(
        `SELECT max(position) AS top FROM (SELECT position FROM entry WHERE position <= ? ORDER BY position LIMIT ?)`,
      ).get(position, removalSlice)?.top;
      if (top === null || top === undefined) return 0;
      sql<[number]>(
        `INSERT INTO stream_end SELECT stream_id, coalesce(max(seq), 0), max(position) FROM entry
           WHERE position <= ? GROUP BY stream_id
         ON CONFLICT (stream_id) DO UPDATE SET removed_seq = max(removed_seq, excluded.removed_seq),
           removed_position = max(removed_position, excluded.removed_position)`,
      ).run(top);
      return sql<[number]>('DELETE FROM entry WHERE position <= ?').run(top).changes;
    })();
    if (removed < removalSlice) return;
    yield;
  }
}

export const countRows = ({ sql }: JournalFile): number =>
  sql<[], { n: number }>('SELECT count(*) AS n FROM entry').get()?.n ?? 0;

/** Streams whose entries never had a `seq` are left out. */
export const lastSeqs = ({ sql }: JournalFile): [string, number][] =>
  sql<[], { stream_id: string; last: number }>(
    `SELECT stream_id, max(last) AS last FROM (
       SELECT stream_id, max(seq) AS last FROM entry WHERE seq IS NOT NULL GROUP BY stream_id
       UNION ALL SELECT stream_id, removed_seq FROM stream_end WHERE removed_seq > 0
     ) GROUP BY stream_id`,
  )
    .all()
    .map((row) => [row.stream_id, row.last]);

/** First `seq` per stream that the shared record may not have yet. */
export const firstUnsent = ({ sql }: JournalFile): ReadonlyMap<string, number> =>
  new Map(
    sql<[], { stream_id: string; seq: number }>(
      'SELECT stream_id, min(seq) AS seq FROM entry WHERE seq IS NOT NULL GROUP BY stream_id',
    )
      .all()
      .map((row) => [row.stream_id, row.seq]),
  );
