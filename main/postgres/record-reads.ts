import type { Alert, ThresholdSet } from '../../contract/domain.ts';
import type { HistoryQuery, HistoryRow } from '../cars/history-row.ts';
import type { FoldReads, PassBundle, PassRecord, StreamState } from '../passes/ports.ts';
import { alertColumns, conditionOf, toAlert } from './alert-rows.ts';
import { groupBy } from './group-by.ts';
import { passColumns, toPass } from './pass-rows.ts';
import { milliseconds, type Queryable } from './queryable.ts';
import { storable } from './text.ts';
import { thresholdColumns, type ThresholdRow, toThresholdSet } from './threshold-rows.ts';
import { type PackedVehicle, unpackVehicle, vehicleColumns } from './vehicle-rows.ts';

/** One JSON document a row: numbers stay numbers, and the driver parses nothing else. */
export async function jsonRows<Row>(
  database: Queryable,
  name: string,
  text: string,
  values: readonly unknown[],
): Promise<Row[]> {
  const { rows } = await database.query<{ row: Row }>({
    name,
    text: `select to_json(r) as row from (${text}) r`,
    values: [...values],
  });
  return rows.map(({ row }) => row);
}

export const streamColumns = `s.stream_id as "streamId", s.last_seq as "lastSeq",
  ${milliseconds('s.updated_at')} as "updatedAt", s.site, s.track, s.cameras`;

export const readThresholds = async (database: Queryable): Promise<ThresholdSet[]> => {
  const rows = await jsonRows<ThresholdRow>(
    database,
    'thresholds',
    `select ${thresholdColumns} from vicore.threshold_set t order by t.version`,
    [],
  );
  return rows.map(toThresholdSet);
};

interface HistoryRecord extends Omit<HistoryRow, 'blank'> {
  readonly vehicleNumber: string;
  readonly defects: readonly (string | null)[];
  readonly states: readonly (string | undefined)[];
}

const historyText = (order: 'asc' | 'desc'): string => `
  select n.vehicle_number as "vehicleNumber", h.*
  from unnest($1::text[]) as n (vehicle_number)
    cross join lateral (
      select v.pass_id as "passId", ${milliseconds('v.started_at')} as "startedAt", v.axles,
        v.relative_cmm as "relativeCmm", v.spring_state as states, v.defect as defects, v.blind_sides as "blindSides"
      from vicore.vehicle_record v
        join vicore.train_pass p on p.id = v.pass_id
      where v.vehicle_number = n.vehicle_number and v.identified and not v.contradicted
        and v.started_at < to_timestamp($2::bigint / 1000.0)
        and p.site = $3 and p.site_track = $4 and p.ended_at is not null
        ${
          order === 'asc'
            ? `and v.started_at > coalesce(
                (select max(m.at) from vicore.maintenance_mark m where m.vehicle_number = n.vehicle_number), '-infinity')`
            : ''
        }
      order by v.started_at ${order}, v.pass_id ${order}, v.index ${order}
      limit $5 offset $6
    ) h`;

async function readHistory(
  database: Queryable,
  query: HistoryQuery,
): Promise<ReadonlyMap<string, readonly HistoryRow[]>> {
  const order = query.order === 'earliest' ? 'asc' : 'desc';
  const original = new Map(query.vehicleNumbers.map((number) => [storable(number), number]));
  const rows = await jsonRows<HistoryRecord>(database, `history-${order}`, historyText(order), [
    [...original.keys()],
    query.before,
    storable(query.site),
    storable(query.siteTrack),
    query.limit,
    query.offset,
  ]);
  const found = new Map<string, HistoryRow[]>();
  for (const { vehicleNumber, defects, ...row } of rows) {
    const number = original.get(vehicleNumber) ?? vehicleNumber;
    const own = found.get(number) ?? [];
    found.set(number, own);
    own.push({
      ...row,
      states: row.states.map((state) => state ?? undefined),
      blank: row.relativeCmm.map(
        (relative, index) => relative === null && (defects[index] ?? 'none') === 'none',
      ),
    });
  }
  return found;
}

async function readPasses(database: Queryable, passIds: readonly string[]): Promise<PassBundle[]> {
  const passes = await jsonRows<PassRecord>(
    database,
    'passes',
    `select ${passColumns} from vicore.train_pass p where p.id = any ($1)`,
    [passIds],
  );
  if (passes.length === 0) return [];
  const [vehicles, alerts] = [
    await jsonRows<PackedVehicle>(
      database,
      'vehicles-of-passes',
      `select ${vehicleColumns} from vicore.train_pass p
         join vicore.vehicle_record v on v.pass_id = p.id and v.started_at = p.started_at
         where p.id = any ($1) order by v.pass_id, v.index`,
      [passIds],
    ),
    await jsonRows<Alert>(
      database,
      'alerts-of-passes',
      `select ${alertColumns} from vicore.alert a where a.pass_id = any ($1)`,
      [passIds],
    ),
  ];
  const vehiclesOf = groupBy(vehicles, (vehicle) => vehicle.passId);
  const alertsOf = groupBy(alerts, (alert) => alert.passId);
  return passes.map((pass) => ({
    pass: toPass(pass),
    vehicles: (vehiclesOf.get(pass.id) ?? []).map(unpackVehicle),
    conditions: (alertsOf.get(pass.id) ?? []).map((alert) => conditionOf(toAlert(alert))),
  }));
}

/** The fold's reads over the shared record. `connection` gives the connection of the transaction under way. */
export function createRecordReads(connection: () => Queryable): FoldReads {
  return {
    loadStreams: (streamIds) =>
      jsonRows<StreamState>(
        connection(),
        'streams',
        `select ${streamColumns} from vicore.stream_position s where s.stream_id = any ($1)`,
        [streamIds],
      ),
    async openPasses(streamId) {
      const rows = await jsonRows<{ readonly id: string }>(
        connection(),
        'open-passes',
        'select id from vicore.train_pass where stream_id = $1 and ended_at is null order by started_at',
        [streamId],
      );
      return rows.map(({ id }) => id);
    },
    loadPasses: (passIds) => readPasses(connection(), passIds),
    history: (query) => readHistory(connection(), query),
    thresholds: () => readThresholds(connection()),
  };
}
