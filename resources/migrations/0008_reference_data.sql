-- What admins look after: thresholds, vehicle types, sites, cameras, settings, workstations. Every write checks the
-- person's role (VC007), locks the row, compares its revision (outcome `conflict`, with the row as it is now), checks
-- the values (VC006), writes and audits; all in the caller's transaction.

-- Thresholds -----------------------------------------------------------------------------------------------------

-- The first order of limits that makes no sense (contract/threshold-order.ts has the same rules), or null.
create function threshold_problem(rules jsonb) returns text
  language plpgsql immutable as $$
declare
  field text;
  code text;
  one jsonb;
begin
  foreach field in array array['minConfidence', 'sureConfidence', 'conflictCmm', 'incomplete', 'unseenPasses',
    'blindShare'] loop
    if jsonb_typeof(rules -> field) is distinct from 'number' then return format('%s is missing', field); end if;
    if (rules ->> field)::numeric <= 0 then return format('%s must be positive', field); end if;
  end loop;
  if (rules ->> 'minConfidence')::numeric > (rules ->> 'sureConfidence')::numeric then
    return 'minConfidence is above sureConfidence';
  end if;
  if (rules ->> 'sureConfidence')::numeric > 1 or (rules ->> 'blindShare')::numeric > 1 then
    return 'a share or confidence is above 1';
  end if;
  if jsonb_typeof(rules -> 'types') is distinct from 'object' then return 'types is missing'; end if;
  for code, one in select * from jsonb_each(rules -> 'types') loop
    foreach field in array array['criticalLowCmm', 'warningLowCmm', 'warningHighCmm', 'criticalHighCmm',
      'asymmetryWarningCmm', 'asymmetryCriticalCmm', 'window', 'minHistory', 'dropCmm', 'axles'] loop
      if jsonb_typeof(one -> field) is distinct from 'number' then return format('%s: %s is missing', code, field); end if;
      if (one ->> field)::numeric <> trunc((one ->> field)::numeric) then
        return format('%s: %s is not a whole number', code, field);
      end if;
    end loop;
    foreach field in array array['criticalLowCmm', 'dropCmm', 'asymmetryCriticalCmm', 'window', 'minHistory'] loop
      if (one ->> field)::numeric <= 0 then return format('%s: %s must be positive', code, field); end if;
    end loop;
    if not ((one ->> 'criticalLowCmm')::numeric < (one ->> 'warningLowCmm')::numeric
      and (one ->> 'warningLowCmm')::numeric < (one ->> 'warningHighCmm')::numeric
      and (one ->> 'warningHighCmm')::numeric < (one ->> 'criticalHighCmm')::numeric) then
      return format('%s: the heights are not in order', code);
    end if;
    if not (one ->> 'asymmetryWarningCmm')::numeric < (one ->> 'asymmetryCriticalCmm')::numeric then
      return format('%s: asymmetryWarningCmm is not below asymmetryCriticalCmm', code);
    end if;
    if (one ->> 'minHistory')::numeric > (one ->> 'window')::numeric then
      return format('%s: minHistory is above window', code);
    end if;
  end loop;
  return null;
end $$;

create type threshold_result as (outcome text, "set" threshold_set);

-- A new version. base: the newest version when the person began. effective_ms: absent is now, never in the past.
create function save_thresholds(base integer, rules jsonb, reason text, effective_ms bigint, act json)
  returns threshold_result
  language plpgsql security definer set search_path = vicore, pg_catalog, pg_temp as $$
declare
  granted json := require_role(act, 'admin', false);
  starts timestamptz := coalesce(to_timestamp(effective_ms / 1000.0), date_trunc('milliseconds', clock_timestamp()));
  problem text := threshold_problem(rules);
  newest threshold_set;
  made threshold_set;
