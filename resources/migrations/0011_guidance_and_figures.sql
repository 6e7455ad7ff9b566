-- Guidance for people, renewed springs, what the figures of the alarm system are read by, and who may call all this.

-- Guidance -------------------------------------------------------------------------------------------------------

-- What a person does about an alert of this rule and severity; only those that somebody has written.
create table guidance (
  rule text not null,
  severity text not null check (severity in ('warning', 'critical')),
  text_en text not null,
  text_fr text not null,
  -- steps to tick: [{en, fr}]
  checklist jsonb not null,
  updated_by text not null,
  updated_at timestamptz not null,
  revision integer not null default 1,
  primary key (rule, severity)
);

alter table change drop constraint change_kind_check;
alter table change add check (kind in ('pass', 'vehicle', 'alert', 'rejected', 'threshold', 'user', 'vehicle-type',
  'site', 'camera', 'setting', 'guidance', 'maintenance'));
create trigger feed_insert after insert on guidance referencing new table as changed
  for each statement execute function feed_reference('guidance');
create trigger feed_update after update on guidance referencing new table as changed
  for each statement execute function feed_reference('guidance');

create function guidance_facts(entry guidance) returns jsonb
  language sql immutable
  return jsonb_build_object('textEn', entry.text_en, 'textFr', entry.text_fr, 'checklist', entry.checklist);

create type guidance_result as (outcome text, guidance guidance);

-- known_revision 0: nobody has written one yet.
create function save_guidance(wanted_rule text, wanted_severity text, en text, fr text, steps jsonb,
    known_revision integer, act json) returns guidance_result
  language plpgsql security definer set search_path = vicore, pg_catalog, pg_temp as $$
declare
  granted json := require_role(act, 'admin', false);
  before guidance;
  after guidance;
begin
  if wanted_rule not in ('defect', 'height', 'asymmetry', 'conflict', 'trend', 'unseen', 'incomplete', 'identity',
      'count-mismatch', 'camera-blind', 'data-gap') or wanted_severity not in ('warning', 'critical') then
    raise exception 'there is no rule % of severity %', wanted_rule, wanted_severity using errcode = 'VC006';
  end if;
  perform checked_text(en, 0, 4000, 'the English text'), checked_text(fr, 0, 4000, 'the French text');
  if jsonb_typeof(steps) is distinct from 'array' or jsonb_array_length(steps) > 20
    or exists (select from jsonb_array_elements(steps) s
      where jsonb_typeof(s -> 'en') is distinct from 'string' or jsonb_typeof(s -> 'fr') is distinct from 'string'
        or length(s ->> 'en') > 300 or length(s ->> 'fr') > 300) then
    raise exception 'a checklist is up to 20 steps, each in both languages' using errcode = 'VC006';
  end if;
  if known_revision = 0 then
    insert into guidance (rule, severity, text_en, text_fr, checklist, updated_by, updated_at)
      values (wanted_rule, wanted_severity, en, fr, steps, granted ->> 'actor', clock_timestamp())
      on conflict do nothing returning * into after;
  end if;
  if after.rule is null then
    select * into before from guidance g where g.rule = wanted_rule and g.severity = wanted_severity for no key update;
    if not found then return row ('not-found', null::guidance)::guidance_result; end if;
    if before.revision <> known_revision then return row ('conflict', before)::guidance_result; end if;
    update guidance g set text_en = en, text_fr = fr, checklist = steps, updated_by = granted ->> 'actor',
        updated_at = clock_timestamp(), revision = g.revision + 1
      where g.rule = wanted_rule and g.severity = wanted_severity returning * into after;
  end if;
  perform write_audit(granted, 'guidance.save', 'guidance', wanted_rule || '/' || wanted_severity,
    case when before.rule is not null then guidance_facts(before) end, guidance_facts(after));
  return row ('done', after)::guidance_result;
end $$;

-- The values a setting may have; null: there is no such setting.
create or replace function setting_bounds(key text) returns int4range
  language sql immutable
  return case key
    when 'alerts.escalateAfterSeconds' then int4range(10, 3600, '[]')
    when 'alerts.soundAgainSeconds' then int4range(30, 120, '[]')
    when 'cache.days' then int4range(1, 90, '[]')
    when 'retention.measurementMonths' then int4range(3, 240, '[]')
    when 'session.lockAfterMinutes' then int4range(0, 480, '[]')
  end;

