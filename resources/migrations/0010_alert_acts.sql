-- What people do about alerts (docs/domain.md, alerts): an owner, hand-over, undo, shelf, verdict; and what happens to
-- them by time: escalation and the end of a shelf. Every act checks the person (VC007), locks pass and alert, and leaves
-- an event and an audit row, all in the caller's transaction. Time that counts is this database's clock.

alter table alert
  -- who has it now: who acknowledged it, until it is handed over
  add owner text,
  add shelved_by text,
  add shelve_reason text,
  add verdict_by text,
  add verdict_at timestamptz,
  -- by this database's clock; null in every other state
  add closed_at timestamptz,
  -- since when it is active and nobody's, by this database's clock; a shelf that ends and an undo begin it anew
  add unacknowledged_since timestamptz;
-- `at` is the workstation's clock; null: from before this column
alter table alert_event add recorded_at timestamptz;
alter table alert_event alter recorded_at set default clock_timestamp();

-- Closed ones go unannounced: no replica has to read all of them again.
alter table alert disable trigger user;
update alert a set owner = a.acknowledged_by, shelved_until = null,
    closed_at = coalesce((select max(e.at) from alert_event e where e.alert_id = a.id and e.kind = 'closed'), a.raised_at)
  where a.state = 'closed';
alter table alert enable trigger user;
update alert set owner = acknowledged_by, shelved_until = null,
    unacknowledged_since = case when state = 'active-unacknowledged' then now() end
  where state <> 'closed';
-- Never without an end, nor without somebody who answers for it.
alter table alert add check (
  (shelved_until is null) = (shelved_by is null) and (shelved_until is null) = (shelve_reason is null));

create index alert_to_escalate on alert (unacknowledged_since)
  where state = 'active-unacknowledged' and severity = 'critical' and escalated_at is null;
create index alert_shelf on alert (shelved_until) where shelved_until is not null;
-- Earlier findings of the same rule at the same place of the same vehicle.
create index alert_finding on alert (vehicle_number, rule, (coalesce(position, '')), raised_at, id)
  where vehicle_number is not null;

-- What follows from state and severity, whoever changes them: the writer or a person.
create function follow_state() returns trigger language plpgsql as $$
declare
  risen boolean := tg_op = 'UPDATE' and new.severity is distinct from old.severity;
begin
  -- What is worse now is not what was shelved; what is closed needs no shelf.
  if risen or new.state = 'closed' then
    new.shelved_until := null;
    new.shelved_by := null;
    new.shelve_reason := null;
  end if;
  new.closed_at := case when new.state = 'closed' then clock_timestamp() end;
  if new.state <> 'active-unacknowledged' then
    new.unacknowledged_since := null;
    return new;
  end if;
  new.unacknowledged_since := clock_timestamp();
  -- Raised again: nobody's, and with all its time. From acknowledged, with the same severity, it is an undo.
  if tg_op = 'UPDATE' and (risen or old.state <> 'active-acknowledged') then
    new.owner := null;
    new.escalated_at := null;
  end if;
  return new;
end $$;
create trigger follow_state_insert before insert on alert for each row execute function follow_state();
create trigger follow_state_update before update of state, severity on alert for each row
  when ((old.state, old.severity) is distinct from (new.state, new.severity)) execute function follow_state();

