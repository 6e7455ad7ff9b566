-- The audit chain from now on (docs/security.md, audit): a row's hash covers a salted commitment of what is personal in
-- it (actor, before, after) in place of that itself. So a name can be replaced on request without breaking the chain:
-- the commitment stays, its salt goes. Rows from before keep the hash they have.

alter table audit_log
  -- who acted, by app_user; stays when the name is replaced
  add user_id uuid,
  add salt bytea,
  add commitment bytea;
create index audit_log_actor on audit_log (actor, id desc);
create index audit_log_action on audit_log (action, id desc);
create index audit_log_entity on audit_log (entity, entity_id, id desc);
create index audit_log_at on audit_log (at, id);
create index audit_log_user on audit_log (user_id) where user_id is not null;

create function audit_commitment(entry audit_log) returns bytea
  language sql stable
  return sha256(entry.salt
    || convert_to(jsonb_build_array(entry.actor, entry.before, entry.after)::text, 'UTF8'));

create function audit_time(at timestamptz) returns text
  language sql stable
  return to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');

create or replace function audit_hash(entry audit_log) returns bytea
  language sql stable
  return sha256(convert_to((case when entry.commitment is null
    then jsonb_build_array(
      entry.id, audit_time(entry.at), entry.actor, entry.role, entry.workstation, entry.action, entry.entity,
      entry.entity_id, entry.before, entry.after, entry.correlation_id, encode(entry.previous_hash, 'hex'))
    else jsonb_build_array(
      2, entry.id, audit_time(entry.at), entry.role, entry.workstation, entry.action, entry.entity, entry.entity_id,
      entry.user_id, encode(entry.commitment, 'hex'), entry.correlation_id, encode(entry.previous_hash, 'hex'))
    end)::text, 'UTF8'));

create or replace function chain_audit() returns trigger language plpgsql as $$
declare
  head vicore.audit_head;
begin
  select * into strict head from vicore.audit_head for update;
  new.id := head.id + 1;
  new.previous_hash := head.hash;
  new.salt := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
  new.commitment := vicore.audit_commitment(new);
  new.hash := vicore.audit_hash(new);
  update vicore.audit_head set id = new.id, hash = new.hash;
  return new;
end $$;

-- Which rows a pseudonymisation rewrote (the audit row `rewrite_id`, action user.pseudonymise), and what each then
-- contained. The audit row holds the digest of all of them, and so the chain covers the rewritten rows as well.
create table audit_rewrite (
  row_id bigint not null,
  rewrite_id bigint not null,
  digest bytea not null,
  primary key (row_id, rewrite_id)
);
create index audit_rewrite_by on audit_rewrite (rewrite_id, row_id);
create trigger append_only before update or delete on audit_rewrite for each row execute function refuse_change();
create trigger append_only_truncate before truncate on audit_rewrite execute function refuse_change();

-- Of a rewritten row: everything in it.
create function audit_row_digest(entry audit_log) returns bytea
  language sql stable
  return sha256(convert_to(jsonb_build_array(
    entry.id, audit_time(entry.at), entry.actor, entry.role, entry.workstation, entry.action, entry.entity,
    entry.entity_id, entry.user_id, entry.before, entry.after, entry.correlation_id, encode(entry.salt, 'hex'),
    encode(entry.commitment, 'hex'), encode(entry.previous_hash, 'hex'), encode(entry.hash, 'hex'))::text, 'UTF8'));

-- Of all rows that one pseudonymisation rewrote, hexadecimal.
create function audit_rewrite_digest(rewrite bigint) returns text
  language sql stable
  begin atomic
    select encode(sha256(convert_to(
        coalesce(string_agg(r.row_id || ':' || encode(r.digest, 'hex'), ',' order by r.row_id), ''), 'UTF8')), 'hex')
      from audit_rewrite r where r.rewrite_id = rewrite;
  end;

-- What is wrong with a row by itself, its place in the chain aside; null: nothing. `held` are pseudonymisations that
-- were found whole already.
create function audit_row_problem(entry audit_log, inout held bigint[], out problem text)
  language plpgsql stable as $$
