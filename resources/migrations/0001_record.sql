-- The shared record: tables and the documented views (docs/database.md).
-- Every name in schema vicore that docs/database.md lists is public: integrators select from it.

create table train_pass (
  id uuid primary key,
  train_number text not null,
  site text not null,
  site_track text not null,
  track text not null,
  direction text not null check (direction in ('uk-fr', 'fr-uk')),
  stream_id text not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  vehicle_count integer,
  speed_kmh double precision,
  status text not null check (status in ('in-progress', 'pending', 'confirmed')),
  aborted boolean not null default false,
  state text check (state in ('ok', 'warning', 'critical', 'unmeasured')),
  threshold_version integer not null,
  confirmed_by text,
  confirmed_at timestamptz,
  notes text check (length(notes) <= 500),
  reopened boolean not null default false,
  -- seq of the last event that changed the pass
  revision bigint not null default 0,
  -- the analysis' own memory of the pass, opaque here
  work json
);
create index train_pass_started on train_pass (started_at desc, id desc);
create index train_pass_open on train_pass (stream_id) where ended_at is null;

-- One row a vehicle, springs in layout order 1La 1Lb 1Ra 1Rb 2La …: a sixteenth of the rows of the one-per-spring
-- form (docs/decisions/0007-row-per-vehicle.md).
create table vehicle_record (
  pass_id uuid not null,
  started_at timestamptz not null,
  index smallint not null,
  identified boolean not null,
  contradicted boolean not null default false,
  vehicle_number text,
  vehicle_type text,
  axles smallint not null,
  leading_end text check (leading_end in ('A', 'B')),
  state text,
  blank_count smallint not null,
  height_cmm integer[] not null,
  relative_cmm integer[] not null,
  confidence double precision[] not null,
  defect text[] not null,
  defect_confidence double precision[] not null,
  spring_state text[] not null,
  image_id text[] not null,
  camera_id text[] not null,
  -- milliseconds since the epoch
  measured_at bigint[] not null,
  -- fixed sides that ran on a camera-blind side
  blind_sides text[] not null default '{}',
  work json,
  primary key (pass_id, index, started_at)
) partition by range (started_at);
create index vehicle_record_history on vehicle_record (vehicle_number, started_at, pass_id)
  where identified and not contradicted;

-- Whatever has no partition of its own lands here: nothing is lost when one is missing (fault 23).
create table vehicle_record_default partition of vehicle_record default;

create view pass_vehicle as
  select pass_id,
    index::integer as index,
    vehicle_number,
    vehicle_type,
    case when identified then axles::integer end as axles,
    leading_end,
    state,
    blank_count::integer as blank_count,
    identified
  from vehicle_record;

create function position_code(place bigint) returns text
  language sql immutable strict parallel safe
  return ((place - 1) / 4 + 1)::text || (array['La', 'Lb', 'Ra', 'Rb'])[(place - 1) % 4 + 1];

create view spring_measurement as
  select v.pass_id,
    v.index::integer as vehicle_index,
    position_code(s.place) as position,
    to_timestamp(s.measured_at / 1000.0) as measured_at,
    (s.height_cmm / 100.0)::numeric(7, 2) as height_mm,
    s.confidence,
    s.defect,
    s.spring_state as state,
    s.image_id,
    s.camera_id
  from vehicle_record v
    join train_pass p on p.id = v.pass_id
    cross join lateral rows from (
      unnest(v.height_cmm), unnest(v.confidence), unnest(v.defect), unnest(v.spring_state), unnest(v.image_id),
      unnest(v.camera_id), unnest(v.measured_at)
    ) with ordinality as s (height_cmm, confidence, defect, spring_state, image_id, camera_id, measured_at, place)
  -- While the pass runs, a spring without any measurement has nothing to say yet.
  where p.ended_at is not null or s.defect is not null;

create table alert (
  id uuid primary key,
  pass_id uuid references train_pass (id),
  vehicle_index integer,
  -- spring 3Rb, pair 3b, running side left or right, or empty
  position text,
  rule text not null check (rule in ('defect', 'height', 'asymmetry', 'conflict', 'trend', 'unseen', 'incomplete',
    'identity', 'count-mismatch', 'camera-blind', 'data-gap')),
  severity text not null check (severity in ('warning', 'critical')),
  state text not null check (state in ('active-unacknowledged', 'active-acknowledged', 'cleared-unacknowledged', 'closed')),
  present boolean not null,
  -- mm for heights and differences, counts or shares otherwise
  value numeric,
  limit_value numeric,
  raised_at timestamptz not null,
  received_at timestamptz not null,
  acknowledged_by text,
  acknowledged_at timestamptz,
  comment text,
  shelved_until timestamptz,
  escalated_at timestamptz,
  verdict text check (verdict in ('true', 'false', 'not-found', 'pending')),
  stream_id text,
  train_number text,
  track text,
  vehicle_number text,
  defect text,
  check ((pass_id is null) = (rule = 'data-gap'))
);
create index alert_pass on alert (pass_id, vehicle_index);
create index alert_raised on alert (raised_at desc, id desc);
create index alert_open on alert (severity, raised_at desc) where state <> 'closed';