begin
  lock table threshold_set in share row exclusive mode;
  select * into newest from threshold_set order by version desc limit 1;
  if newest.version is distinct from base then return row ('conflict', newest)::threshold_result; end if;
  if problem is not null then raise exception '%', problem using errcode = 'VC006'; end if;
  if effective_ms is not null and starts < date_trunc('milliseconds', now()) then
    raise exception 'thresholds cannot take effect in the past' using errcode = 'VC006';
  end if;
  insert into threshold_set (version, effective_at, created_by, reason, rules)
    values (base + 1, starts, granted ->> 'actor', reason, rules) returning * into made;
  perform write_audit(granted, 'threshold.save', 'threshold_set', made.version::text,
    jsonb_build_object('version', newest.version, 'rules', newest.rules),
    jsonb_build_object('version', made.version, 'rules', made.rules, 'effectiveAt', made.effective_at,
      'reason', reason));
  return row ('done', made)::threshold_result;
end $$;

-- Vehicle types --------------------------------------------------------------------------------------------------

alter table vehicle_type add revision integer not null default 1;

-- Which vehicles of which type passed lately, kept as they pass: to ask vehicle_record would read gigabytes.
create table vehicle_seen (
  vehicle_type text not null,
  vehicle_number text not null,
  last_seen_at timestamptz not null,
  primary key (vehicle_type, vehicle_number)
);
insert into vehicle_seen (vehicle_type, vehicle_number, last_seen_at)
  select vehicle_type, vehicle_number, max(started_at) from vehicle_record
    where started_at > now() - interval '31 days' and identified and vehicle_type is not null
      and vehicle_number is not null
    group by 1, 2;

create or replace function feed_vehicle() returns trigger language plpgsql as $$
declare
  novel boolean;
begin
  insert into vicore.change (kind, ids, indexes)
    select 'vehicle', array_agg(pass_id), array_agg(index::integer) from changed having count(*) > 0;
  if not found then return null; end if;
  perform vicore.announce();
  -- Once a pass and vehicle, however often they are written.
  perform from changed c
    where c.identified and c.vehicle_number is not null and c.started_at > now() - interval '31 days'
      and not exists (select from vicore.vehicle_seen s where s.vehicle_type = c.vehicle_type
        and s.vehicle_number = c.vehicle_number and s.last_seen_at >= c.started_at)
    limit 1;
  if not found then return null; end if;
  with kept as (
    insert into vicore.vehicle_seen as s (vehicle_type, vehicle_number, last_seen_at)
      select c.vehicle_type, c.vehicle_number, max(c.started_at) from changed c
        where c.identified and c.vehicle_number is not null and c.vehicle_type is not null
          and c.started_at > now() - interval '31 days'
        group by 1, 2 order by 1, 2
      on conflict (vehicle_type, vehicle_number) do update set last_seen_at = excluded.last_seen_at
        where s.last_seen_at < excluded.last_seen_at
      returning s.vehicle_type
  )
  select exists (select from kept k where not exists (select from vicore.vehicle_type t where t.code = k.vehicle_type))
    into novel;
  if novel then insert into vicore.change (kind) values ('vehicle-type'); end if;
  return null;
end $$;
create trigger feed_insert after insert on vehicle_type referencing new table as changed
  for each statement execute function feed_reference('vehicle-type');
create trigger feed_update after update on vehicle_type referencing new table as changed
  for each statement execute function feed_reference('vehicle-type');

create type vehicle_type_result as (outcome text, type vehicle_type);

-- known_revision 0: nobody has entered it yet.
create function save_vehicle_type(wanted text, called text, wanted_axles integer, known_revision integer, act json)
  returns vehicle_type_result
  language plpgsql security definer set search_path = vicore, pg_catalog, pg_temp as $$
declare
  granted json := require_role(act, 'admin', false);
  before vehicle_type;
  after vehicle_type;
