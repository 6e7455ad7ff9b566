import type { PassRecord } from '../passes/ports.ts';
import { milliseconds, present } from './queryable.ts';

/** Select list over train_pass `p` whose `to_json` is a PassRecord, but for nulls. */
export const passColumns = `p.id, p.stream_id as "streamId", p.site, p.site_track as "siteTrack", p.track,
  p.train_number as "trainNumber", p.direction, ${milliseconds('p.started_at')} as "startedAt",
  ${milliseconds('p.ended_at')} as "endedAt", p.vehicle_count as "vehicleCount", p.speed_kmh as "speedKmh", p.status,
  p.aborted, p.state, p.threshold_version as "thresholdVersion", p.confirmed_by as "confirmedBy",
  ${milliseconds('p.confirmed_at')} as "confirmedAt", p.notes, p.reopened, p.revision, p.work`;

/** `work` is null when there is none; the others are absent. */
export const toPass = (row: PassRecord): PassRecord => ({ ...present(row), work: row.work });
