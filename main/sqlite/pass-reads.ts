import type { PassDetail } from '../../contract/changes.ts';
import type { AlertCounts, Pass, ThresholdSet } from '../../contract/domain.ts';
import type { Page } from '../../contract/results.ts';
import { defaultThresholds } from '../springs/thresholds.ts';
import { decodeCursor, pageSize, toPage } from './cursor.ts';
import type { Sql } from './database.ts';
import { storedThresholds } from './fold-reads.ts';
import { passColumns, toPass } from './pass-rows.ts';
import type { PassRow } from './pass-rows.ts';
import type { Operations } from './protocol.ts';
import { shelfNow } from './shelf-clock.ts';
import { firstVehicleKey, lastVehicleKey, toVehicle, vehicleColumns } from './vehicle-rows.ts';
import type { VehicleRow } from './vehicle-rows.ts';

/** All sets; version 1 is in force since the beginning of time, also before the feed brought it. */
export const thresholdSets = (sql: Sql): ThresholdSet[] => {
  const stored = storedThresholds(sql);
  return stored.some((set) => set.version === defaultThresholds.version)
    ? stored
    : [defaultThresholds, ...stored];
};

/** The set a pass was judged with; the newest older one when the feed has not brought that version yet. */
export const thresholdsOfVersion = (sql: Sql, version: number): ThresholdSet => {
  const older = thresholdSets(sql).filter((set) => set.version <= version);
  return older.reduce(
    (best, set) => (set.version > best.version ? set : best),
    older[0] ?? defaultThresholds,
  );
};

/** Newest first. Search: the train number contains the text. */
export const listPasses = (sql: Sql, query: Operations['passes.list']['input']): Page<Pass> => {
  const size = pageSize(query.limit);
  const conditions = ['archived = 0'];
  const parameters: (string | number)[] = [];
  const search = query.search?.trim() ?? '';
  if (search !== '') {
    conditions.push(`train_number LIKE ? ESCAPE '\\'`);
    parameters.push(`%${search.replace(/[\\%_]/g, (character) => `\\${character}`)}%`);
  }
  if (query.cursor !== undefined) {
    conditions.push('(started_at, id) < (?, ?)');
    parameters.push(...decodeCursor(query.cursor, ['number', 'string']));
  }
  const rows = sql<(string | number)[], PassRow>(
    `SELECT ${passColumns} FROM pass WHERE ${conditions.join(' AND ')}
     ORDER BY started_at DESC, id DESC LIMIT ?`,
  ).all(...parameters, size + 1);
  return toPage(rows, size, toPass, (row) => [row.started_at, row.id]);
};

/** Ids, newest first. */
export const latestEnded = (sql: Sql, limit: number): string[] =>
  sql<[number], { id: string }>(
    `SELECT id FROM pass WHERE archived = 0 AND status <> 'in-progress'
     ORDER BY started_at DESC, id DESC LIMIT ?`,
  )
    .all(pageSize(limit))
    .map((row) => row.id);

export const visiblePass = (sql: Sql, passId: string): PassRow | undefined =>
  sql<[string], PassRow>(`SELECT ${passColumns} FROM pass WHERE id = ? AND archived = 0`).get(passId);

export const getPass = (sql: Sql, passId: string): PassDetail | undefined => {
  const row = visiblePass(sql, passId);
  if (row === undefined) return undefined;
  const vehicles = sql<[number, number], VehicleRow>(
    `SELECT ${vehicleColumns} FROM vehicle WHERE key BETWEEN ? AND ? ORDER BY key`,
  ).all(firstVehicleKey(row.key), lastVehicleKey(row.key));
  return {
    pass: toPass(row),
    vehicles: vehicles.map((vehicle) => toVehicle(vehicle, passId)),
    thresholds: thresholdsOfVersion(sql, row.threshold_version),
  };
};

export const alertCounts = (sql: Sql): AlertCounts => {
  const rows = sql<[number], { rank: number; n: number; shelved: number }>(
    `SELECT rank, count(*) AS n, count(*) FILTER (WHERE shelved_until > ?) AS shelved
     FROM alert WHERE state <> 'closed' GROUP BY rank`,
  ).all(shelfNow());
  // What is on the shelf is counted there and nowhere else.
  const counts = new Map(rows.map((row) => [row.rank, row.n - row.shelved]));
  const of = (rank: number): number => counts.get(rank) ?? 0;
  return {
    criticalUnacknowledged: of(0),
    warningUnacknowledged: of(1),
    acknowledged: of(2) + of(3),
    shelved: rows.reduce((sum, row) => sum + row.shelved, 0),
  };
};