-- As in 0003, but for the alerts: of one batch an alert may be cleared and come back, so that its first and last state
-- alone do not tell what it has lost.
create or replace function store_batch(workstation_name text, passes json, vehicles json, batch json) returns setof train_pass
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
      raised_at, received_at, stream_id, train_number, track, vehicle_number, defect, acknowledged_by, owner,
      escalated_at, shelved_until, shelved_by, shelve_reason)
    select n.id, n."passId", n."vehicleIndex", n.position, n.rule, n.severity, n.state, n.present, n.value, n.limit,
      to_timestamp(n."raisedAt" / 1000.0), to_timestamp(n."receivedAt" / 1000.0), n."streamId", n."trainNumber",
      n.track, n."vehicleNumber", n.defect,
      -- Only of an alert that is there already, and only to tell what is gone.
      case when a.id is not null then n."acknowledgedBy" end, case when a.id is not null then n.owner end,
      case when a.id is not null then to_timestamp(n."escalatedAt" / 1000.0) end,
      case when a.id is not null then to_timestamp(n."shelvedUntil" / 1000.0) end,
      case when a.id is not null and n."shelvedUntil" is not null then '' end,
      case when a.id is not null and n."shelvedUntil" is not null then '' end
    from json_to_recordset(batch -> 'alerts') as n (id uuid, "passId" uuid, "vehicleIndex" integer, position text,
      rule text, severity text, state text, present boolean, value numeric, "limit" numeric, "raisedAt" bigint,
      "receivedAt" bigint, "streamId" text, "trainNumber" text, track text, "vehicleNumber" text, defect text,
      "acknowledgedBy" text, owner text, "escalatedAt" bigint, "shelvedUntil" bigint)
      left join alert a on a.id = n.id
    order by n.id
    on conflict (id) do update set
      severity = excluded.severity, state = excluded.state, present = excluded.present, value = excluded.value,
      limit_value = excluded.limit_value, vehicle_number = excluded.vehicle_number, defect = excluded.defect,
      -- What the life of the alert has taken away goes (main/alerts/lifecycle.ts); nothing is ever set by it.
      acknowledged_by = case when excluded.acknowledged_by is not null then t.acknowledged_by end,
      acknowledged_at = case when excluded.acknowledged_by is not null then t.acknowledged_at end,
      owner = case when excluded.owner is not null then t.owner end,
      escalated_at = case when excluded.escalated_at is not null then t.escalated_at end,
      shelved_until = case when excluded.shelved_until is not null then t.shelved_until end,
      shelved_by = case when excluded.shelved_until is not null then t.shelved_by end,
      shelve_reason = case when excluded.shelved_until is not null then t.shelve_reason end,
      -- Raised again within one batch: the state may be the same, the time is not.
      unacknowledged_since = case when excluded.state <> 'active-unacknowledged' then null
        when t.id in (select e."alertId" from json_to_recordset(batch -> 'events') as e ("alertId" uuid, kind text)
          where e.kind in ('severity-raised', 'returned')) then clock_timestamp()
        else t.unacknowledged_since end;

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

-- outcome: done, not-found, no-such-person, already-acknowledged, conflict. For a conflict: why, and where there is
-- somebody, who did what stands in the way, and when.
alter type act_result add attribute reason text, add attribute who text, add attribute since timestamptz;

create function act_answer(outcome text, alert alert, reason text default null, who text default null,
    since timestamptz default null) returns act_result
  language sql immutable
  return row (outcome, alert, reason, who, since)::act_result;

create function milliseconds(moment timestamptz) returns bigint
  language sql immutable strict
  return (extract(epoch from moment) * 1000)::bigint;

-- The text, or VC006. Whatever it contains stays text: nothing here or in a window interprets it.
create function checked_text(value text, fewest integer, most integer, called text) returns text
  language plpgsql immutable as $$
begin
  if length(trim(value)) < fewest then raise exception '% is missing', called using errcode = 'VC006'; end if;
  if length(value) > most then
    raise exception '% has % characters, at most % are kept', called, length(value), most using errcode = 'VC006';
  end if;
  return value;
end $$;

create function alert_facts(alert alert) returns jsonb
  language sql stable
  return jsonb_build_object('state', alert.state, 'acknowledgedBy', alert.acknowledged_by, 'comment', alert.comment)
    || jsonb_strip_nulls(jsonb_build_object('owner', alert.owner, 'shelvedUntil', alert.shelved_until,
      'shelvedBy', alert.shelved_by, 'shelveReason', alert.shelve_reason, 'escalatedAt', alert.escalated_at,
      'verdict', alert.verdict));

-- The first of `kinds` gets the details.
create or replace function record_alert_act(before alert, after alert, act json, action text, kinds text[], details jsonb)
  returns void
  language plpgsql security definer set search_path = vicore, pg_catalog, pg_temp as $$