create table alert_event (
  id bigint generated always as identity primary key,
  alert_id uuid not null references alert (id),
  at timestamptz not null,
  actor text not null,
  workstation text not null,
  kind text not null,
  details jsonb not null default '{}'
);
create index alert_event_alert on alert_event (alert_id, id);

create table threshold_set (
  version integer primary key,
  effective_at timestamptz not null,
  created_by text not null,
  reason text not null,
  rules jsonb not null
);

create table vehicle_type (
  code text primary key,
  name text not null,
  axles integer not null check (axles between 2 and 8),
  -- fixed positions in layout order
  layout text[] not null
);

-- A supervisor's statement that a vehicle's springs were renewed: its trend starts anew (rule 5, docs/domain.md).
create table maintenance_mark (
  id bigint generated always as identity primary key,
  vehicle_number text not null,
  at timestamptz not null,
  actor text not null,
  reason text not null
);
create index maintenance_mark_vehicle on maintenance_mark (vehicle_number, at desc);

create table camera (
  id text not null,
  stream_id text not null,
  site text not null,
  track text not null,
  side text not null check (side in ('left', 'right')),
  name text not null,
  primary key (stream_id, id)
);

create table camera_status (
  id bigint generated always as identity primary key,
  stream_id text not null,
  camera_id text not null,
  status text not null,
  at timestamptz not null,
  received_at timestamptz not null,
  workstation text not null,
  unique (stream_id, camera_id, at, status)
);

create table link_status (
  id bigint generated always as identity primary key,
  stream_id text not null,
  state text not null,
  reason text not null,
  at timestamptz not null,
  workstation text not null,
  unique (workstation, stream_id, at, state)
);

create table app_user (
  id uuid primary key default gen_random_uuid(),
  subject text not null unique,
  display_name text not null,
  email text,
  role text not null check (role in ('viewer', 'operator', 'supervisor', 'admin')),
  active boolean not null default true,
  last_login_at timestamptz
);

create table audit_log (
  id bigint primary key,
  at timestamptz not null,
  actor text not null,
  role text not null,
  workstation text not null,
  action text not null,
  entity text not null,
  entity_id text not null,
  before jsonb,
  after jsonb,
  correlation_id text not null,
  previous_hash bytea not null,
  hash bytea not null
);

-- The end of the audit chain, so that a cut-off tail is noticed too.
create table audit_head (
  singleton boolean primary key default true check (singleton),
  id bigint not null,
  hash bytea not null
);
insert into audit_head (id, hash) values (0, decode(repeat('00', 32), 'hex'));

create table rejected_message (
  id bigint generated always as identity primary key,
  stream_id text not null,
  seq bigint,
  at timestamptz not null,
  reason text not null,
  text text not null
);
create unique index rejected_message_seq on rejected_message (stream_id, seq, md5(reason)) where seq is not null;
create unique index rejected_message_unreadable on rejected_message (stream_id, at, md5(reason), md5(text))
  where seq is null;

create table stream_position (
  stream_id text primary key,
  last_seq bigint not null,
  updated_at timestamptz not null,
  workstation text not null,
  site text not null,
  track text not null,
  cameras jsonb not null default '[]'
);

-- What changed, one row a statement, identities only. Readers keep their place by transaction (xid), because a
-- lower id can become visible later than a higher one (docs/database.md, change feed).
create table change (
  id bigint generated always as identity primary key,
  xid xid8 not null default pg_current_xact_id(),
  -- tells a database that was restored from a backup: the same id has another token there
  token uuid not null default gen_random_uuid(),
  at timestamptz not null default now(),
  kind text not null check (kind in ('pass', 'vehicle', 'alert', 'rejected', 'threshold')),
  -- for kind vehicle: pass_ids[i] and indexes[i] belong together
  ids uuid[] not null default '{}',
  indexes integer[] not null default '{}',
  numbers bigint[] not null default '{}'
);
create index change_xid on change (xid);

create table workstation (
  name text primary key,
  version text not null,
  first_seen_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now()
);

-- Months from `first` to `last` (UTC) as partitions of their own. Returns how many were made.
create function ensure_partitions(first timestamptz, last timestamptz) returns integer
  language plpgsql as $$
declare
  month timestamp := date_trunc('month', first at time zone 'UTC');
  name text;
  made integer := 0;
begin
  while month <= last at time zone 'UTC' loop
    name := 'vehicle_record_' || to_char(month, 'YYYY_MM');
    if to_regclass(format('vicore.%I', name)) is null then
      -- Rows that came before their partition move into it.
      execute format('create table vicore.%I (like vicore.vehicle_record including defaults including constraints)', name);
      execute format('alter table vicore.%I set (toast_tuple_target = 8160, autovacuum_vacuum_scale_factor = 0.05)', name);
      execute format(
        'with moved as (delete from vicore.vehicle_record_default where started_at >= %L and started_at < %L returning *)
         insert into vicore.%I select * from moved',
        month at time zone 'UTC', (month + interval '1 month') at time zone 'UTC', name);
      execute format('alter table vicore.vehicle_record attach partition vicore.%I for values from (%L) to (%L)',
        name, month at time zone 'UTC', (month + interval '1 month') at time zone 'UTC');
      made := made + 1;
    end if;
    month := month + interval '1 month';
  end loop;
  return made;
end $$;

select ensure_partitions(now() - interval '2 months', now() + interval '6 months');
