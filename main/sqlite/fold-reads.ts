import type { ThresholdSet } from '../../contract/domain.ts';
import type { HistoryQuery, HistoryRow, PassBundle, StreamState } from '../passes/ports.ts';
import type { StreamInfo } from '../passes/events.ts';
import type { Sql } from './database.ts';
import { alertsOfPass } from './alert-rows.ts';
import { passColumns, toPass } from './pass-rows.ts';
import type { PassRow } from './pass-rows.ts';
import { springStates } from './springs-text.ts';
import { passKeyOfVehicle, toBlindSides, vehicleRecordsOf } from './vehicle-rows.ts';

interface StreamRow {
  readonly stream_id: string;
  readonly site: string;
  readonly track: string;
  readonly cameras: string;
  readonly last_seq: number;
  readonly updated_at: number;
}

export const loadStream = (sql: Sql, streamId: string): StreamState | undefined => {
  const row = sql<[string], StreamRow>('SELECT * FROM stream WHERE stream_id = ?').get(streamId);
  return (
    row && {
      streamId: row.stream_id,
      site: row.site,
      track: row.track,
      cameras: JSON.parse(row.cameras) as StreamInfo['cameras'],
      lastSeq: row.last_seq,
      updatedAt: row.updated_at,
    }
  );
};

export const loadStreams = (sql: Sql, streamIds: readonly string[]): StreamState[] =>
  streamIds.flatMap((streamId) => loadStream(sql, streamId) ?? []);

export const openPasses = (sql: Sql, streamId: string): string[] =>
  sql<[string], { id: string }>(
    `SELECT id FROM pass WHERE stream_id = ? AND status = 'in-progress' ORDER BY started_at, id`,
  )
    .all(streamId)
    .map((row) => row.id);

/** Passes of which only rows for baselines are left are as good as unknown here. */
const loadPass = (sql: Sql, passId: string): PassBundle | undefined => {
  const row = sql<[string], PassRow & { work: string }>(
    `SELECT ${passColumns}, pass.work FROM pass WHERE id = ? AND archived = 0`,
  ).get(passId);
  if (row === undefined) return undefined;
  return {
    pass: { ...toPass(row), work: JSON.parse(row.work) as unknown },
    vehicles: vehicleRecordsOf(sql, row.key, passId),
    conditions: alertsOfPass(sql, passId).map((alert) => ({
      alertId: alert.id,
      passId: alert.passId,
      vehicleIndex: alert.vehicleIndex,
      position: alert.position,
      rule: alert.rule,
      severity: alert.severity,
      present: alert.present,
      value: alert.value,
      limit: alert.limit,
    })),
  };
};

export const loadPasses = (sql: Sql, passIds: readonly string[]): PassBundle[] =>
  passIds.flatMap((passId) => loadPass(sql, passId) ?? []);

interface HistoryDataRow {
  readonly id: string;
  readonly started_at: number;
  readonly axles: number;
  readonly relative: string;
  readonly springs: string;
  readonly blind_sides: string;
}

const toHistoryRow = (row: HistoryDataRow): HistoryRow => {
  const relativeCmm = JSON.parse(row.relative) as (number | null)[];
  const { states, withoutDefect } = springStates(row.springs);
  return {
    passId: row.id,
    startedAt: row.started_at,
    axles: row.axles,
    relativeCmm,
    states,
    // Blank: not measured and without any defect (docs/domain.md, "What is known of a spring").
    blank: withoutDefect.map((without, index) => without && (relativeCmm[index] ?? null) === null),
    blindSides: toBlindSides(row.blind_sides),
  };
};

const beforeAllTime = -8_640_000_000_000_000;

/** Ended passes in which the vehicle was identified and never contradicted (rules 5, 6 and 9). */
export const history = (sql: Sql, query: HistoryQuery): ReadonlyMap<string, readonly HistoryRow[]> => {
  const earliest = query.order === 'earliest';
  const order = earliest ? 'ASC' : 'DESC';
  const lastMark = sql<[string], { at: number }>('SELECT at FROM maintenance WHERE vehicle_number = ?');
  const find = sql<[string, string, string, number, number, number, number], HistoryDataRow>(
    `SELECT pass.id, vehicle.started_at, vehicle.axles, vehicle.relative, vehicle.springs, vehicle.blind_sides
     FROM vehicle JOIN pass ON pass.key = ${passKeyOfVehicle}
     WHERE vehicle.vehicle_number = ? AND vehicle.site = ? AND vehicle.site_track = ?
       AND vehicle.started_at < ? AND vehicle.started_at > ? AND vehicle.contradicted = 0 AND vehicle.identified = 1
       AND pass.status <> 'in-progress'
     ORDER BY vehicle.started_at ${order}, pass.id ${order} LIMIT ? OFFSET ?`,
  );
  const { site, siteTrack, before, limit, offset } = query;
  return new Map(
    query.vehicleNumbers.map((number) => {
      // Renewed springs begin a baseline of their own (docs/domain.md, rule 5); unseen (rule 6) looks beyond.
      const after = (earliest ? lastMark.get(number)?.at : undefined) ?? beforeAllTime;
      return [number, find.all(number, site, siteTrack, before, after, limit, offset).map(toHistoryRow)];
    }),
  );
};

export const storedThresholds = (sql: Sql): ThresholdSet[] =>
  sql<[], { body: string }>('SELECT body FROM threshold_set ORDER BY version')
    .all()
    .map((row) => JSON.parse(row.body) as ThresholdSet);
