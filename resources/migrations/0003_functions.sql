-- What a workstation may write: these functions and nothing else. They run as the owner, with a fixed search path;
-- vicore.grant_workstation gives a login role the right to call them.

-- Takes the streams' positions for the rest of the transaction; a second writer waits here.
create function lock_streams(stream_ids text[]) returns setof stream_position
  language plpgsql security definer set search_path = vicore, pg_catalog, pg_temp as $$
begin
  insert into stream_position (stream_id, last_seq, updated_at, workstation, site, track)
    select id, 0, 'epoch', '', '', '' from unnest(stream_ids) as id
      where not exists (select from stream_position p where p.stream_id = id)
    on conflict do nothing;
  return query select * from stream_position where stream_id = any (stream_ids) order by stream_id for update;
end $$;

-- Passes first, then alerts, each in order: the order in which everybody locks.
create function lock_alerts(pass_ids uuid[], alert_ids uuid[]) returns setof alert
  language plpgsql security definer set search_path = vicore, pg_catalog, pg_temp as $$
begin
  perform from train_pass where id = any (pass_ids) order by id for no key update;
  return query select * from alert where id = any (alert_ids) order by id for update;
end $$;

-- One batch of the analysis: passes, their vehicles, and everything else, idempotent by stream position: the caller
-- holds lock_streams, and lock_alerts for the alerts. What people decided (confirmation, notes, acknowledgements) is
-- never taken from the batch. The large parts are parameters of their own, because taking a member out of a JSON
-- document reads all of it, which cost two thirds of the time.
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

-- A workstation's own links; also called by those that are not the writer.
create function store_links(workstation_name text, links json) returns void
  language sql security definer set search_path = vicore, pg_catalog, pg_temp as $$
  insert into link_status (stream_id, state, reason, at, workstation)
    select l."streamId", l.state, l.reason, to_timestamp(l.at / 1000.0), workstation_name
    from json_to_recordset(links) as l ("streamId" text, state text, reason text, at bigint)
    on conflict do nothing;
$$;

-- outcome: done, not-found, already-acknowledged, conflict (closed without an owner, or raised again since)
create type act_result as (outcome text, alert alert);

create function alert_for_act(alert_id uuid) returns alert
  language plpgsql security definer set search_path = vicore, pg_catalog, pg_temp as $$
declare
  found_alert alert;
begin
  perform from train_pass where id = (select pass_id from alert where id = alert_id) for no key update;
  select * into found_alert from alert where id = alert_id for update;
  return found_alert;
end $$;

create function record_alert_act(before alert, after alert, act json, action text, kinds text[], details jsonb)
  returns void
  language plpgsql security definer set search_path = vicore, pg_catalog, pg_temp as $$
declare
  acted_at timestamptz := to_timestamp((act ->> 'at')::bigint / 1000.0);
begin
  insert into alert_event (alert_id, at, actor, workstation, kind, details)
    select before.id, acted_at, act ->> 'actor', act ->> 'workstation', kind,
      case when place = 1 then details else '{}' end
    from unnest(kinds) with ordinality as k (kind, place);
  insert into audit_log (at, actor, role, workstation, action, entity, entity_id, before, after, correlation_id)
    values (clock_timestamp(), act ->> 'actor', act ->> 'role', act ->> 'workstation', action, 'alert', before.id::text,
      jsonb_build_object('state', before.state, 'acknowledgedBy', before.acknowledged_by, 'comment', before.comment),
      jsonb_build_object('state', after.state, 'acknowledgedBy', after.acknowledged_by, 'comment', after.comment,
        'actedAt', acted_at) || details,
      act ->> 'correlationId');
end $$;

-- act: {actor, role, workstation, at (ms), correlationId}. late: made while the database was away (docs/domain.md):
-- the earlier of two acts stands, and one made before the alert was last raised acknowledges nothing.
create function acknowledge_alert(alert_id uuid, remark text, act json, late boolean) returns act_result
  language plpgsql security definer set search_path = vicore, pg_catalog, pg_temp as $$