-- Maintenance ----------------------------------------------------------------------------------------------------

create function feed_maintenance() returns trigger language plpgsql as $$
begin
  insert into vicore.change (kind, numbers) select 'maintenance', array_agg(id) from changed having count(*) > 0;
  if found then perform vicore.announce(); end if;
  return null;
end $$;
create trigger feed_insert after insert on maintenance_mark referencing new table as changed
  for each statement execute function feed_maintenance();

create type maintenance_result as (outcome text, mark maintenance_mark);

-- The vehicle's springs were renewed: its trend and its known findings begin anew.
create function record_maintenance(wanted text, why text, act json) returns maintenance_result
  language plpgsql security definer set search_path = vicore, pg_catalog, pg_temp as $$
declare
  granted json := require_role(act, 'supervisor', false);
  made maintenance_mark;
begin
  perform checked_text(coalesce(why, ''), 1, 500, 'the reason');
  if not exists (select from alert a where a.vehicle_number = wanted)
    and not exists (select from vehicle_record v where v.vehicle_number = wanted and v.identified and not v.contradicted) then
    return row ('not-found', null::maintenance_mark)::maintenance_result;
  end if;
  insert into maintenance_mark (vehicle_number, at, actor, reason)
    values (wanted, date_trunc('milliseconds', clock_timestamp()), granted ->> 'actor', why) returning * into made;
  perform write_audit(granted, 'maintenance.record', 'vehicle', wanted, null,
    jsonb_build_object('at', made.at, 'reason', why));
  return row ('done', made)::maintenance_result;
end $$;

-- Figures --------------------------------------------------------------------------------------------------------

create index alert_closed on alert (closed_at, raised_at) where closed_at is not null;
create index alert_judged on alert (raised_at) where verdict is not null;
create index alert_event_returned on alert_event (at) where kind = 'returned';
create index alert_event_shelved on alert_event (at) where kind = 'shelved';
create index audit_log_handled on audit_log (at, user_id)
  where action in ('alert.acknowledge', 'alert.acknowledge-late', 'pass.confirm');

-- Names, entries, rights -----------------------------------------------------------------------------------------

-- As in 0009, with the owner, the shelf, the verdict and the guidance.
create or replace function pseudonymise_user(wanted_id uuid, known_revision integer, why text, act json) returns user_result
  language plpgsql security definer set search_path = vicore, pg_catalog, pg_temp as $$
declare
  granted json;
  before app_user;
  after app_user;
  alias text;
  names text[];
  spared text[];
  rewrite bigint;
  rewritten bigint[];
  touched uuid[];
  seen bigint;
