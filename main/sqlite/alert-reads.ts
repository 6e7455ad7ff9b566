import type { Alert, RejectedMessage } from '../../contract/domain.ts';
import type { AlertDetail, Page } from '../../contract/results.ts';
import { eventsOfAlert, findAlert, toAlert } from './alert-rows.ts';
import type { AlertRow } from './alert-rows.ts';
import { decodeCursor, pageSize, toPage } from './cursor.ts';
import type { Sql } from './database.ts';
import type { Operations } from './protocol.ts';

/** Unacknowledged first, then critical, then newest; the same order as `compareAlerts`. */
export const listAlerts = (sql: Sql, query: Operations['alerts.list']['input']): Page<Alert> => {
  const size = pageSize(query.limit);
  const conditions = ['1 = 1'];
  const parameters: (string | number)[] = [];
  if (query.open === true) conditions.push(`state <> 'closed'`);
  if (query.severity !== undefined) {
    conditions.push('severity = ?');
    parameters.push(query.severity);
  }
  if (query.passId !== undefined) {
    conditions.push('pass_id = ?');
    parameters.push(query.passId);
  }
  if (query.cursor !== undefined) {
    const [rank, raisedAt, id] = decodeCursor(query.cursor, ['number', 'number', 'string']);
    conditions.push('(rank, -raised_at, id) > (?, ?, ?)', 'rank >= ?');
    parameters.push(rank, -raisedAt, id, rank);
  }
  const rows = sql<(string | number)[], AlertRow>(
    `SELECT * FROM alert WHERE ${conditions.join(' AND ')} ORDER BY rank, raised_at DESC, id LIMIT ?`,
  ).all(...parameters, size + 1);
  return toPage(rows, size, toAlert, (row) => [row.rank, row.raised_at, row.id]);
};

export const getAlert = (sql: Sql, alertId: string): AlertDetail | undefined => {
  const alert = findAlert(sql, alertId);
  return alert && { alert, events: eventsOfAlert(sql, alertId) };
};

interface RejectedRow {
  readonly key: number;
  readonly stream_id: string;
  readonly seq: number | null;
  readonly at: number;
  readonly reason: string;
  readonly text: string;
}

/** Newest first. */
export const listRejected = (
  sql: Sql,
  query: Operations['rejected.list']['input'],
): Page<RejectedMessage> => {
  const size = pageSize(query.limit);
  const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor, ['number', 'number']);
  const rows = sql<number[], RejectedRow>(
    `SELECT * FROM rejected ${after ? 'WHERE (at, key) < (?, ?)' : ''} ORDER BY at DESC, key DESC LIMIT ?`,
  ).all(...(after ?? []), size + 1);
  return toPage(
    rows,
    size,
    (row) => ({
      streamId: row.stream_id,
      seq: row.seq ?? undefined,
      at: row.at,
      reason: row.reason,
      text: row.text,
    }),
    (row) => [row.at, row.key],
  );
};

export const countRejected = (sql: Sql): number =>
  sql<[], { n: number }>('SELECT count(*) AS n FROM rejected').get()?.n ?? 0;
