-- Audit entries of workstations, names replaced on request, retention, and who may call all this.

-- Audit entries --------------------------------------------------------------------------------------------------

-- Received already: a workstation that never heard the answer sends an entry again.
create table audit_entry_received (
  entry_id uuid primary key,
  received_at timestamptz not null default now()
);

-- What no function here audits by itself, in the order given, each entry once; keeps the entry's own time. Only what
-- workstations may say: nobody enters an act that did not happen. Returns how many were new.
create function audit_entries(entries json) returns integer
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
    if entry.action is null or entry.action <> 'call.refused'
      and entry.action !~ '^(session|configuration|writer|audit)\.[a-z-]+$' then
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

-- Names ----------------------------------------------------------------------------------------------------------

-- Append-only, but for the one way in which a name is replaced: pseudonymise_user says for its transaction that it is
-- at work, and even then nothing but what holds names may differ. What it did is in the chain (audit_rewrite).
create or replace function refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and current_setting('vicore.pseudonymising', true) = 'on' then
    if tg_table_name = 'audit_log'
      and to_jsonb(new) - array['actor', 'before', 'after', 'salt'] = to_jsonb(old) - array['actor', 'before', 'after', 'salt']
      and to_jsonb(new) ->> 'salt' is null then
      return new;
    end if;
    if tg_table_name = 'alert_event' and to_jsonb(new) - array['actor', 'details'] = to_jsonb(old) - array['actor', 'details'] then
      return new;
    end if;
  end if;
  raise exception '% is append-only: % refused', tg_table_name, tg_op using errcode = 'VC009';
end $$;

-- A text with the pseudonym in place of the names, where they stand as whole words; `spared` are the names of others,
-- which may begin with one of them.
create function replace_names(value text, names text[], spared text[], pseudonym text) returns text
  language plpgsql immutable as $$
declare
  name text;
begin
  if value = any (spared) then return value; end if;
  foreach name in array names loop
    if value = name then return pseudonym; end if;
    if position(name in value) > 0 then
      value := regexp_replace(value,
        '(?<![[:alnum:]])' || regexp_replace(name, '([^[:alnum:][:space:]])', '\\\1', 'g') || '(?![[:alnum:]])',
        pseudonym, 'g');
    end if;
  end loop;
  return value;
end $$;

-- The same in every text of a document; keys stay.
create function replace_names(value jsonb, names text[], spared text[], pseudonym text) returns jsonb
  language plpgsql immutable as $$
begin
  case jsonb_typeof(value)
    when 'string' then return to_jsonb(vicore.replace_names(value #>> '{}', names, spared, pseudonym));
    when 'array' then
      return (select coalesce(jsonb_agg(vicore.replace_names(e.part, names, spared, pseudonym) order by e.place), '[]')
        from jsonb_array_elements(value) with ordinality as e (part, place));
    when 'object' then
      return (select coalesce(jsonb_object_agg(e.key, vicore.replace_names(e.value, names, spared, pseudonym)), '{}')
        from jsonb_each(value) e);
    else return value;
  end case;
end $$;

-- The audit rows after one number and up to another that are of a person or name them.
create function audit_rows_naming(person_id uuid, names text[], spared text[], pseudonym text, past bigint,
    through bigint) returns bigint[]
  language sql stable as $$
  select coalesce(array_agg(l.id order by l.id), '{}') from vicore.audit_log l
    where l.id > past and l.id <= through and (l.user_id = person_id or l.actor = any (names)
      or exists (select from unnest(names) n where position(n in l.before::text) > 0 or position(n in l.after::text) > 0
          or position(to_jsonb(n)::text in l.before::text) > 0 or position(to_jsonb(n)::text in l.after::text) > 0)
        and (vicore.replace_names(l.before, names, spared, pseudonym), vicore.replace_names(l.after, names, spared, pseudonym))
          is distinct from (l.before, l.after));
$$;

-- Replaces a person's name, e-mail and subject by a pseudonym wherever the record has them, for good (GDPR, article 17
-- where the audit log must stay). The account is deactivated. The audit log's rows lose their salts, so that nobody can
-- try names against the commitments; the audit row of this act holds how many rows were rewritten and the digest of
-- what they now contain, so that verify_audit_rows still notices any later edit of them.
create function pseudonymise_user(wanted_id uuid, known_revision integer, why text, act json) returns user_result
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
  perform from alert a where a.acknowledged_by = any (names)
    or a.comment is not null and replace_names(a.comment, names, spared, alias) <> a.comment order by a.id for update;
  update alert a set acknowledged_by = replace_names(a.acknowledged_by, names, spared, alias),
      comment = replace_names(a.comment, names, spared, alias)
    where a.acknowledged_by = any (names) or a.comment is not null and replace_names(a.comment, names, spared, alias) <> a.comment;
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

-- Maintenance ----------------------------------------------------------------------------------------------------

-- Drops the months of measurements that are older than the setting, and audits which; a lock that is not to be had
-- leaves them for the next time. Passes, alerts and the audit log stay.
create function drop_old_months() returns void
  language plpgsql security definer set search_path = vicore, pg_catalog, pg_temp as $$
declare
  months integer := coalesce((select value from setting where key = 'retention.measurementMonths'), 25);
  -- The month now running and as many before it stay whole.
  oldest text := 'vehicle_record_' || to_char(date_trunc('month', now() at time zone 'UTC')
    - make_interval(months => months), 'YYYY_MM');
  month text;
  dropped bigint;
begin
  for month in
    select c.relname::text from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = 'vicore.vehicle_record'::regclass and c.relname ~ '^vehicle_record_\d{4}_\d{2}$'
        and c.relname::text < oldest
      order by c.relname
  loop
    execute format('select count(*) from vicore.%I', month) into dropped;
    execute format('drop table vicore.%I', month);
    perform write_audit(json_build_object('actor', 'maintenance', 'role', 'system',
        'workstation', coalesce(current_setting('vicore.workstation', true), '')),
      'retention.drop', 'vehicle_record', month, null, jsonb_build_object('rows', dropped, 'months', months));
  end loop;
exception when lock_not_available or deadlock_detected then
  raise notice 'old months stay until the next time: %', sqlerrm;
end $$;

-- Partitions for the coming months, rows that had none moved into theirs, months beyond the retention dropped, changes
-- older than 8 days dropped (a replica that was away for longer is filled anew). Returns how many rows still have no
-- partition of their own.
create or replace function maintain() returns bigint
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
  perform drop_old_months();
  delete from change where at < now() - interval '8 days' and id < (select max(id) from change);
  delete from vehicle_seen where last_seen_at < now() - interval '31 days';
  return (select count(*) from vehicle_record_default);
end $$;

-- Replaced by audit_entries and touch_workstation.
drop function audit_refusals(text, json);
drop function register_workstation(text, text);

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
        'acknowledge_alert', 'comment_alert', 'confirm_pass', 'touch_workstation', 'maintain', 'position_code',
        'record_person', 'find_person', 'change_user', 'pseudonymise_user', 'save_thresholds', 'save_vehicle_type',
        'save_site', 'save_camera', 'save_setting', 'audit_entries', 'verify_audit', 'verify_audit_rows',
        'audit_hash', 'audit_time', 'audit_commitment', 'audit_row_problem', 'audit_row_digest',
        'audit_rewrite_digest')
  loop
    execute format('grant execute on function %s to %I', signature, login);
  end loop;
end $$;

revoke all on all functions in schema vicore from public;