begin
  if length(wanted) not between 1 and 64 or length(trim(called)) not between 1 and 100 then
    raise exception 'a vehicle type needs a code and a name' using errcode = 'VC006';
  end if;
  if wanted_axles not between 2 and 8 then
    raise exception 'a vehicle type has 2 to 8 axles' using errcode = 'VC006';
  end if;
  if known_revision = 0 then
    insert into vehicle_type (code, name, axles, layout)
      values (wanted, called, wanted_axles,
        (select array_agg(position_code(place) order by place) from generate_series(1, wanted_axles * 4) as place))
      on conflict do nothing returning * into after;
  end if;
  if after.code is null then
    select * into before from vehicle_type where code = wanted for no key update;
    if not found then return row ('not-found', null::vehicle_type)::vehicle_type_result; end if;
    if before.revision <> known_revision then return row ('conflict', before)::vehicle_type_result; end if;
    update vehicle_type set name = called, axles = wanted_axles, revision = revision + 1,
        layout = (select array_agg(position_code(place) order by place)
          from generate_series(1, wanted_axles * 4) as place)
      where code = wanted returning * into after;
  end if;
  perform write_audit(granted, 'vehicle-type.save', 'vehicle_type', wanted,
    case when before.code is not null then jsonb_build_object('name', before.name, 'axles', before.axles) end,
    jsonb_build_object('name', after.name, 'axles', after.axles));
  return row ('done', after)::vehicle_type_result;
end $$;

-- Sites ----------------------------------------------------------------------------------------------------------

-- What people call a site and track of the camera systems, and the zone its times are shown in.
create table site (
  site text not null,
  track text not null,
  name text,
  time_zone text,
  revision integer not null default 1,
  primary key (site, track)
);
create trigger feed_insert after insert on site referencing new table as changed
  for each statement execute function feed_reference('site');
create trigger feed_update after update on site referencing new table as changed
  for each statement execute function feed_reference('site');

create function feed_new_site() returns trigger language plpgsql as $$
begin
  insert into vicore.change (kind) values ('site');
  perform vicore.announce();
  return null;
end $$;
create trigger feed_site after update on stream_position for each row
  when ((old.site, old.track) is distinct from (new.site, new.track)) execute function feed_new_site();

create type site_result as (outcome text, site site);

create function save_site(wanted_site text, wanted_track text, called text, zone text, known_revision integer, act json)
  returns site_result
  language plpgsql security definer set search_path = vicore, pg_catalog, pg_temp as $$
declare
  granted json := require_role(act, 'admin', false);
  before site;
  after site;
begin
  if zone is not null and not exists (select from pg_timezone_names z where z.name = zone) then
    raise exception 'there is no time zone %', zone using errcode = 'VC006';
  end if;
  if length(called) > 100 then raise exception 'the name is too long' using errcode = 'VC006'; end if;
  if not exists (select from stream_position p where p.site = wanted_site and p.track = wanted_track)
    and not exists (select from site s where s.site = wanted_site and s.track = wanted_track) then
    return row ('not-found', null::site)::site_result;
  end if;
  if known_revision = 0 then
    insert into site (site, track, name, time_zone) values (wanted_site, wanted_track, called, zone)
      on conflict do nothing returning * into after;
  end if;
  if after.site is null then
    select * into before from site s where s.site = wanted_site and s.track = wanted_track for no key update;
    if not found then
      return row ('conflict', row (wanted_site, wanted_track, null, null, 0)::site)::site_result;
    end if;
    if before.revision <> known_revision then return row ('conflict', before)::site_result; end if;
    update site s set name = called, time_zone = zone, revision = s.revision + 1
      where s.site = wanted_site and s.track = wanted_track returning * into after;
  end if;
  perform write_audit(granted, 'site.save', 'site', wanted_site || '/' || wanted_track,
    case when before.site is not null then jsonb_build_object('name', before.name, 'timeZone', before.time_zone) end,
    jsonb_build_object('name', after.name, 'timeZone', after.time_zone));
  return row ('done', after)::site_result;
end $$;

-- Cameras --------------------------------------------------------------------------------------------------------

alter table camera
  -- what people call it; `name` is what the camera system calls it
  add given_name text,
  add revision integer not null default 0;
create index camera_status_camera on camera_status (stream_id, camera_id, id desc);
create trigger feed_insert after insert on camera referencing new table as changed
  for each statement execute function feed_reference('camera');
create trigger feed_update after update on camera referencing new table as changed
  for each statement execute function feed_reference('camera');
create trigger feed_insert after insert on camera_status referencing new table as changed
  for each statement execute function feed_reference('camera');

