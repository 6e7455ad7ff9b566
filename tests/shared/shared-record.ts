import type pg from 'pg';
import { normalise } from './recording.ts';
import type { Expected, ExpectedAlert, ExpectedPass, ExpectedSpring, ExpectedVehicle } from './recording.ts';

export type Queryable = Pick<pg.Client, 'query'> | pg.Pool;

interface OfVehicle {
  readonly passId: string;
  readonly index: number;
}

/** The shared record as PostgreSQL's public relations show it, in the form of `expected.json`. */
export async function sharedRecord(client: Queryable): Promise<Expected> {
  const passes = await client.query<Omit<ExpectedPass, 'vehicles'>>(
    `select id, train_number as "trainNumber", status, aborted, state from vicore.train_pass`,
  );
  const vehicles = await client.query<Omit<ExpectedVehicle, 'springs'> & OfVehicle>(
    `select pass_id as "passId", index, vehicle_number as number, vehicle_type as type, axles,
            leading_end as "leadingEnd", identified, blank_count as blank, state
       from vicore.pass_vehicle`,
  );
  const springs = await client.query<ExpectedSpring & OfVehicle & { position: string }>(
    `select pass_id as "passId", vehicle_index as index, position, state, defect,
            round(height_mm::numeric * 100)::int as height
       from vicore.spring_measurement`,
  );
  const alerts = await client.query<ExpectedAlert>(
    `select id, pass_id as "passId", vehicle_index as "vehicleIndex", position, rule, severity, state
       from vicore.alert`,
  );
  const rejected = await client.query<{ seq: string }>(
    'select distinct seq from vicore.rejected_message where seq is not null',
  );

  const springsOf = new Map<string, Record<string, ExpectedSpring>>();
  for (const { passId, index, position, state, height, defect } of springs.rows) {
    const key = `${passId}/${index}`;
    const known = springsOf.get(key) ?? {};
    known[position] = { state, height, defect };
    springsOf.set(key, known);
  }
  const vehiclesOf = new Map<string, ExpectedVehicle[]>();
  for (const { passId, ...vehicle } of vehicles.rows) {
    const known = vehiclesOf.get(passId) ?? [];
    known.push({ ...vehicle, springs: springsOf.get(`${passId}/${vehicle.index}`) ?? {} });
    vehiclesOf.set(passId, known);
  }
  return normalise({
    passes: passes.rows.map((pass) => ({ ...pass, vehicles: vehiclesOf.get(pass.id) ?? [] })),
    alerts: alerts.rows,
    rejectedSeqs: rejected.rows.map((row) => Number(row.seq)),
  });
}