declare
  acted_at timestamptz := to_timestamp((act ->> 'at')::bigint / 1000.0);
begin
  insert into alert_event (alert_id, at, actor, workstation, kind, details)
    select before.id, acted_at, act ->> 'actor', act ->> 'workstation', kind,
      case when place = 1 then details else '{}' end
    from unnest(kinds) with ordinality as k (kind, place) order by place;
  perform write_audit(act, action, 'alert', before.id::text, alert_facts(before),
    alert_facts(after) || jsonb_build_object('actedAt', acted_at) || details);
end $$;

-- checklist: [{step, done}] as it was shown, or null.
create function checked_checklist(checklist jsonb) returns jsonb
  language plpgsql immutable as $$
begin
  if checklist is null or checklist = '[]' then return null; end if;
  if jsonb_typeof(checklist) <> 'array' or jsonb_array_length(checklist) > 20
    or exists (select from jsonb_array_elements(checklist) s
      where jsonb_typeof(s -> 'step') is distinct from 'string' or jsonb_typeof(s -> 'done') is distinct from 'boolean'
        or length(s ->> 'step') > 300) then
    raise exception 'a checklist is up to 20 steps, each ticked or not' using errcode = 'VC006';
  end if;
  return (select jsonb_agg(jsonb_build_object('step', s -> 'step', 'done', s -> 'done'))
    from jsonb_array_elements(checklist) s);
end $$;

drop function acknowledge_alert(uuid, text, json, boolean);

-- act: {actor, subject, role, workstation, at (ms), correlationId}. late: made while the database was away
-- (docs/domain.md): the earlier of two acts stands, and one made before the alert was last raised acknowledges nothing.
create function acknowledge_alert(alert_id uuid, remark text, checklist jsonb, act json, late boolean) returns act_result
  language plpgsql security definer set search_path = vicore, pg_catalog, pg_temp as $$
declare
  granted json := require_role(act, 'operator', late);
  actor text := granted ->> 'actor';
  before alert := alert_for_act(alert_id);
  after alert := before;
  acted_at timestamptz := to_timestamp((act ->> 'at')::bigint / 1000.0);
  active_since timestamptz;
  details jsonb := jsonb_strip_nulls(jsonb_build_object('comment', checked_text(remark, 0, 2000, 'the comment'),
    'checklist', checked_checklist(checklist)));
begin
  if before.id is null then return act_answer('not-found', null); end if;
  -- The same act sent again, its answer having been lost, is no second one; nor when it was undone meanwhile.
  if before.acknowledged_by = actor and before.acknowledged_at = acted_at
    or late and exists (select from alert_event e where e.alert_id = before.id and e.kind = 'acknowledged'
      and e.actor = granted ->> 'actor' and e.at = acted_at) then
    return act_answer('done', before);
  end if;
  if late then
    select max(e.at) into active_since from alert_event e
      -- Not `raised`: nobody acknowledges what is not there yet, and the writer may have heard of it later.
      where e.alert_id = before.id and e.kind in ('severity-raised', 'returned');
    if acted_at < active_since then
      perform record_alert_act(before, before, granted, 'alert.acknowledge-late', array['acknowledged-late'],
        details || '{"outcome": "superseded"}');
      return act_answer('conflict', before, 'raised-again', null, active_since);
    end if;
  end if;
  if before.state in ('active-unacknowledged', 'cleared-unacknowledged') then
    update alert a
      set state = case before.state when 'cleared-unacknowledged' then 'closed' else 'active-acknowledged' end,
        acknowledged_by = actor, acknowledged_at = acted_at, owner = actor, comment = coalesce(remark, before.comment)
      where a.id = before.id returning a.* into after;
    perform record_alert_act(before, after, granted, 'alert.acknowledge',
      case when after.state = 'closed' then array['acknowledged', 'closed'] else array['acknowledged'] end, details);
    return act_answer('done', after);
  end if;
  if late and before.acknowledged_by is not null then
    if acted_at < before.acknowledged_at then
      update alert a set acknowledged_by = actor, acknowledged_at = acted_at, comment = coalesce(remark, before.comment),
          owner = case when before.owner = before.acknowledged_by then actor else before.owner end
        where a.id = before.id returning a.* into after;
      perform record_alert_act(before, after, granted, 'alert.acknowledge-late', array['acknowledged-late'],
        details || '{"outcome": "first"}');
      return act_answer('done', after);
    end if;
    perform record_alert_act(before, before, granted, 'alert.acknowledge-late', array['acknowledged-late'],
      details || '{"outcome": "second"}');
  end if;
  if before.acknowledged_by is null then return act_answer('conflict', before, 'closed', null, before.closed_at); end if;
  return act_answer('already-acknowledged', before);