declare
  before alert := alert_for_act(alert_id);
  after alert := before;
  acted_at timestamptz := to_timestamp((act ->> 'at')::bigint / 1000.0);
  active_since timestamptz;
  details jsonb := case when remark is null then '{}' else jsonb_build_object('comment', remark) end;
begin
  if before.id is null then return row ('not-found', null::alert)::act_result; end if;
  -- The same act sent again, its answer having been lost, is no second one.
  if before.acknowledged_by = act ->> 'actor' and before.acknowledged_at = acted_at then
    return row ('done', before)::act_result;
  end if;
  if late then
    select max(e.at) into active_since from alert_event e
      where e.alert_id = before.id and e.kind in ('raised', 'severity-raised', 'returned');
    if acted_at < active_since then
      perform record_alert_act(before, before, act, 'alert.acknowledge-late', array['acknowledged-late'],
        details || '{"outcome": "superseded"}');
      return row ('conflict', before)::act_result;
    end if;
  end if;
  if before.state in ('active-unacknowledged', 'cleared-unacknowledged') then
    after.state := case before.state when 'cleared-unacknowledged' then 'closed' else 'active-acknowledged' end;
    after.acknowledged_by := act ->> 'actor';
    after.acknowledged_at := acted_at;
    after.comment := coalesce(remark, before.comment);
    update alert set state = after.state, acknowledged_by = after.acknowledged_by,
      acknowledged_at = after.acknowledged_at, comment = after.comment where id = before.id;
    perform record_alert_act(before, after, act, 'alert.acknowledge',
      case when after.state = 'closed' then array['acknowledged', 'closed'] else array['acknowledged'] end, details);
    return row ('done', after)::act_result;
  end if;
  if late and before.acknowledged_by is not null then
    if acted_at < before.acknowledged_at then
      after.acknowledged_by := act ->> 'actor';
      after.acknowledged_at := acted_at;
      after.comment := coalesce(remark, before.comment);
      update alert set acknowledged_by = after.acknowledged_by, acknowledged_at = after.acknowledged_at,
        comment = after.comment where id = before.id;
      perform record_alert_act(before, after, act, 'alert.acknowledge-late', array['acknowledged-late'],
        details || '{"outcome": "first"}');
      return row ('done', after)::act_result;
    end if;
    perform record_alert_act(before, before, act, 'alert.acknowledge-late', array['acknowledged-late'],
      details || '{"outcome": "second"}');
  end if;
  if before.acknowledged_by is null then return row ('conflict', before)::act_result; end if;
  return row ('already-acknowledged', before)::act_result;
end $$;

create function comment_alert(alert_id uuid, remark text, act json) returns act_result
  language plpgsql security definer set search_path = vicore, pg_catalog, pg_temp as $$
declare
  before alert := alert_for_act(alert_id);
  after alert := before;
begin
  if before.id is null then return row ('not-found', null::alert)::act_result; end if;
  after.comment := remark;
  update alert set comment = remark where id = before.id;
  perform record_alert_act(before, after, act, 'alert.comment', array['commented'],
    jsonb_build_object('comment', remark));
  return row ('done', after)::act_result;
end $$;

-- outcome: done, not-found, not-ended, conflict (confirmed already), unacknowledged-alerts
create type confirmation_result as (outcome text, waiting integer, pass train_pass);

create function confirm_pass(pass_id uuid, remark text, act json) returns confirmation_result
  language plpgsql security definer set search_path = vicore, pg_catalog, pg_temp as $$
declare
  before train_pass;
  after train_pass;
  acted_at timestamptz := to_timestamp((act ->> 'at')::bigint / 1000.0);
  unacknowledged integer;
