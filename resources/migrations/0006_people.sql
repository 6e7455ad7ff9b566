-- Who has which rights (docs/security.md, people). The identity provider says who somebody is and claims a role; admins
-- may override that and deactivate. Every act names its person by the provider's `sub`, and the database looks up what
-- that person may do and what the record calls them: neither is taken from the caller.

alter table app_user
  -- what the provider says; `role` is in force: the override, else this
  add claimed_role text check (claimed_role in ('viewer', 'operator', 'supervisor', 'admin')),
  add role_override text check (role_override in ('viewer', 'operator', 'supervisor', 'admin')),
  add override_reason text,
  add inactive_reason text,
  add last_workstation text,
  -- once the name was replaced: the pseudonym, also in place of name and subject; the digest still knows the account
  add pseudonym text unique,
  add subject_digest bytea unique,
  -- counts what an admin would want to know before changing the row
  add revision integer not null default 1;
update app_user set claimed_role = role;
alter table app_user alter claimed_role set not null;
create index app_user_name on app_user (lower(display_name), id);

create function settle_role() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then new.claimed_role := coalesce(new.claimed_role, new.role); end if;
  new.role := coalesce(new.role_override, new.claimed_role);
  return new;
end $$;
create trigger settle_role before insert or update on app_user for each row execute function settle_role();

-- Rights over time: an act made offline is judged by those of its own time.
create table user_right (
  user_id uuid not null references app_user (id),
  since timestamptz not null,
  role text not null,
  active boolean not null,
  primary key (user_id, since)
);
insert into user_right (user_id, since, role, active) select id, '-infinity', role, active from app_user;

create function keep_right() returns trigger language plpgsql as $$
begin
  insert into vicore.user_right (user_id, since, role, active)
    values (new.id, clock_timestamp(), new.role, new.active and new.pseudonym is null);
  return null;
end $$;
create trigger keep_right_insert after insert on app_user for each row execute function keep_right();
create trigger keep_right_update after update on app_user for each row
  when ((old.role, old.active, old.pseudonym) is distinct from (new.role, new.active, new.pseudonym))
  execute function keep_right();

-- Every name the record ever used for somebody, each for one person only: a name in the audit log says who it was.
create table user_name (
  name text primary key,
  user_id uuid not null
);
insert into user_name (name, user_id) select display_name, id from app_user order by id on conflict do nothing;

-- The change feed tells that somebody or something admins look after is not what it was; who shows it asks anew.
alter table change drop constraint change_kind_check;
alter table change add check (kind in ('pass', 'vehicle', 'alert', 'rejected', 'threshold', 'user', 'vehicle-type',
  'site', 'camera', 'setting'));

create function feed_reference() returns trigger language plpgsql as $$
begin
  if exists (select from changed) then
    insert into vicore.change (kind) values (tg_argv[0]);
    perform vicore.announce();
  end if;
  return null;
end $$;
create trigger feed_insert after insert on app_user referencing new table as changed
  for each statement execute function feed_reference('user');
create trigger feed_update after update on app_user referencing new table as changed
  for each statement execute function feed_reference('user');

-- By the provider's `sub`; whose name was replaced is still known.
create function user_of(subject text) returns setof app_user
  language sql stable security definer set search_path = vicore, pg_catalog, pg_temp as $$
  select u.* from app_user u where u.subject = user_of.subject and u.pseudonym is null
  union all
  select u.* from app_user u where u.subject_digest = sha256(convert_to(user_of.subject, 'UTF8'));
$$;

create function role_rank(role text) returns integer
  language sql immutable
  return array_position(array['viewer', 'operator', 'supervisor', 'admin'], role);

-- The act with name, role and user_id as the record has them, or VC007: the person is nobody known here, was
-- deactivated, or has not the role `needed`. late: made while the database was away; the rights of its own time do.
-- The row stays locked, so that rights are not taken in the middle of an act.
create function require_role(act json, needed text, late boolean) returns json
  language plpgsql security definer set search_path = vicore, pg_catalog, pg_temp as $$
declare
  wanted text := coalesce(act ->> 'subject', '');
  who app_user;
  granted text;
