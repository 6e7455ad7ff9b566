import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type pg from 'pg';

/** The record a recording must leave (tests/recordings/README.md); every list sorted, so that order means nothing. */
export interface ExpectedRecord {
  readonly passes: readonly ExpectedPass[];
  readonly alerts: readonly ExpectedAlert[];
  readonly rejectedSeqs: readonly number[];
}

interface ExpectedSpring {
  readonly state: string | null;
  readonly height: number | null;
  readonly defect: string | null;
}

interface ExpectedVehicle {
  readonly index: number;
  readonly number: string | null;
  readonly type: string | null;
  readonly axles: number | null;
  readonly leadingEnd: string | null;
  readonly identified: boolean;
  readonly blank: number;
  readonly state: string | null;
  readonly springs: Readonly<Record<string, ExpectedSpring>>;
}

interface ExpectedPass {
  readonly id: string;
  readonly trainNumber: string;
  readonly status: string;
  readonly aborted: boolean;
  readonly state: string | null;
  readonly vehicles: readonly ExpectedVehicle[];
}

interface ExpectedAlert {
  readonly id: string;
  readonly passId: string | null;
  readonly vehicleIndex: number | null;
  readonly position: string | null;
  readonly rule: string;
  readonly severity: string;
  readonly state: string;
}

const recordings = new URL('../recordings/', import.meta.url);

export type RecordingName = 'plain' | 'rough';

export const recordingFile = (name: RecordingName): URL => new URL(`${name}/stream.jsonl.gz`, recordings);

export function expectedRecord(name: RecordingName): ExpectedRecord {
  const text = gunzipSync(readFileSync(new URL(`${name}/expected.json.gz`, recordings))).toString('utf8');
  return sorted(JSON.parse(text) as ExpectedRecord);
}

function sorted(record: ExpectedRecord): ExpectedRecord {
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
  return {
    passes: record.passes
      .map((pass) => ({ ...pass, vehicles: pass.vehicles.toSorted((a, b) => a.index - b.index) }))
      .toSorted(byId),
    alerts: record.alerts.toSorted(byId),
    rejectedSeqs: [...new Set(record.rejectedSeqs)].toSorted((a, b) => a - b),
  };
}

/** The shared record as PostgreSQL's public relations show it, in the form of the expected one. */
export async function sharedRecord(client: pg.Client): Promise<ExpectedRecord> {
  const passes = await client.query<Omit<ExpectedPass, 'vehicles'>>(
    `select id, train_number as "trainNumber", status, aborted, state from vicore.train_pass`,
  );
  const vehicles = await client.query<ExpectedVehicle & { passId: string }>(
    `select pass_id as "passId", index, vehicle_number as number, vehicle_type as type, axles,
            leading_end as "leadingEnd", identified, blank_count as blank, state
       from vicore.pass_vehicle`,
  );
  const springs = await client.query<ExpectedSpring & { passId: string; index: number; position: string }>(
    `select pass_id as "passId", vehicle_index as index, position, state, defect,
            round(height_mm::numeric * 100)::int as height
       from vicore.spring_measurement`,
  );
  const alerts = await client.query<ExpectedAlert>(
    `select id, pass_id as "passId", vehicle_index as "vehicleIndex", position, rule, severity, state
       from vicore.alert`,
  );
  const rejected = await client.query<{ seq: string | null }>(`select seq from vicore.rejected_message`);

  const springsOf = Map.groupBy(springs.rows, (row) => `${row.passId}/${row.index}`);
  const vehiclesOf = Map.groupBy(vehicles.rows, (row) => row.passId);
  return sorted({
    passes: passes.rows.map((pass) => ({
      ...pass,
      vehicles: (vehiclesOf.get(pass.id) ?? []).map(({ passId, ...vehicle }) => ({
        ...vehicle,
        springs: Object.fromEntries(
          (springsOf.get(`${passId}/${vehicle.index}`) ?? []).map(({ position, state, height, defect }) => [
            position,
            { state, height, defect },
          ]),
        ),
      })),
    })),
    alerts: alerts.rows,
    rejectedSeqs: rejected.rows.flatMap((row) => (row.seq === null ? [] : [Number(row.seq)])),
  });
}