declare
  rewrite vicore.audit_rewrite;
  latest boolean := true;
begin
  if entry.commitment is not null and entry.hash is distinct from vicore.audit_hash(entry) then
    problem := 'altered';
    return;
  end if;
  if entry.action = 'user.pseudonymise'
    and entry.after ->> 'digest' is distinct from vicore.audit_rewrite_digest(entry.id) then
    problem := 'altered';
    return;
  end if;
  for rewrite in select * from vicore.audit_rewrite r where r.row_id = entry.id order by r.rewrite_id desc loop
    if latest and rewrite.digest is distinct from vicore.audit_row_digest(entry) then
      problem := 'altered';
      return;
    end if;
    latest := false;
    if rewrite.rewrite_id = any (held) then continue; end if;
    perform from vicore.audit_log l where l.id = rewrite.rewrite_id and l.action = 'user.pseudonymise'
      and l.after ->> 'digest' = vicore.audit_rewrite_digest(rewrite.rewrite_id);
    if not found then
      problem := 'altered';
      return;
    end if;
    held := held || rewrite.rewrite_id;
  end loop;
  if not latest then return; end if;
  -- Never rewritten: what the hash covers is what stands there.
  if entry.commitment is null then
    if entry.hash is distinct from vicore.audit_hash(entry) then problem := 'altered'; end if;
  elsif entry.commitment is distinct from vicore.audit_commitment(entry) then
    problem := 'altered';
  end if;
end $$;

-- Checks up to `most` rows after a row whose hash is known (the beginning: 0 and 32 zero bytes). `last_id` and
-- `last_hash`: the last row that is whole; `ended`: the end of the chain was reached and compared with its head.
create function verify_audit_rows(after_id bigint, after_hash bytea, most integer, out last_id bigint,
    out last_hash bytea, out ended boolean, out broken_id bigint, out problem text)
  language plpgsql stable as $$
declare
  entry vicore.audit_log;
  head vicore.audit_head;
  held bigint[] := '{}';
  checked integer := 0;
begin
  last_id := after_id;
  last_hash := after_hash;
  ended := false;
  for entry in select * from vicore.audit_log l where l.id > after_id order by l.id limit most loop
    if entry.id <> last_id + 1 then
      problem := 'missing';
    elsif entry.previous_hash is distinct from last_hash then
      problem := 'does-not-follow';
    else
      select p.held, p.problem into held, problem from vicore.audit_row_problem(entry, held) p;
    end if;
    if problem is not null then
      broken_id := last_id + 1;
      return;
    end if;
    last_id := entry.id;
    last_hash := entry.hash;
    checked := checked + 1;
  end loop;
  if checked = most then return; end if;
  ended := true;
  select * into head from vicore.audit_head;
  if head.id is distinct from last_id or head.hash is distinct from last_hash then
    broken_id := last_id + 1;
    problem := 'tail-missing';
  end if;
end $$;

-- The first broken row of the audit chain; no row when it is whole.
create or replace function verify_audit(out broken_id bigint, out problem text) returns setof record
  language plpgsql stable as $$
begin
  select v.broken_id,
      case v.problem when 'does-not-follow' then 'does not follow the row before'
        when 'tail-missing' then 'the tail is missing' else v.problem end
    into broken_id, problem from vicore.verify_audit_rows(0, decode(repeat('00', 32), 'hex'), null) v;
  if broken_id is not null then return next; end if;
end $$;

-- A row of what a person did, inside the transaction in which it is done. `act` as require_role gives it.
create function write_audit(act json, action text, entity text, entity_id text, before jsonb, after jsonb) returns void
  language sql security definer set search_path = vicore, pg_catalog, pg_temp as $$
  insert into audit_log (at, actor, role, workstation, action, entity, entity_id, before, after, correlation_id, user_id)
    values (clock_timestamp(), act ->> 'actor', act ->> 'role', coalesce(act ->> 'workstation', ''), action, entity,
      entity_id, before, after, coalesce(act ->> 'correlationId', ''), (act ->> 'userId')::uuid);
$$;

revoke all on all functions in schema vicore from public;
