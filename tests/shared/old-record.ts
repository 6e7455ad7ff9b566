import pg from 'pg';

/** Any pass, the same in every record of an earlier version. */
export const oldPassId = '0b9f1c1e-0000-4000-8000-00000000000a';

/**
 * A pass, its one vehicle and `alerts` unacknowledged alerts on springs 1La, 1Lb, …, in the columns of the first
 * version: what a record of any earlier version may hold before it is migrated.
 */
export async function oldRecord(url: string, alerts: number): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(
      `insert into vicore.train_pass (id, train_number, site, site_track, track, direction, stream_id, started_at,
           ended_at, status, threshold_version)
         values ($1, 'T-1', 'Coquelles', '1', '1', 'fr-uk', 'stream', now() - interval '1 hour', now(), 'pending', 1)`,
      [oldPassId],
    );
    await client.query(
      `insert into vicore.vehicle_record (pass_id, started_at, index, identified, vehicle_number, vehicle_type, axles,
           blank_count, height_cmm, relative_cmm, confidence, defect, defect_confidence, spring_state, image_id,
           camera_id, measured_at)
         select id, started_at, 1, true, 'V-1', 'loader', 4, 16, '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}'
           from vicore.train_pass`,
    );
    await client.query(
      `insert into vicore.alert (id, pass_id, vehicle_index, position, rule, severity, state, present, raised_at,
           received_at, vehicle_number)
         select gen_random_uuid(), $1, 1, vicore.position_code(place), 'height', 'critical', 'active-unacknowledged', true,
             now() - interval '50 minutes' + place * interval '1 second', now(), 'V-1'
           from generate_series(1, $2) as place`,
      [oldPassId, alerts],
    );
  } finally {
    await client.end();
  }
}
