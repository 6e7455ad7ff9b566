import type { State } from '../../contract/domain.ts';
import type { CarDetail, CarPass, Page, Trend } from '../../contract/results.ts';
import { limitsFor } from '../springs/thresholds.ts';
import { alertsOfPass } from './alert-rows.ts';
import { decodeCursor, pageSize, toPage } from './cursor.ts';
import type { Sql } from './database.ts';
import { passColumns, toPass } from './pass-rows.ts';
import type { PassRow } from './pass-rows.ts';
import { thresholdsOfVersion, visiblePass } from './pass-reads.ts';
import type { Operations } from './protocol.ts';
import { springsFromText } from './springs-text.ts';
import {
  firstVehicleKey,
  lastVehicleKey,
  passKeyOfVehicle,
  toVehicle,
  vehicleColumns,
  vehicleIndexOf,
  vehicleKey,
} from './vehicle-rows.ts';
import type { VehicleRow } from './vehicle-rows.ts';

const findVehicle = (sql: Sql, key: number): VehicleRow | undefined =>
  sql<[number], VehicleRow>(`SELECT ${vehicleColumns} FROM vehicle WHERE key = ?`).get(key);

/** The vehicle's latest earlier ended pass at the same site. */
const previousOf = (sql: Sql, pass: PassRow, vehicle: VehicleRow): CarDetail['previous'] => {
  if (vehicle.vehicle_number === null) return undefined;
  const key = sql<[string, string, string, number], { key: number }>(
    `SELECT vehicle.key FROM vehicle JOIN pass ON pass.key = ${passKeyOfVehicle}
     WHERE vehicle.vehicle_number = ? AND vehicle.site = ? AND vehicle.site_track = ? AND vehicle.started_at < ?
       AND pass.status <> 'in-progress'
     ORDER BY vehicle.started_at DESC, pass.id DESC LIMIT 1`,
  ).get(vehicle.vehicle_number, pass.site, pass.site_track, pass.started_at)?.key;
  const earlier = key === undefined ? undefined : findVehicle(sql, key);
  const earlierPass =
    earlier &&
    sql<[number], PassRow>(
      `SELECT ${passColumns} FROM vehicle JOIN pass ON pass.key = ${passKeyOfVehicle} WHERE vehicle.key = ?`,
    ).get(earlier.key);
  return earlier && earlierPass
    ? { pass: toPass(earlierPass), vehicle: toVehicle(earlier, earlierPass.id) }
    : undefined;
};

export const getCar = (sql: Sql, passId: string, vehicleIndex: number): CarDetail | undefined => {
  const pass = visiblePass(sql, passId);
  if (pass === undefined) return undefined;
  const row = findVehicle(sql, vehicleKey(pass.key, vehicleIndex));
  if (row === undefined) return undefined;
  const thresholds = thresholdsOfVersion(sql, pass.threshold_version);
  const indices = sql<[number, number], { key: number }>(
    'SELECT key FROM vehicle WHERE key BETWEEN ? AND ? ORDER BY key',
  ).all(firstVehicleKey(pass.key), lastVehicleKey(pass.key));
  return {
    pass: toPass(pass),
    vehicle: toVehicle(row, passId),
    limits: limitsFor(thresholds, row.vehicle_type ?? undefined),
    thresholds,
    previous: previousOf(sql, pass, row),
    alerts: alertsOfPass(sql, passId).filter((alert) => alert.vehicleIndex === vehicleIndex),
    indices: indices.map(({ key }) => vehicleIndexOf(key)),
  };
};

/** All passes of a vehicle at every site, newest first. */
export const carHistory = (sql: Sql, query: Operations['cars.history']['input']): Page<CarPass> => {
  const size = pageSize(query.limit);
  const parameters: (string | number)[] = [query.vehicleNumber];
  if (query.cursor !== undefined) parameters.push(...decodeCursor(query.cursor, ['number', 'number']));
  const rows = sql<
    (string | number)[],
    PassRow & { vehicle_key: number; vehicle_state: State | null; blank_count: number }
  >(
    `SELECT ${passColumns}, vehicle.key AS vehicle_key, vehicle.state AS vehicle_state, vehicle.blank_count
     FROM vehicle JOIN pass ON pass.key = ${passKeyOfVehicle}
     WHERE vehicle.vehicle_number = ? AND pass.archived = 0
       ${query.cursor === undefined ? '' : 'AND (vehicle.started_at, vehicle.key) < (?, ?)'}
     ORDER BY vehicle.started_at DESC, vehicle.key DESC LIMIT ?`,
  ).all(...parameters, size + 1);
  return toPage(
    rows,
    size,
    (row) => ({
      pass: toPass(row),
      index: vehicleIndexOf(row.vehicle_key),
      state: row.vehicle_state ?? undefined,
      blankCount: row.blank_count,
    }),
    (row) => [row.started_at, row.vehicle_key],
  );
};

/** The last passes of the vehicle at this site up to this one, oldest first; not measured is a gap. */
export const springTrend = (sql: Sql, query: Operations['springs.trend']['input']): Trend | undefined => {
  const pass = visiblePass(sql, query.passId);
  if (pass === undefined) return undefined;
  const own = findVehicle(sql, vehicleKey(pass.key, query.vehicleIndex));
  if (own === undefined) return undefined;
  type PointRow = { id: string; key: number; started_at: number; springs: string };
  const earlier =
    own.vehicle_number === null
      ? []
      : sql<[string, string, string, number, number, number], PointRow>(
          `SELECT pass.id, vehicle.key, vehicle.started_at, vehicle.springs
           FROM vehicle JOIN pass ON pass.key = ${passKeyOfVehicle}
           WHERE vehicle.vehicle_number = ? AND vehicle.site = ? AND vehicle.site_track = ?
             AND vehicle.started_at <= ? AND vehicle.key <> ? AND pass.archived = 0
           ORDER BY vehicle.started_at DESC, pass.id DESC LIMIT ?`,
        ).all(
          own.vehicle_number,
          pass.site,
          pass.site_track,
          pass.started_at,
          own.key,
          pageSize(query.limit) - 1,
        );
  const rows: PointRow[] = [
    ...earlier.toReversed(),
    { id: pass.id, key: own.key, started_at: pass.started_at, springs: own.springs },
  ];
  const thresholds = thresholdsOfVersion(sql, pass.threshold_version);
  const limits = limitsFor(thresholds, own.vehicle_type ?? undefined);
  const points = rows.map((row) => {
    const spring = springsFromText(row.springs).find(({ position }) => position === query.position);
    // A height that is not credible is no measurement (docs/domain.md, "What is known of a spring").
    const measured = (spring?.confidence ?? 0) >= thresholds.minConfidence;
    return {
      passId: row.id,
      vehicleIndex: vehicleIndexOf(row.key),
      startedAt: row.started_at,
      heightCmm: measured ? spring?.heightCmm : undefined,
      state: spring?.state,
      imageId: spring?.imageId,
    };
  });
  return { position: query.position, limits, points };
};
