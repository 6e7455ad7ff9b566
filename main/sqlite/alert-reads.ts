import type { Alert, RejectedMessage } from '../../contract/domain.ts';
import type { AlertDetail, Page } from '../../contract/results.ts';
import { eventsOfAlert, findAlert, toAlert } from './alert-rows.ts';
import type { AlertRow } from './alert-rows.ts';
import { endShelf } from '../alerts/timed.ts';
import { decodeCursor, pageSize, toPage } from './cursor.ts';
import type { Sql } from './database.ts';
import type { Operations } from './protocol.ts';
import { shelfNow } from './shelf-clock.ts';

/** A shelf whose end has come hides nothing, whether the shared record has cleared it yet or not. */
const asSeen = (alert: Alert, now: number): Alert => endShelf(alert, now, '').alert;

interface Filter {
  readonly conditions: readonly string[];
  readonly parameters: readonly (string | number)[];
}

/** Each equality has an index that goes on in the order of the list (replica-schema.ts). */
const columns = {
  severity: 'severity',
  passId: 'pass_id',
  rule: 'rule',
  state: 'state',
  vehicleNumber: 'vehicle_number',
  trainNumber: 'train_number',
  owner: 'owner',
} as const;

const filterOf = (query: Operations['alerts.list']['input'], now: number): Filter => {
  const conditions = ['1 = 1'];
  const parameters: (string | number)[] = [];
  if (query.open === true) conditions.push(`state <> 'closed'`);
  if (query.open === false) conditions.push(`state = 'closed'`);
  for (const key of Object.keys(columns) as (keyof typeof columns)[]) {
    const value = query[key];
    if (value === undefined) continue;
    conditions.push(`${columns[key]} = ?`);
    parameters.push(value);
  }
  if (query.shelved === true) {
    conditions.push('shelved_until > ?');
    parameters.push(now);
  } else if (query.shelved === false) {
    conditions.push('(shelved_until IS NULL OR shelved_until <= ?)');
    parameters.push(now);
  }
  return { conditions, parameters };
};

/** Unacknowledged first, then critical, then newest; the same order as `compareAlerts`. */
export const listAlerts = (sql: Sql, query: Operations['alerts.list']['input']): Page<Alert> => {
  const size = pageSize(query.limit);
  const now = shelfNow();
  const { conditions, parameters } = filterOf(query, now);
  const after =
    query.cursor === undefined ? undefined : decodeCursor(query.cursor, ['number', 'number', 'string']);
  const [rank = 0, raisedAt = 0, id = ''] = after ?? [];
  const place = after ? ' AND (rank, -raised_at, id) > (?, ?, ?) AND rank >= ?' : '';
  const rows = sql<(string | number)[], AlertRow>(
    `SELECT * FROM alert WHERE ${conditions.join(' AND ')}${place} ORDER BY rank, raised_at DESC, id LIMIT ?`,
  ).all(...parameters, ...(after ? [rank, -raisedAt, id, rank] : []), size + 1);
  return toPage(
    rows,
    size,
    (row) => asSeen(toAlert(row), now),
    (row) => [row.rank, row.raised_at, row.id],
  );
};

export const getAlert = (sql: Sql, alertId: string): AlertDetail | undefined => {
  const alert = findAlert(sql, alertId);
  return alert && { alert: asSeen(alert, shelfNow()), events: eventsOfAlert(sql, alertId) };
};

export const alertsById = (sql: Sql, alertIds: readonly string[]): Alert[] => {
  const now = shelfNow();
  return alertIds.flatMap((id) => {
    const alert = findAlert(sql, id);
    return alert === undefined ? [] : [asSeen(alert, now)];
  });
};

/** Alerts whose shelf has ended since that moment, ms of `shelfNow`, without it; and the moment to go on from. */
export const shelvesEnded = (sql: Sql, since: number): { readonly now: number; readonly alerts: Alert[] } => {
  const now = shelfNow();
  const alerts = sql<[number, number], AlertRow>(
    'SELECT * FROM alert WHERE shelved_until > ? AND shelved_until <= ?',
  )
    .all(since, now)
    .map((row) => asSeen(toAlert(row), now));
  return { now, alerts };
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
