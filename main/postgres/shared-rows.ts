import type { Alert, AlertEvent, ThresholdSet } from '../../contract/domain.ts';
import type { MaintenanceMark, PassRecord, Rejection, SharedRows, StreamState } from '../passes/ports.ts';
import { alertEventColumns, knownAlertColumns, toAlert } from './alert-rows.ts';
import { passColumns, toPass } from './pass-rows.ts';
import { milliseconds, present, type Queryable } from './queryable.ts';
import { readThresholds, streamColumns } from './record-reads.ts';
import { type PackedVehicle, unpackVehicle, vehicleColumns } from './vehicle-rows.ts';

/** Which rows: what a set of changes names, or whole passes. */
export interface Wanted {
  readonly passIds: readonly string[];
  /** These passes come with all vehicles and alerts. */
  readonly wholePassIds: readonly string[];
  /** Vehicle i is `vehicleIndexes[i]` of `vehiclePassIds[i]`. */
  readonly vehiclePassIds: readonly string[];
  readonly vehicleIndexes: readonly number[];
  readonly alertIds: readonly string[];
  readonly rejectedIds: readonly number[];
  /** Maintenance marks; `all`: the last one of each vehicle. */
  readonly markIds: readonly number[] | 'all';
  readonly thresholds: boolean;
}

export const nothingWanted: Wanted = {
  passIds: [],
  wholePassIds: [],
  vehiclePassIds: [],
  vehicleIndexes: [],
  alertIds: [],
  rejectedIds: [],
  markIds: [],
  thresholds: false,
};

interface Document {
  readonly passes: readonly PassRecord[] | null;
  readonly vehicles: readonly PackedVehicle[] | null;
  readonly alerts: readonly Alert[] | null;
  readonly alertEvents: readonly AlertEvent[] | null;
  readonly rejected: readonly Rejection[] | null;
  readonly streams: readonly StreamState[] | null;
  readonly maintenance: readonly MaintenanceMark[] | null;
}

const list = (select: string): string => `(select json_agg(r) from (${select}) r)`;

/** One statement, so that everything in it is of one moment. */
const text = `with wanted_vehicle as (
    select pass_id, index from unnest($3::uuid[], $4::int[]) as w (pass_id, index)
  ), wanted_alert as materialized (
    select id from vicore.alert where id = any ($5) union select id from vicore.alert where pass_id = any ($2)
  )
  select json_build_object(
    'passes', ${list(`select ${passColumns} from vicore.train_pass p where p.id = any ($1) or p.id = any ($2)
      or p.id in (select pass_id from wanted_vehicle)`)},
    'vehicles', ${list(`select ${vehicleColumns} from vicore.train_pass p
      join vicore.vehicle_record v on v.pass_id = p.id and v.started_at = p.started_at where p.id = any ($2)
      union all
      select ${vehicleColumns} from wanted_vehicle w join vicore.train_pass p on p.id = w.pass_id
      join vicore.vehicle_record v on v.pass_id = p.id and v.started_at = p.started_at and v.index = w.index
      where not p.id = any ($2)`)},
    'alerts', ${list(`select ${knownAlertColumns} from vicore.alert a where a.id in (select id from wanted_alert)`)},
    'alertEvents', ${list(`select ${alertEventColumns} from vicore.alert_event e
      where e.alert_id in (select id from wanted_alert) order by e.id`)},
    'rejected', ${list(`select m.stream_id as "streamId", m.seq, ${milliseconds('m.at')} as at, m.reason, m.text
      from vicore.rejected_message m where m.id = any ($6)`)},
    'streams', ${list(`select ${streamColumns} from vicore.stream_position s where s.last_seq > 0 or s.site <> ''`)},
    'maintenance', ${list(`select m.vehicle_number as "vehicleNumber", ${milliseconds('max(m.at)')} as at
      from vicore.maintenance_mark m where $8 or m.id = any ($7) group by m.vehicle_number`)}
  ) as document`;

/** The rows as they are now. Alerts come with their whole history. */
export async function readSharedRows(
  database: Queryable,
  wanted: Wanted,
): Promise<Omit<SharedRows, 'cursor' | 'reset'>> {
  const { rows } = await database.query<{ document: Document }>({
    name: 'shared-rows',
    text,
    values: [
      wanted.passIds,
      wanted.wholePassIds,
      wanted.vehiclePassIds,
      wanted.vehicleIndexes,
      wanted.alertIds,
      wanted.rejectedIds,
      wanted.markIds === 'all' ? [] : wanted.markIds,
      wanted.markIds === 'all',
    ],
  });
  const document = rows[0]?.document;
  const thresholds: ThresholdSet[] = wanted.thresholds ? await readThresholds(database) : [];
  return {
    passes: (document?.passes ?? []).map(toPass),
    vehicles: (document?.vehicles ?? []).map(unpackVehicle),
    alerts: (document?.alerts ?? []).map(toAlert),
    alertEvents: document?.alertEvents ?? [],
    rejected: (document?.rejected ?? []).map(present),
    streams: document?.streams ?? [],
    maintenance: document?.maintenance ?? [],
    thresholds,
  };
}