begin
  if wanted = '' then
    raise exception 'nobody is signed in' using errcode = 'VC007';
  end if;
  select u.* into who from app_user u where u.id = (select k.id from user_of(wanted) k) for share;
  if who.id is null then
    raise exception 'the shared record does not know this person' using errcode = 'VC007';
  end if;
  if who.active and who.pseudonym is null and role_rank(who.role) >= role_rank(needed) then
    granted := who.role;
  elsif late then
    select case when r.active and role_rank(r.role) >= role_rank(needed) then r.role end into granted
      from user_right r
      where r.user_id = who.id and r.since <= to_timestamp((act ->> 'at')::bigint / 1000.0)
      order by r.since desc limit 1;
  end if;
  if granted is null then
    raise exception '%', case when who.active and who.pseudonym is null
      then format('this needs the role %s, %s is %s', needed, who.display_name, who.role)
      else format('%s was deactivated', who.display_name) end using errcode = 'VC007';
  end if;
  return json_build_object('actor', who.display_name, 'role', granted, 'userId', who.id,
    'workstation', act ->> 'workstation', 'at', (act ->> 'at')::bigint, 'correlationId', act ->> 'correlationId');
end $$;

-- The name for a person: theirs, with the subject behind it when somebody else has or had it, or nobody may.
create function own_name(wanted text, subject text, owner uuid) returns text
  language plpgsql as $$
declare
  candidate text;
begin
  foreach candidate in array array[wanted, format('%s (%s)', wanted, subject), format('%s (%s)', wanted, owner)] loop
    continue when candidate in ('', 'system', 'analysis', 'maintenance', 'migration');
    insert into vicore.user_name (name, user_id) values (candidate, owner) on conflict do nothing;
    perform from vicore.user_name n where n.name = candidate and n.user_id = owner;
    if found then return candidate; end if;
  end loop;
  raise exception 'no name is left for %', subject using errcode = 'VC004';
end $$;

create function user_facts(who app_user) returns jsonb
  language sql stable
  return jsonb_build_object('name', who.display_name, 'role', who.role, 'claimedRole', who.claimed_role,
    'roleOverride', who.role_override, 'overrideReason', who.override_reason, 'active', who.active,
    'inactiveReason', who.inactive_reason);

create type person_rights as (active boolean, role text, overridden boolean);

-- At each sign-in, and when the provider says something new: person {subject, name, email, claimedRole}.
create function record_person(person json, workstation_name text, correlation text) returns person_rights
  language plpgsql security definer set search_path = vicore, pg_catalog, pg_temp as $$
declare
  wanted text := coalesce(person ->> 'subject', '');
  claimed text := coalesce(person ->> 'claimedRole', 'viewer');
  before app_user;
  after app_user;
begin
  if wanted = '' then
    raise exception 'a person needs a subject' using errcode = 'VC004';
  end if;
  -- Two workstations may see somebody for the first time at once.
  perform pg_advisory_xact_lock(hashtextextended('vicore person ' || wanted, 0));
  select u.* into before from app_user u where u.id = (select k.id from user_of(wanted) k) for no key update;
  if before.pseudonym is not null then return row (false, before.role, false)::person_rights; end if;
  if before.id is null then
    after.id := gen_random_uuid();
    after.display_name := own_name(coalesce(nullif(person ->> 'name', ''), wanted), wanted, after.id);
    insert into app_user (id, subject, display_name, email, role, claimed_role, last_login_at, last_workstation)
      values (after.id, wanted, after.display_name, person ->> 'email', claimed, claimed, clock_timestamp(),
        workstation_name)
      returning * into after;
  else
    after.display_name := own_name(coalesce(nullif(person ->> 'name', ''), wanted), wanted, before.id);
    update app_user u set display_name = after.display_name, email = person ->> 'email', claimed_role = claimed,
        last_login_at = case when u.active then clock_timestamp() else u.last_login_at end,
        last_workstation = case when u.active then workstation_name else u.last_workstation end,
        revision = u.revision + case when (u.display_name, u.email, u.claimed_role)
          is distinct from (after.display_name, person ->> 'email', claimed) then 1 else 0 end
      where u.id = before.id returning * into after;
  end if;
  if before.id is null or after.revision <> before.revision then
    perform write_audit(json_build_object('actor', after.display_name, 'role', after.role, 'userId', after.id,
        'workstation', workstation_name, 'correlationId', correlation),
      case when before.id is null then 'person.registered' else 'person.changed' end, 'user', after.id::text,
      case when before.id is not null then user_facts(before) end, user_facts(after));
  end if;
  return row (after.active, after.role, after.role_override is not null)::person_rights;