begin
  perform from app_user u where u.id = wanted_id or u.id = (select k.id from user_of(act ->> 'subject') k)
    order by u.id for no key update;
  granted := require_role(act, 'admin', false);
  select * into before from app_user where id = wanted_id;
  if not found then return row ('not-found', null::app_user)::user_result; end if;
  if before.revision <> known_revision then return row ('conflict', before)::user_result; end if;
  if before.pseudonym is not null then
    raise exception 'the name of this person was replaced already' using errcode = 'VC006';
  end if;
  if before.id = (granted ->> 'userId')::uuid then
    raise exception 'an admin cannot take their own rights; another admin can' using errcode = 'VC008';
  end if;
  alias := 'person-' || left(before.id::text, 8);
  if exists (select from app_user u where u.pseudonym = alias) then alias := 'person-' || before.id; end if;
  -- The longest first: one may be part of another.
  select array_agg(n.name order by length(n.name) desc, n.name) into names from (
    select name from user_name where user_id = before.id
    union select before.display_name union select before.subject
    union select before.email where before.email <> '') n;
  spared := array(select n.name from user_name n where n.user_id <> before.id);

  perform set_config('vicore.pseudonymising', 'on', true);
  update app_user set display_name = alias, subject = alias, email = null, pseudonym = alias,
      subject_digest = sha256(convert_to(before.subject, 'UTF8')), active = false,
      override_reason = replace_names(override_reason, names, spared, alias),
      inactive_reason = replace_names(inactive_reason, names, spared, alias), revision = revision + 1
    where id = before.id returning * into after;
  delete from user_name where user_id = before.id;
  update app_user u set override_reason = replace_names(u.override_reason, names, spared, alias),
      inactive_reason = replace_names(u.inactive_reason, names, spared, alias)
    where u.id <> before.id and (replace_names(u.override_reason, names, spared, alias),
      replace_names(u.inactive_reason, names, spared, alias)) is distinct from (u.override_reason, u.inactive_reason);

  perform from train_pass p where p.confirmed_by = any (names)
    or p.notes is not null and replace_names(p.notes, names, spared, alias) <> p.notes order by p.id for no key update;
  update train_pass p set confirmed_by = replace_names(p.confirmed_by, names, spared, alias),
      notes = replace_names(p.notes, names, spared, alias)
    where p.confirmed_by = any (names) or p.notes is not null and replace_names(p.notes, names, spared, alias) <> p.notes;
  perform from alert a
    where array[a.acknowledged_by, a.owner, a.shelved_by, a.verdict_by] && names
      or a.comment is not null and replace_names(a.comment, names, spared, alias) <> a.comment
      or a.shelve_reason is not null and replace_names(a.shelve_reason, names, spared, alias) <> a.shelve_reason
    order by a.id for update;
  update alert a set acknowledged_by = replace_names(a.acknowledged_by, names, spared, alias),
      owner = replace_names(a.owner, names, spared, alias), shelved_by = replace_names(a.shelved_by, names, spared, alias),
      verdict_by = replace_names(a.verdict_by, names, spared, alias),
      comment = replace_names(a.comment, names, spared, alias),
      shelve_reason = replace_names(a.shelve_reason, names, spared, alias)
    where array[a.acknowledged_by, a.owner, a.shelved_by, a.verdict_by] && names
      or a.comment is not null and replace_names(a.comment, names, spared, alias) <> a.comment
      or a.shelve_reason is not null and replace_names(a.shelve_reason, names, spared, alias) <> a.shelve_reason;
  with done as (
    update alert_event e set actor = replace_names(e.actor, names, spared, alias), details = replace_names(e.details, names, spared, alias)
      where e.actor = any (names) or exists (select from unnest(names) n where position(n in e.details::text) > 0)
      returning e.alert_id
  )
  select array_agg(distinct alert_id) into touched from done;
  if touched is not null then
    insert into change (kind, ids) values ('alert', touched);
    perform announce();
  end if;
  update maintenance_mark m set actor = replace_names(m.actor, names, spared, alias), reason = replace_names(m.reason, names, spared, alias)
    where m.actor = any (names) or replace_names(m.reason, names, spared, alias) <> m.reason;
  update threshold_set t set created_by = replace_names(t.created_by, names, spared, alias),
      reason = replace_names(t.reason, names, spared, alias)
    where t.created_by = any (names) or replace_names(t.reason, names, spared, alias) <> t.reason;
  update setting s set updated_by = replace_names(s.updated_by, names, spared, alias), reason = replace_names(s.reason, names, spared, alias)
    where s.updated_by = any (names) or replace_names(s.reason, names, spared, alias) <> s.reason;
  update guidance g set updated_by = replace_names(g.updated_by, names, spared, alias),
      text_en = replace_names(g.text_en, names, spared, alias), text_fr = replace_names(g.text_fr, names, spared, alias),
      checklist = replace_names(g.checklist, names, spared, alias)
    where g.updated_by = any (names)
      or (replace_names(g.text_en, names, spared, alias), replace_names(g.text_fr, names, spared, alias),
        replace_names(g.checklist, names, spared, alias)) is distinct from (g.text_en, g.text_fr, g.checklist);
  update workstation w set person = alias where w.person = any (names);

  -- Most rows are found before the end of the chain is locked; under the lock only those that came meanwhile. Numbers
  -- are given under that lock: whoever sees one sees all below it.
  seen := (select coalesce(max(id), 0) from audit_log);
  rewritten := audit_rows_naming(before.id, names, spared, alias, 0, seen);
  select h.id + 1 into rewrite from audit_head h for update;
  rewritten := rewritten || audit_rows_naming(before.id, names, spared, alias, seen, rewrite);
  update audit_log l set actor = case when l.user_id = before.id or l.actor = any (names) then alias else l.actor end,
      before = replace_names(l.before, names, spared, alias), after = replace_names(l.after, names, spared, alias), salt = null
    where l.id = any (rewritten);
  insert into audit_rewrite (row_id, rewrite_id, digest)
    select l.id, rewrite, audit_row_digest(l) from audit_log l where l.id = any (rewritten);
  perform write_audit(granted, 'user.pseudonymise', 'user', before.id::text, null,
    jsonb_build_object('pseudonym', alias, 'rows', cardinality(rewritten), 'digest', audit_rewrite_digest(rewrite),
      'reason', replace_names(why, names, spared, alias)));
  perform set_config('vicore.pseudonymising', '', true);
  return row ('done', after)::user_result;