create type camera_result as (outcome text, camera camera);

create function save_camera(wanted_stream text, wanted_camera text, called text, known_revision integer, act json)
  returns camera_result
  language plpgsql security definer set search_path = vicore, pg_catalog, pg_temp as $$
declare
  granted json := require_role(act, 'admin', false);
  before camera;
  after camera;
begin
  if length(called) > 100 then raise exception 'the name is too long' using errcode = 'VC006'; end if;
  select * into before from camera c where c.stream_id = wanted_stream and c.id = wanted_camera for no key update;
  if not found then return row ('not-found', null::camera)::camera_result; end if;
  if before.revision <> known_revision then return row ('conflict', before)::camera_result; end if;
  update camera c set given_name = called, revision = c.revision + 1
    where c.stream_id = wanted_stream and c.id = wanted_camera returning * into after;
  perform write_audit(granted, 'camera.save', 'camera', wanted_stream || '/' || wanted_camera,
    jsonb_build_object('givenName', before.given_name), jsonb_build_object('givenName', after.given_name));
  return row ('done', after)::camera_result;
end $$;

-- Settings -------------------------------------------------------------------------------------------------------

-- Only those that somebody has changed; standards and bounds are the program's (contract/settings.ts).
create table setting (
  key text primary key,
  value integer not null,
  updated_by text not null,
  updated_at timestamptz not null,
  reason text not null,
  revision integer not null default 1
);
create trigger feed_insert after insert on setting referencing new table as changed
  for each statement execute function feed_reference('setting');
create trigger feed_update after update on setting referencing new table as changed
  for each statement execute function feed_reference('setting');

-- The values a setting may have; null: there is no such setting.
create function setting_bounds(key text) returns int4range
  language sql immutable
  return case key
    when 'alerts.escalateAfterSeconds' then int4range(10, 3600, '[]')
    when 'cache.days' then int4range(1, 90, '[]')
    when 'retention.measurementMonths' then int4range(3, 240, '[]')
    when 'session.lockAfterMinutes' then int4range(0, 480, '[]')
  end;

create type setting_result as (outcome text, setting setting);

create function save_setting(wanted text, wanted_value integer, why text, known_revision integer, act json)
  returns setting_result
  language plpgsql security definer set search_path = vicore, pg_catalog, pg_temp as $$
declare
  granted json := require_role(act, 'admin', false);
  before setting;
  after setting;
begin
  if not coalesce(setting_bounds(wanted) @> wanted_value, false) then
    raise exception '% cannot be %', wanted, wanted_value using errcode = 'VC006';
  end if;
  if known_revision = 0 then
    insert into setting (key, value, updated_by, updated_at, reason)
      values (wanted, wanted_value, granted ->> 'actor', clock_timestamp(), why)
      on conflict do nothing returning * into after;
  end if;
  if after.key is null then
    select * into before from setting s where s.key = wanted for no key update;
    if not found then return row ('not-found', null::setting)::setting_result; end if;
    if before.revision <> known_revision then return row ('conflict', before)::setting_result; end if;
    update setting s set value = wanted_value, updated_by = granted ->> 'actor', updated_at = clock_timestamp(),
        reason = why, revision = s.revision + 1
      where s.key = wanted returning * into after;
  end if;
  perform write_audit(granted, 'setting.save', 'setting', wanted,
    case when before.key is not null then jsonb_build_object('value', before.value) end,
    jsonb_build_object('value', after.value, 'reason', why));
  return row ('done', after)::setting_result;
end $$;

-- Workstations ---------------------------------------------------------------------------------------------------

alter table workstation add person text;

-- Each minute from every workstation, and when somebody signs in or out there.
create function touch_workstation(workstation_name text, running text, signed_in text) returns void
  language sql security definer set search_path = vicore, pg_catalog, pg_temp as $$
  insert into workstation (name, version, person) values (workstation_name, running, signed_in)
    on conflict (name) do update
      set version = excluded.version, person = excluded.person, last_seen_at = clock_timestamp();
$$;

revoke all on all functions in schema vicore from public;