end $$;

create function find_person(subject text) returns setof person_rights
  language sql stable security definer set search_path = vicore, pg_catalog, pg_temp as $$
  select u.active and u.pseudonym is null, u.role, u.role_override is not null from user_of(find_person.subject) u;
$$;

-- outcome: done, not-found, conflict (the row has another revision)
create type user_result as (outcome text, "user" app_user);

-- change: {kind: deactivate | activate | override-role | follow-provider, reason, role}.
create function change_user(wanted_id uuid, known_revision integer, change json, act json) returns user_result
  language plpgsql security definer set search_path = vicore, pg_catalog, pg_temp as $$
declare
  kind text := change ->> 'kind';
  why text := change ->> 'reason';
  granted json;
  before app_user;
  after app_user;
begin
  -- Both rows in one order: of two admins who take each other's rights one waits, and then has none.
  perform from app_user u where u.id = wanted_id or u.id = (select k.id from user_of(act ->> 'subject') k)
    order by u.id for no key update;
  granted := require_role(act, 'admin', false);
  select * into before from app_user where id = wanted_id;
  if not found then return row ('not-found', null::app_user)::user_result; end if;
  if before.revision <> known_revision then return row ('conflict', before)::user_result; end if;
  if before.pseudonym is not null then
    raise exception 'the name of this person was replaced for good' using errcode = 'VC006';
  end if;
  after := before;
  case kind
    when 'deactivate' then after.active := false; after.inactive_reason := why;
    when 'activate' then after.active := true; after.inactive_reason := null;
    when 'override-role' then after.role_override := change ->> 'role'; after.override_reason := why;
    when 'follow-provider' then after.role_override := null; after.override_reason := null;
    else raise exception 'there is no change %', kind using errcode = 'VC006';
  end case;
  -- Nobody locks everybody out: whoever changes rights is an admin and stays one.
  if before.id = (granted ->> 'userId')::uuid
    and not (after.active and coalesce(after.role_override, after.claimed_role) = 'admin') then
    raise exception 'an admin cannot take their own rights; another admin can' using errcode = 'VC008';
  end if;
  update app_user set active = after.active, inactive_reason = after.inactive_reason,
      role_override = after.role_override, override_reason = after.override_reason, revision = revision + 1
    where id = before.id returning * into after;
  perform write_audit(granted, 'user.' || kind, 'user', before.id::text, user_facts(before),
    user_facts(after) || jsonb_build_object('reason', why));
  return row ('done', after)::user_result;
end $$;

-- The first admin of a company whose provider names none, or when all are gone: by the owner of the database only.
-- False: they are one already.
create function first_admin(wanted text, workstation_name text) returns boolean
  language plpgsql as $$
declare
  before vicore.app_user;
  after vicore.app_user;
begin
  select u.* into before from vicore.app_user u
    where u.id = (select k.id from vicore.user_of(wanted) k) for no key update;
  if before.pseudonym is not null then
    raise exception 'the name of this person was replaced for good' using errcode = 'VC006';
  end if;
  if before.active and before.role = 'admin' then return false; end if;
  if before.id is null then
    after.id := gen_random_uuid();
    insert into vicore.app_user (id, subject, display_name, role, role_override, override_reason)
      values (after.id, wanted, vicore.own_name(wanted, wanted, after.id), 'viewer', 'admin', 'first admin')
      returning * into after;
  else
    update vicore.app_user set active = true, inactive_reason = null, role_override = 'admin',
        override_reason = 'first admin', revision = revision + 1
      where id = before.id returning * into after;
  end if;
  perform vicore.write_audit(json_build_object('actor', 'migration', 'role', 'owner', 'workstation', workstation_name),
    'user.override-role', 'user', after.id::text, case when before.id is not null then vicore.user_facts(before) end,
    vicore.user_facts(after) || '{"reason": "first admin"}');
  return true;
end $$;

revoke all on all functions in schema vicore from public;
