import type { Database, Sql } from './database.ts';
import { inSlices } from './slices.ts';
import type { Sliced } from './slices.ts';
import { firstVehicleKey, lastVehicleKey } from './vehicle-rows.ts';

/** Baselines (rule 5) rest on a vehicle's earliest passes at a site, rule 6 on its latest ones. */
const earliestKept = 40;
const latestKept = 10;

const beforeAllTime = -8_640_000_000_000_000;
const afterAllTime = 8_640_000_000_000_000;

interface PassKeyRow {
  readonly key: number;
  readonly id: string;
  readonly stream_id: string;
  readonly revision: number;
  readonly archived: number;
}

const isUnsent = (row: PassKeyRow, unsent: ReadonlyMap<string, number>): boolean => {
  const first = unsent.get(row.stream_id);
  return first !== undefined && row.revision >= first;
};

const removeAlertsOfPass = (sql: Sql, passId: string): void => {
  sql<[string]>('DELETE FROM alert_event WHERE alert_id IN (SELECT id FROM alert WHERE pass_id = ?)').run(
    passId,
  );
  sql<[string]>('DELETE FROM alert WHERE pass_id = ?').run(passId);
  sql<[string]>('DELETE FROM alert_here_only WHERE pass_id = ?').run(passId);
};

const removePass = (sql: Sql, row: PassKeyRow): void => {
  removeAlertsOfPass(sql, row.id);
  sql<[number, number]>('DELETE FROM vehicle WHERE key BETWEEN ? AND ?').run(
    firstVehicleKey(row.key),
    lastVehicleKey(row.key),
  );
  sql<[number]>('DELETE FROM pass WHERE key = ?').run(row.key);
};

const removeLooseAlerts = (sql: Sql, condition: string, ...parameters: (string | number)[]): void => {
  sql<(string | number)[]>(
    `DELETE FROM alert_event WHERE alert_id IN (SELECT id FROM alert WHERE pass_id IS NULL AND ${condition})`,
  ).run(...parameters);
  sql<(string | number)[]>(`DELETE FROM alert WHERE pass_id IS NULL AND ${condition}`).run(...parameters);
};

/** Before a rebuild from scratch: all goes but what the unsent journal has touched, which nobody else has. */
export function* clearForReset(
  database: Database,
  sql: Sql,
  unsent: ReadonlyMap<string, number>,
): Sliced<void> {
  const rows = sql<[], PassKeyRow>('SELECT key, id, stream_id, revision, archived FROM pass').all();
  yield* inSlices(
    database,
    rows.filter((row) => !isUnsent(row, unsent)),
    (row) => removePass(sql, row),
  );
  const kept = [...unsent.keys()];
  database.transaction(() => {
    removeLooseAlerts(
      sql,
      `(stream_id IS NULL OR stream_id NOT IN (SELECT value FROM json_each(?)))`,
      JSON.stringify(kept),
    );
    for (const table of ['threshold_set', 'maintenance', 'meta']) sql(`DELETE FROM ${table}`).run();
    sql<[string]>('DELETE FROM rejected WHERE stream_id NOT IN (SELECT value FROM json_each(?))').run(
      JSON.stringify(kept),
    );
  })();
}

interface OldVehicle {
  readonly key: number;
  readonly vehicle_number: string | null;
  readonly site: string;
  readonly site_track: string;
  readonly started_at: number;
  readonly contradicted: number;
}

/** Whether rule 5 or 6 may still rest on the row. */
const isHistory = (sql: Sql, vehicle: OldVehicle): boolean => {
  const { vehicle_number: number, site, site_track: track, started_at: at } = vehicle;
  if (number === null || vehicle.contradicted === 1) return false;
  // What the vehicle was before its springs were renewed is no baseline any more.
  const mark =
    sql<[string], { at: number }>('SELECT at FROM maintenance WHERE vehicle_number = ?').get(number)?.at ??
    beforeAllTime;
  const others = (from: number, to: number, limit: number): number =>
    sql<[string, string, string, number, number, number], { n: number }>(
      `SELECT count(*) AS n FROM (SELECT 1 FROM vehicle INDEXED BY vehicle_history
         WHERE vehicle_number = ? AND site = ? AND site_track = ? AND started_at > ? AND started_at < ?
           AND contradicted = 0 LIMIT ?)`,
    ).get(number, site, track, from, to, limit)?.n ?? 0;
  const isBaseline = at > mark && others(mark, at, earliestKept) < earliestKept;
  return isBaseline || others(at, afterAllTime, latestKept) < latestKept;
};

/**
 * Takes what is not history out of an old pass. When some of it is, the pass stays as an archived row: known to
 * rules 5 and 6, no longer to windows, which ask PostgreSQL for what is older.
 */
const archivePass = (sql: Sql, row: PassKeyRow): void => {
  const vehicles = sql<[number, number], OldVehicle>(
    `SELECT key, vehicle_number, site, site_track, started_at, contradicted FROM vehicle WHERE key BETWEEN ? AND ?`,
  ).all(firstVehicleKey(row.key), lastVehicleKey(row.key));
  const remove = sql<[number]>('DELETE FROM vehicle WHERE key = ?');
  let kept = 0;
  for (const vehicle of vehicles) {
    if (isHistory(sql, vehicle)) kept += 1;
    else remove.run(vehicle.key);
  }
  if (kept === 0) {
    removePass(sql, row);
  } else if (row.archived === 0) {
    removeAlertsOfPass(sql, row.id);
    sql<[number]>(`UPDATE pass SET archived = 1, work = 'null' WHERE key = ?`).run(row.key);
    sql<[number, number]>(`UPDATE vehicle SET work = 'null' WHERE key BETWEEN ? AND ?`).run(
      firstVehicleKey(row.key),
      lastVehicleKey(row.key),
    );
  }
};

/** Drops what started before `before`; never a pass that runs, has an open alert, or is not shared yet. */
export function* pruneReplica(
  database: Database,
  sql: Sql,
  before: number,
  unsent: ReadonlyMap<string, number>,
): Sliced<void> {
  const rows = sql<[number], PassKeyRow>(
    `SELECT key, id, stream_id, revision, archived FROM pass
     WHERE started_at < ? AND status <> 'in-progress'
       AND NOT EXISTS (SELECT 1 FROM alert WHERE alert.pass_id = pass.id AND alert.state <> 'closed')
     ORDER BY started_at`,
  ).all(before);
  // Newest first, so that what stays as a baseline is judged with all older rows still there.
  yield* inSlices(database, rows.filter((row) => !isUnsent(row, unsent)).toReversed(), (row) =>
    archivePass(sql, row),
  );
  database.transaction(() => {
    removeLooseAlerts(sql, `raised_at < ? AND state = 'closed'`, before);
    for (const [table, column] of [
      ['rejected', 'at'],
      ['camera_status', 'received_at'],
      ['link_note', 'received_at'],
    ] as const) {
      sql<[number]>(`DELETE FROM ${table} WHERE ${column} < ?`).run(before);
    }
  })();
}
