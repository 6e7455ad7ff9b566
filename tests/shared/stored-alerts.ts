import pg from 'pg';
import type { Rule, Severity } from '../../contract/domain.ts';

export interface StoredAlert {
  readonly id: string;
  readonly passId: string;
}

/** What differs from an active, unacknowledged critical height alert of vehicle V-1, raised now. */
export interface StoredAlertOptions {
  readonly rule?: Rule | undefined;
  readonly severity?: Severity | undefined;
  readonly position?: string | undefined;
  readonly vehicleNumber?: string | undefined;
  readonly state?: 'active-unacknowledged' | 'cleared-unacknowledged' | undefined;
  /** ms since the epoch. */
  readonly raisedAt?: number | undefined;
}

/** Enters alerts, each on a pass of its own that has ended, with their `raised` event; as the database's owner. */
export async function storeAlerts(
  ownerUrl: string,
  alerts: readonly StoredAlertOptions[],
): Promise<readonly StoredAlert[]> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query<StoredAlert>(
      `with given as (
         select gen_random_uuid() as id, gen_random_uuid() as "passId", g.*
           from rows from (json_to_recordset($1) as (rule text, severity text, "position" text, "vehicleNumber" text,
             state text, "raisedAt" float8)) with ordinality
             as g (rule, severity, "position", "vehicleNumber", state, "raisedAt", place)
       ), passes as (
         insert into vicore.train_pass (id, train_number, site, site_track, track, direction, stream_id, started_at,
             ended_at, status, threshold_version)
           select "passId", 'T-1', 'Coquelles', '1', '1', 'fr-uk', 'stream', to_timestamp("raisedAt" / 1000), now(),
             'pending', 1 from given
       ), alerts as (
         insert into vicore.alert (id, pass_id, vehicle_index, position, rule, severity, state, present, raised_at,
             received_at, vehicle_number)
           select id, "passId", 1, "position", rule, severity, state, state like 'active%',
             to_timestamp("raisedAt" / 1000), to_timestamp("raisedAt" / 1000), "vehicleNumber" from given
       ), events as (
         insert into vicore.alert_event (alert_id, at, actor, workstation, kind)
           select id, to_timestamp("raisedAt" / 1000), 'analysis', 'WS-1', 'raised' from given
       )
       select id, "passId" from given order by place`,
      [
        JSON.stringify(
          alerts.map((alert) => ({
            rule: 'height',
            severity: 'critical',
            position: '1La',
            vehicleNumber: 'V-1',
            state: 'active-unacknowledged',
            raisedAt: Date.now(),
            ...alert,
          })),
        ),
      ],
    );
    return rows;
  } finally {
    await client.end();
  }
}