end $$;

-- As in 0009; what a workstation silences, mutes and exports is its own to tell.
create or replace function audit_entries(entries json) returns integer
  language plpgsql security definer set search_path = vicore, pg_catalog, pg_temp as $$
declare
  entry record;
  who app_user;
  known text[];
  added integer := 0;
begin
  -- The end of the chain first, so that two workstations take turns.
  perform from audit_head for update;
  for entry in
    select e.* from json_array_elements(entries) with ordinality as given (entry, place)
      cross join lateral json_to_record(given.entry) as e ("entryId" uuid, at bigint, actor text, subject text, role text,
        workstation text, action text, entity text, "entityId" text, before jsonb, after jsonb, "correlationId" text)
      order by given.place
  loop
    if entry.action is null or entry.action not in ('call.refused', 'alert.silence', 'alert.export')
      and entry.action !~ '^(session|configuration|writer|audit|sound)\.[a-z-]+$' then
      raise exception 'a workstation cannot enter the action %', entry.action using errcode = 'VC004';
    end if;
    insert into audit_entry_received (entry_id) values (entry."entryId") on conflict do nothing;
    continue when not found;
    select u.* into who from user_of(coalesce(entry.subject, '')) u;
    known := array_remove(array[nullif(entry.actor, ''), nullif(entry.subject, '')], null);
    insert into audit_log (at, actor, role, workstation, action, entity, entity_id, before, after, correlation_id, user_id)
      values (to_timestamp(entry.at / 1000.0), coalesce(who.display_name, entry.actor, ''), coalesce(entry.role, ''),
        coalesce(entry.workstation, ''), entry.action, coalesce(entry.entity, ''),
        -- What stays for ever is no name.
        case when entry."entityId" = any (known) then coalesce(who.id::text, '') else coalesce(entry."entityId", '') end,
        case when who.pseudonym is null then nullif(entry.before, 'null')
          else replace_names(nullif(entry.before, 'null'), known, '{}', who.pseudonym) end,
        case when who.pseudonym is null then nullif(entry.after, 'null')
          else replace_names(nullif(entry.after, 'null'), known, '{}', who.pseudonym) end,
        coalesce(entry."correlationId", ''), who.id);
    added := added + 1;
  end loop;
  return added;
end $$;

-- Everything a workstation's login role needs, and nothing that it held before.
create or replace function grant_workstation(login name) returns void
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
        'acknowledge_alert', 'comment_alert',
        'undo_acknowledgement', 'hand_over_alert', 'shelve_alert', 'unshelve_alert', 'give_verdict', 'record_maintenance',
        'alert_tick', 'save_guidance', 'confirm_pass', 'touch_workstation', 'maintain', 'position_code',
        'record_person', 'find_person', 'change_user', 'pseudonymise_user', 'save_thresholds', 'save_vehicle_type',
        'save_site', 'save_camera', 'save_setting', 'audit_entries', 'verify_audit', 'verify_audit_rows',
        'audit_hash', 'audit_time', 'audit_commitment', 'audit_row_problem', 'audit_row_digest',
        'audit_rewrite_digest')
  loop
    execute format('grant execute on function %s to %I', signature, login);
  end loop;
end $$;

revoke all on all functions in schema vicore from public;