end $$;

create or replace function comment_alert(alert_id uuid, remark text, act json) returns act_result
  language plpgsql security definer set search_path = vicore, pg_catalog, pg_temp as $$
declare
  granted json := require_role(act, 'operator', false);
  before alert := alert_for_act(alert_id);
  after alert;
begin
  if before.id is null then return act_answer('not-found', null); end if;
  update alert a set comment = checked_text(remark, 1, 2000, 'the comment') where a.id = before.id returning a.* into after;
  perform record_alert_act(before, after, granted, 'alert.comment', array['commented'],
    jsonb_build_object('comment', remark));
  return act_answer('done', after);
end $$;

-- Takes an acknowledgement back: whose it is, within 30 s of its being recorded, and only while it is the last thing
-- that happened, comments aside.
create function undo_acknowledgement(alert_id uuid, act json) returns act_result
  language plpgsql security definer set search_path = vicore, pg_catalog, pg_temp as $$
declare
  granted json := require_role(act, 'operator', false);
  before alert := alert_for_act(alert_id);
  after alert;
  done alert_event;
  later alert_event;
  pass train_pass;
begin
  if before.id is null then return act_answer('not-found', null); end if;
  if before.acknowledged_by is null then return act_answer('conflict', before, 'not-acknowledged'); end if;
  if before.acknowledged_by <> granted ->> 'actor' then
    return act_answer('conflict', before, 'not-yours', before.acknowledged_by, before.acknowledged_at);
  end if;
  select e.* into done from alert_event e where e.alert_id = before.id and e.kind = 'acknowledged' order by e.id desc limit 1;
  select e.* into later from alert_event e
    where e.alert_id = before.id and e.id > done.id and e.kind <> 'commented'
      -- Acknowledging what was cleared closed it; that is one act.
      and not (e.kind = 'closed' and e.actor = done.actor and e.at = done.at and e.details = '{}')
    order by e.id limit 1;
  if later.id is not null then
    return act_answer('conflict', before, 'changed-since', later.actor, later.at);
  end if;
  select p.* into pass from train_pass p where p.id = before.pass_id and p.status = 'confirmed';
  if pass.id is not null then
    return act_answer('conflict', before, 'confirmed', pass.confirmed_by, pass.confirmed_at);
  end if;
  if done.recorded_at is null or clock_timestamp() not between done.recorded_at and done.recorded_at + interval '30 seconds' then
    return act_answer('conflict', before, 'too-late', before.acknowledged_by, before.acknowledged_at);
  end if;
  update alert a
    set state = case before.state when 'closed' then 'cleared-unacknowledged' else 'active-unacknowledged' end,
      acknowledged_by = null, acknowledged_at = null, owner = null
    where a.id = before.id returning a.* into after;
  perform record_alert_act(before, after, granted, 'alert.undo', array['acknowledgement-undone'],
    jsonb_build_object('acknowledgedAt', milliseconds(before.acknowledged_at)));
  return act_answer('done', after);
end $$;

-- to_subject: the new owner's; null: whoever acts takes it.
create function hand_over_alert(alert_id uuid, to_subject text, remark text, act json) returns act_result
  language plpgsql security definer set search_path = vicore, pg_catalog, pg_temp as $$
