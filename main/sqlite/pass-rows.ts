import type { Direction, Pass, PassStatus, State } from '../../contract/domain.ts';
import type { PassRecord } from '../passes/ports.ts';
import type { Sql } from './database.ts';

export interface PassRow {
  readonly key: number;
  readonly id: string;
  readonly stream_id: string;
  readonly site: string;
  readonly site_track: string;
  readonly track: string;
  readonly train_number: string;
  readonly direction: Direction;
  readonly started_at: number;
  readonly ended_at: number | null;
  readonly vehicle_count: number | null;
  readonly speed_kmh: number | null;
  readonly status: PassStatus;
  readonly aborted: number;
  readonly state: State | null;
  readonly threshold_version: number;
  readonly confirmed_by: string | null;
  readonly confirmed_at: number | null;
  readonly notes: string | null;
  readonly reopened: number;
  readonly revision: number;
}

export const passColumns = `pass.key, pass.id, pass.stream_id, pass.site, pass.site_track, pass.track,
  pass.train_number, pass.direction, pass.started_at, pass.ended_at, pass.vehicle_count, pass.speed_kmh,
  pass.status, pass.aborted, pass.state, pass.threshold_version, pass.confirmed_by, pass.confirmed_at,
  pass.notes, pass.reopened, pass.revision`;

export const toPass = (row: PassRow): Pass => ({
  id: row.id,
  streamId: row.stream_id,
  site: row.site,
  siteTrack: row.site_track,
  track: row.track,
  trainNumber: row.train_number,
  direction: row.direction,
  startedAt: row.started_at,
  endedAt: row.ended_at ?? undefined,
  vehicleCount: row.vehicle_count ?? undefined,
  speedKmh: row.speed_kmh ?? undefined,
  status: row.status,
  aborted: row.aborted === 1,
  state: row.state ?? undefined,
  thresholdVersion: row.threshold_version,
  confirmedBy: row.confirmed_by ?? undefined,
  confirmedAt: row.confirmed_at ?? undefined,
  notes: row.notes ?? undefined,
  reopened: row.reopened === 1,
  revision: row.revision,
});

/** The pass and nothing of the fold's memory. */
export const withoutWork = (record: PassRecord): Pass => {
  const { work: _work, ...pass } = record;
  return pass;
};

export const findPass = (sql: Sql, id: string): PassRow | undefined =>
  sql<[string], PassRow>(`SELECT ${passColumns} FROM pass WHERE id = ?`).get(id);

/**
 * Inserts or replaces by id; gives the key its vehicles hang on. A pass that comes again is no longer archived.
 * `shared`: the revision, when the row comes from the shared record.
 */
export const putPass = (sql: Sql, pass: PassRecord, shared = 0): number => {
  const row = sql<(string | number | null)[], { key: number }>(
    `INSERT INTO pass (id, stream_id, site, site_track, track, train_number, direction, started_at, ended_at,
       vehicle_count, speed_kmh, status, aborted, state, threshold_version, confirmed_by, confirmed_at, notes,
       reopened, revision, shared_revision, work)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET stream_id = excluded.stream_id, site = excluded.site,
       site_track = excluded.site_track, track = excluded.track, train_number = excluded.train_number,
       direction = excluded.direction, started_at = excluded.started_at, ended_at = excluded.ended_at,
       vehicle_count = excluded.vehicle_count, speed_kmh = excluded.speed_kmh, status = excluded.status,
       aborted = excluded.aborted, state = excluded.state, threshold_version = excluded.threshold_version,
       confirmed_by = excluded.confirmed_by, confirmed_at = excluded.confirmed_at, notes = excluded.notes,
       reopened = excluded.reopened, revision = excluded.revision,
       shared_revision = max(shared_revision, excluded.shared_revision), archived = 0, work = excluded.work
     RETURNING key`,
  ).get(
    pass.id,
    pass.streamId,
    pass.site,
    pass.siteTrack,
    pass.track,
    pass.trainNumber,
    pass.direction,
    pass.startedAt,
    pass.endedAt ?? null,
    pass.vehicleCount ?? null,
    pass.speedKmh ?? null,
    pass.status,
    Number(pass.aborted),
    pass.state ?? null,
    pass.thresholdVersion,
    pass.confirmedBy ?? null,
    pass.confirmedAt ?? null,
    pass.notes ?? null,
    Number(pass.reopened),
    pass.revision,
    shared,
    JSON.stringify(pass.work ?? null),
  );
  if (row === undefined) throw new Error(`pass ${pass.id} was not stored`);
  return row.key;
};

/** What people decided, where the rest of the row stays as it is. */
export const putPassActs = (sql: Sql, pass: Pass): void => {
  sql<(string | number | null)[]>(
    `UPDATE pass SET status = ?, confirmed_by = ?, confirmed_at = ?, notes = ?, reopened = ? WHERE id = ?`,
  ).run(
    pass.status,
    pass.confirmedBy ?? null,
    pass.confirmedAt ?? null,
    pass.notes ?? null,
    Number(pass.reopened),
    pass.id,
  );
};

/** The latest revision the shared record told of; 0: none. */
export const sharedRevision = (sql: Sql, key: number): number =>
  sql<[number], { shared_revision: number }>('SELECT shared_revision FROM pass WHERE key = ?').get(key)
    ?.shared_revision ?? 0;

export const samePass = (left: Pass, right: Pass): boolean => {
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]) as Set<keyof Pass>;
  return [...keys].every((key) => left[key] === right[key]);
};
