-- The large parts of a batch come as parameters of their own: taking a member out of a JSON document reads all of it,
-- which cost two thirds of the time.
drop function store_batch(text, json);

-- One batch of the analysis: passes, their vehicles, and everything else, idempotent by stream position: the caller holds lock_streams, and lock_alerts for the
-- alerts. What people decided (confirmation, notes, acknowledgements) is never taken from the batch.
create function store_batch(workstation_name text, passes json, vehicles json, batch json) returns setof train_pass
  language plpgsql security definer set search_path = vicore, pg_catalog, pg_temp as $$
declare
  offending uuid;
begin
  perform set_config('vicore.workstation', workstation_name, true);

  insert into train_pass as t (id, train_number, site, site_track, track, direction, stream_id, started_at, ended_at,
      vehicle_count, speed_kmh, status, aborted, state, threshold_version, revision, work)
    select p.id, p."trainNumber", p.site, p."siteTrack", p.track, p.direction, p."streamId",
      to_timestamp(p."startedAt" / 1000.0), to_timestamp(p."endedAt" / 1000.0), p."vehicleCount", p."speedKmh",
      case when p.status = 'in-progress' then 'in-progress' else 'pending' end,
      p.aborted, p.state, p."thresholdVersion", p.revision, p.work
    from json_to_recordset(passes) as p (id uuid, "trainNumber" text, site text, "siteTrack" text,
      track text, direction text, "streamId" text, "startedAt" bigint, "endedAt" bigint, "vehicleCount" integer,
      "speedKmh" double precision, status text, aborted boolean, state text, "thresholdVersion" integer,
      revision bigint, work json)
    order by p.id
    on conflict (id) do update set
      track = excluded.track, ended_at = excluded.ended_at, vehicle_count = excluded.vehicle_count,
      speed_kmh = excluded.speed_kmh,
      status = case when t.status = 'confirmed' then t.status else excluded.status end,
      aborted = excluded.aborted, state = excluded.state, threshold_version = excluded.threshold_version,
      revision = excluded.revision, work = excluded.work;

  insert into vehicle_record (pass_id, started_at, index, identified, contradicted, vehicle_number, vehicle_type,
      axles, leading_end, state, blank_count, height_cmm, relative_cmm, confidence, defect, defect_confidence,
      spring_state, image_id, camera_id, measured_at, blind_sides, work)
    select v."passId", p.started_at, v.index, v.identified, v.contradicted, v."vehicleNumber", v."vehicleType",
      v.axles, v."leadingEnd", v.state, v."blankCount", v."heightCmm", v."relativeCmm", v.confidence, v.defect,
      v."defectConfidence", v."springState", v."imageId", v."cameraId", v."measuredAt", v."blindSides", v.work
    from json_to_recordset(vehicles) as v ("passId" uuid, index smallint, identified boolean,
      contradicted boolean, "vehicleNumber" text, "vehicleType" text, axles smallint, "leadingEnd" text, state text,
      "blankCount" smallint, "heightCmm" integer[], "relativeCmm" integer[], confidence double precision[],
      defect text[], "defectConfidence" double precision[], "springState" text[], "imageId" text[],
      "cameraId" text[], "measuredAt" bigint[], "blindSides" text[], work json)
      join train_pass p on p.id = v."passId"
    order by v."passId", v.index
    on conflict (pass_id, index, started_at) do update set
      identified = excluded.identified, contradicted = excluded.contradicted,
      vehicle_number = excluded.vehicle_number, vehicle_type = excluded.vehicle_type, axles = excluded.axles,
      leading_end = excluded.leading_end, state = excluded.state, blank_count = excluded.blank_count,
      height_cmm = excluded.height_cmm, relative_cmm = excluded.relative_cmm, confidence = excluded.confidence,
      defect = excluded.defect, defect_confidence = excluded.defect_confidence,
      spring_state = excluded.spring_state, image_id = excluded.image_id, camera_id = excluded.camera_id,
      measured_at = excluded.measured_at, blind_sides = excluded.blind_sides, work = excluded.work;

  -- The analysis cannot acknowledge.
  select a.id into offending
    from json_to_recordset(batch -> 'alerts') as n (id uuid, state text)
      left join alert a on a.id = n.id
    where n.state in ('active-acknowledged', 'closed')
      and coalesce(a.state, 'active-unacknowledged') in ('active-unacknowledged', 'cleared-unacknowledged')
    limit 1;
  if found then
    raise exception 'the analysis cannot acknowledge alert %', offending using errcode = 'VC004';
  end if;

  insert into alert as t (id, pass_id, vehicle_index, position, rule, severity, state, present, value, limit_value,
      raised_at, received_at, stream_id, train_number, track, vehicle_number, defect)
    select n.id, n."passId", n."vehicleIndex", n.position, n.rule, n.severity, n.state, n.present, n.value, n.limit,
      to_timestamp(n."raisedAt" / 1000.0), to_timestamp(n."receivedAt" / 1000.0), n."streamId", n."trainNumber",
      n.track, n."vehicleNumber", n.defect
    from json_to_recordset(batch -> 'alerts') as n (id uuid, "passId" uuid, "vehicleIndex" integer, position text,
      rule text, severity text, state text, present boolean, value numeric, "limit" numeric, "raisedAt" bigint,
      "receivedAt" bigint, "streamId" text, "trainNumber" text, track text, "vehicleNumber" text, defect text)
    order by n.id
    on conflict (id) do update set
      severity = excluded.severity, state = excluded.state, present = excluded.present, value = excluded.value,
      limit_value = excluded.limit_value, vehicle_number = excluded.vehicle_number, defect = excluded.defect,
      acknowledged_by = case when excluded.state = 'active-unacknowledged' then null else t.acknowledged_by end,
      acknowledged_at = case when excluded.state = 'active-unacknowledged' then null else t.acknowledged_at end;

  insert into alert_event (alert_id, at, actor, workstation, kind, details)
    select e."alertId", to_timestamp(e.at / 1000.0), e.actor, workstation_name, e.kind, coalesce(e.details, '{}')
    from json_to_recordset(batch -> 'events') as e ("alertId" uuid, at bigint, actor text, kind text, details jsonb);

  insert into rejected_message (stream_id, seq, at, reason, text)
    select r."streamId", r.seq, to_timestamp(r.at / 1000.0), r.reason, r.text
    from json_to_recordset(batch -> 'rejections') as r ("streamId" text, seq bigint, at bigint, reason text, text text)
    on conflict do nothing;

  insert into camera as t (id, stream_id, site, track, side, name)
    select c.id, c."streamId", c.site, c.track, c.side, c.name
    from json_to_recordset(batch -> 'cameras') as c (id text, "streamId" text, site text, track text, side text, name text)
    on conflict (stream_id, id) do update
      set site = excluded.site, track = excluded.track, side = excluded.side, name = excluded.name
      where (t.site, t.track, t.side, t.name)
        is distinct from (excluded.site, excluded.track, excluded.side, excluded.name);

  insert into camera_status (stream_id, camera_id, status, at, received_at, workstation)
    select c."streamId", c."cameraId", c.status, to_timestamp(c.at / 1000.0), to_timestamp(c."receivedAt" / 1000.0),
      workstation_name
    from json_to_recordset(batch -> 'cameraStatus')
      as c ("streamId" text, "cameraId" text, status text, at bigint, "receivedAt" bigint)
    on conflict do nothing;

  perform store_links(workstation_name, batch -> 'links');

  insert into stream_position as t (stream_id, last_seq, updated_at, workstation, site, track, cameras)
    select s."streamId", s."lastSeq", to_timestamp(s."updatedAt" / 1000.0), workstation_name, s.site, s.track, s.cameras
    from json_to_recordset(batch -> 'streams') as s ("streamId" text, "lastSeq" bigint, "updatedAt" bigint, site text,
      track text, cameras jsonb)
    order by s."streamId"
    on conflict (stream_id) do update set
      last_seq = greatest(t.last_seq, excluded.last_seq), updated_at = excluded.updated_at,
      workstation = excluded.workstation, site = excluded.site, track = excluded.track, cameras = excluded.cameras;

  return query select t.* from train_pass t
    where t.id in (select (p ->> 'id')::uuid from json_array_elements(passes) as p
      union select (n ->> 'passId')::uuid from json_array_elements(batch -> 'alerts') as n);
end $$;

revoke all on all functions in schema vicore from public;