declare
  granted json := require_role(act, 'operator', false);
  before alert := alert_for_act(alert_id);
  after alert;
  receiver text;
begin
  if before.id is null then return act_answer('not-found', null); end if;
  select u.display_name into receiver from user_of(coalesce(to_subject, act ->> 'subject')) u
    where u.active and u.pseudonym is null and role_rank(u.role) >= role_rank('operator');
  if receiver is null then return act_answer('no-such-person', before); end if;
  if before.state = 'closed' then
    return act_answer('conflict', before, 'closed', before.acknowledged_by, before.closed_at);
  end if;
  if before.owner = receiver then return act_answer('conflict', before, 'has-it-already', receiver); end if;
  update alert a set owner = receiver, comment = coalesce(checked_text(remark, 0, 2000, 'the comment'), before.comment)
    where a.id = before.id returning a.* into after;
  perform record_alert_act(before, after, granted, 'alert.hand-over', array['handed-over'],
    jsonb_strip_nulls(jsonb_build_object('from', before.owner, 'to', receiver, 'comment', remark)));
  return act_answer('done', after);
end $$;

-- The act of nobody: time did it.
create function system_act(workstation_name text, alert_id uuid, moment timestamptz) returns json
  language sql stable
  return json_build_object('actor', 'system', 'role', 'system', 'workstation', workstation_name,
    'at', milliseconds(moment), 'correlationId', alert_id);

-- The alert without its shelf, and with all its time until it escalates.
create function take_from_shelf(before alert) returns alert
  language sql security definer set search_path = vicore, pg_catalog, pg_temp as $$
  update alert a set shelved_until = null, shelved_by = null, shelve_reason = null,
      unacknowledged_since = case when a.state = 'active-unacknowledged' then clock_timestamp() end
    where a.id = before.id returning a.*;
$$;

create function end_shelf(before alert, workstation_name text, moment timestamptz) returns alert
  language plpgsql security definer set search_path = vicore, pg_catalog, pg_temp as $$
declare
  after alert := take_from_shelf(before);
begin
  perform record_alert_act(before, after, system_act(workstation_name, before.id, moment), 'alert.unshelve',
    array['shelf-ended'], jsonb_build_object('until', milliseconds(before.shelved_until)));
  return after;
end $$;

create function shelve_alert(alert_id uuid, minutes integer, reason text, act json) returns act_result
  language plpgsql security definer set search_path = vicore, pg_catalog, pg_temp as $$
declare
  granted json := require_role(act, 'supervisor', false);
  before alert := alert_for_act(alert_id);
  after alert;
  moment timestamptz := date_trunc('milliseconds', clock_timestamp());
begin
  if before.id is null then return act_answer('not-found', null); end if;
  if minutes is null or minutes not between 1 and 1440 then
    raise exception 'an alert is shelved for 1 minute to 24 hours' using errcode = 'VC006';
  end if;
  if before.state = 'closed' then
    return act_answer('conflict', before, 'closed', before.acknowledged_by, before.closed_at);
  end if;
  if before.shelved_until > moment and before.shelved_by <> granted ->> 'actor' then
    return act_answer('conflict', before, 'shelved', before.shelved_by, before.shelved_until);
  end if;
  if before.shelved_until <= moment then before := end_shelf(before, act ->> 'workstation', moment); end if;
  update alert a set shelved_until = moment + make_interval(mins => minutes), shelved_by = granted ->> 'actor',
      shelve_reason = checked_text(coalesce(reason, ''), 1, 500, 'the reason')
    where a.id = before.id returning a.* into after;
  perform record_alert_act(before, after, granted, 'alert.shelve', array['shelved'],
    jsonb_build_object('until', milliseconds(after.shelved_until), 'reason', reason));
  return act_answer('done', after);
end $$;

create function unshelve_alert(alert_id uuid, act json) returns act_result
  language plpgsql security definer set search_path = vicore, pg_catalog, pg_temp as $$
declare
  granted json := require_role(act, 'supervisor', false);
  before alert := alert_for_act(alert_id);
  after alert;
  last alert_event;