begin
  select * into before from train_pass where id = confirm_pass.pass_id for no key update;
  if not found then return row ('not-found', 0, null::train_pass)::confirmation_result; end if;
  if before.status = 'in-progress' then return row ('not-ended', 0, before)::confirmation_result; end if;
  if before.status = 'confirmed' then
    -- The same act sent again, its answer having been lost, is done already.
    return row (case when before.confirmed_by = act ->> 'actor' and before.confirmed_at = acted_at
      then 'done' else 'conflict' end, 0, before)::confirmation_result;
  end if;
  select count(*) into unacknowledged from alert a
    where a.pass_id = before.id and a.state in ('active-unacknowledged', 'cleared-unacknowledged');
  if unacknowledged > 0 then return row ('unacknowledged-alerts', unacknowledged, before)::confirmation_result; end if;
  with closed as (
    update alert a set state = 'closed' where a.pass_id = before.id and a.state <> 'closed' returning a.id
  )
  insert into alert_event (alert_id, at, actor, workstation, kind, details)
    select id, acted_at, act ->> 'actor', act ->> 'workstation', 'closed', '{"reason": "pass confirmed"}' from closed;
  update train_pass set status = 'confirmed', confirmed_by = act ->> 'actor', confirmed_at = acted_at,
      notes = coalesce(remark, notes)
    where id = before.id returning * into after;
  insert into audit_log (at, actor, role, workstation, action, entity, entity_id, before, after, correlation_id)
    values (clock_timestamp(), act ->> 'actor', act ->> 'role', act ->> 'workstation', 'pass.confirm', 'train_pass',
      before.id::text, jsonb_build_object('status', before.status, 'notes', before.notes),
      jsonb_build_object('status', after.status, 'notes', after.notes), act ->> 'correlationId');
  return row ('done', 0, after)::confirmation_result;
end $$;

-- Calls that a workstation refused because of who asked or how (fault 67): in the audit log like every act.
create function audit_refusals(workstation_name text, refusals json) returns void
  language sql security definer set search_path = vicore, pg_catalog, pg_temp as $$
  insert into audit_log (at, actor, role, workstation, action, entity, entity_id, before, after, correlation_id)
    select to_timestamp(r.at / 1000.0), coalesce(r.actor, ''), 'window', workstation_name, 'call.refused', 'method',
      coalesce(r.method, ''), null,
      jsonb_build_object('code', r.code, 'reason', r.reason, 'window', r."windowId", 'kind', r.kind, 'repeated', r.repeated),
      r."correlationId"
    from json_to_recordset(refusals) as r (at bigint, actor text, method text, code text, reason text,
      "windowId" integer, kind text, repeated integer, "correlationId" text)
    order by r.at;
$$;

create function register_workstation(workstation_name text, version text) returns void
  language sql security definer set search_path = vicore, pg_catalog, pg_temp as $$
  insert into workstation (name, version) values (workstation_name, version)
    on conflict (name) do update set version = excluded.version, last_seen_at = now();
$$;

-- Partitions for the coming months, rows that had none moved into theirs, changes older than 8 days dropped (a
-- replica that was away for longer is filled anew). Returns how many rows still have no partition of their own.
create function maintain() returns bigint
  language plpgsql security definer set search_path = vicore, pg_catalog, pg_temp as $$
declare
  stray record;
begin
  perform ensure_partitions(now() - interval '1 month', now() + interval '6 months');
  for stray in
    select distinct date_trunc('month', started_at at time zone 'UTC') at time zone 'UTC' as month
      from vehicle_record_default where started_at between '2015-01-01' and now() + interval '1 year'
  loop
    perform ensure_partitions(stray.month, stray.month);
  end loop;
  delete from change where at < now() - interval '8 days' and id < (select max(id) from change);
  return (select count(*) from vehicle_record_default);
end $$;

-- Everything a workstation's login role needs, and nothing that it held before.
create function grant_workstation(login name) returns void
  language plpgsql as $$
declare
  signature regprocedure;
begin
  execute format('revoke all on all tables in schema vicore from %I', login);
  execute format('revoke all on all functions in schema vicore from %I', login);
  execute format('grant usage on schema vicore to %I', login);
  execute format('grant select on all tables in schema vicore to %I', login);
  for signature in
    select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname = 'vicore' and p.proname in ('lock_streams', 'lock_alerts', 'store_batch', 'store_links',
        'acknowledge_alert', 'comment_alert', 'confirm_pass', 'audit_refusals', 'register_workstation', 'maintain',
        'position_code', 'verify_audit', 'audit_hash')
  loop
    execute format('grant execute on function %s to %I', signature, login);
  end loop;
end $$;

revoke all on all functions in schema vicore from public;