begin
  if before.id is null then return act_answer('not-found', null); end if;
  if before.shelved_until is null or before.shelved_until <= clock_timestamp() then
    select e.* into last from alert_event e
      where e.alert_id = before.id and e.kind in ('unshelved', 'shelf-ended') order by e.id desc limit 1;
    return act_answer('conflict', before, 'not-shelved', last.actor, last.at);
  end if;
  after := take_from_shelf(before);
  perform record_alert_act(before, after, granted, 'alert.unshelve', array['unshelved'], '{}');
  return act_answer('done', after);
end $$;

-- What the inspection found; a later one replaces it, both stay in the history.
create function give_verdict(alert_id uuid, finding text, remark text, act json) returns act_result
  language plpgsql security definer set search_path = vicore, pg_catalog, pg_temp as $$
declare
  granted json := require_role(act, 'supervisor', false);
  before alert := alert_for_act(alert_id);
  after alert;
begin
  if before.id is null then return act_answer('not-found', null); end if;
  if finding is null or finding not in ('true', 'false', 'not-found', 'pending') then
    raise exception 'there is no verdict %', finding using errcode = 'VC006';
  end if;
  update alert a set verdict = finding, verdict_by = granted ->> 'actor',
      verdict_at = to_timestamp((act ->> 'at')::bigint / 1000.0),
      comment = coalesce(checked_text(remark, 0, 2000, 'the comment'), before.comment)
    where a.id = before.id returning a.* into after;
  perform record_alert_act(before, after, granted, 'alert.verdict', array['verdict'],
    jsonb_strip_nulls(jsonb_build_object('verdict', finding, 'before', before.verdict, 'comment', remark)));
  return act_answer('done', after);
end $$;

-- Every two seconds from the writer; doing it twice, or on two workstations at once, changes nothing. Rows that
-- somebody holds wait for the next time, and 200 of each are enough at once: the end of the audit chain is held
-- meanwhile, and with it every act. escalate_after_seconds: null is the shared setting. A moment that a clock set
-- back has brought into the far future counts as come: better told too early than never.
create function alert_tick(escalate_after_seconds integer, workstation_name text, out escalated integer,
    out ended integer)
  language plpgsql security definer set search_path = vicore, pg_catalog, pg_temp as $$
declare
  moment timestamptz := clock_timestamp();
  seconds integer := least(3600, greatest(1, coalesce(escalate_after_seconds,
    (select value from setting where key = 'alerts.escalateAfterSeconds'), 60)));
  one alert;
  due alert[];
begin
  escalated := 0;
  ended := 0;
  for one in
    select a.* from alert a where a.shelved_until <= moment or a.shelved_until > moment + interval '24 hours 1 minute'
      order by a.id limit 200 for no key update skip locked
  loop
    perform end_shelf(one, workstation_name, moment);
    ended := ended + 1;
  end loop;
  select array_agg(d.one) into due from (
    select a as one from alert a
      where a.state = 'active-unacknowledged' and a.severity = 'critical' and a.escalated_at is null
        and (a.unacknowledged_since <= moment - make_interval(secs => seconds)
          or a.unacknowledged_since > moment + interval '1 minute')
        and (a.shelved_until is null or a.shelved_until <= moment)
      order by a.unacknowledged_since limit 200 for no key update skip locked) d;
  if due is null then return; end if;
  update alert a set escalated_at = date_trunc('milliseconds', moment) where a.id in (select d.id from unnest(due) d);
  insert into alert_event (alert_id, at, actor, workstation, kind, details)
    select d.id, moment, 'system', workstation_name, 'escalated', jsonb_build_object('afterSeconds', seconds)
    from unnest(due) d;
  foreach one in array due loop
    perform write_audit(system_act(workstation_name, one.id, moment), 'alert.escalate', 'alert', one.id::text,
      alert_facts(one), alert_facts(one) || jsonb_build_object('escalatedAt', moment, 'afterSeconds', seconds));
    escalated := escalated + 1;
  end loop;
end $$;

revoke all on all functions in schema vicore from public;
