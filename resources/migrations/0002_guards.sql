-- What the database enforces whoever writes, its owner included.

-- History is written once.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: % refused', tg_table_name, tg_op using errcode = 'VC009';
end $$;

create trigger append_only before update or delete on audit_log for each row execute function refuse_change();
create trigger append_only_truncate before truncate on audit_log execute function refuse_change();
create trigger append_only before update or delete on alert_event for each row execute function refuse_change();
create trigger append_only_truncate before truncate on alert_event execute function refuse_change();

create function audit_hash(entry audit_log) returns bytea
  language sql stable
  return sha256(convert_to(jsonb_build_array(
    entry.id, to_char(entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), entry.actor, entry.role,
    entry.workstation, entry.action, entry.entity, entry.entity_id, entry.before, entry.after, entry.correlation_id,
    encode(entry.previous_hash, 'hex'))::text, 'UTF8'));

-- One after the other: the row lock on the head makes the numbers gapless and the chain single.
create function chain_audit() returns trigger language plpgsql as $$
declare
  head vicore.audit_head;
begin
  select * into strict head from vicore.audit_head for update;
  new.id := head.id + 1;
  new.previous_hash := head.hash;
  new.hash := vicore.audit_hash(new);
  update vicore.audit_head set id = new.id, hash = new.hash;
  return new;
end $$;
create trigger chain before insert on audit_log for each row execute function chain_audit();

create function refuse_head_removal() returns trigger language plpgsql as $$
begin
  raise exception 'the end of the audit chain cannot be removed' using errcode = 'VC009';
end $$;
create trigger keep_head before delete or truncate on audit_head execute function refuse_head_removal();

-- The first broken row of the audit chain; no row when it is whole.
create function verify_audit(out broken_id bigint, out problem text) returns setof record
  language plpgsql stable as $$
declare
  expected bytea := decode(repeat('00', 32), 'hex');
  next_id bigint := 1;
  entry vicore.audit_log;
  head vicore.audit_head;
begin
  for entry in select * from vicore.audit_log order by id loop
    if entry.id <> next_id then
      broken_id := next_id; problem := 'missing'; return next; return;
    elsif entry.previous_hash <> expected then
      broken_id := entry.id; problem := 'does not follow the row before'; return next; return;
    elsif entry.hash <> vicore.audit_hash(entry) then
      broken_id := entry.id; problem := 'altered'; return next; return;
    end if;
    expected := entry.hash;
    next_id := next_id + 1;
  end loop;
  select * into head from vicore.audit_head;
  if head.id is distinct from next_id - 1 or head.hash is distinct from expected then
    broken_id := next_id; problem := 'the tail is missing'; return next;
  end if;
end $$;

-- A pass is confirmed only when it is pending and none of its alerts is unacknowledged (docs/domain.md, passes).
-- The pass row is locked before this runs, and every alert that becomes unacknowledged locks it first (below):
-- one of the two waits and then sees the other.
create function guard_confirmation() returns trigger language plpgsql as $$
declare
  waiting integer;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'passes are confirmed in read committed transactions only' using errcode = 'VC004';
  end if;
  if old.status <> 'pending' then
    raise exception 'the pass is %', old.status using errcode = 'VC002', detail = old.status;
  end if;
  select count(*) into waiting from vicore.alert
    where pass_id = new.id and state in ('active-unacknowledged', 'cleared-unacknowledged');
  if waiting > 0 then
    raise exception '% alerts of the pass are unacknowledged', waiting using errcode = 'VC003', detail = waiting::text;
  end if;
  return new;
end $$;
create trigger guard_confirmation before update of status on train_pass for each row
  when (new.status = 'confirmed' and old.status <> 'confirmed') execute function guard_confirmation();

create function guard_unacknowledged() returns trigger language plpgsql as $$
declare
  pass vicore.train_pass;
begin
  select * into pass from vicore.train_pass where id = new.pass_id for no key update;
  if pass.status = 'confirmed' then
    update vicore.train_pass set status = 'pending', reopened = true where id = pass.id;
    insert into vicore.audit_log (at, actor, role, workstation, action, entity, entity_id, before, after, correlation_id)
      values (clock_timestamp(), 'analysis', 'system', coalesce(current_setting('vicore.workstation', true), ''),
        'pass.reopened', 'train_pass', pass.id::text,
        jsonb_build_object('status', 'confirmed', 'confirmedBy', pass.confirmed_by, 'confirmedAt', pass.confirmed_at),
        jsonb_build_object('status', 'pending', 'alertId', new.id), new.id::text);
  end if;
  return new;
end $$;
create trigger guard_insert before insert on alert for each row
  when (new.pass_id is not null and new.state in ('active-unacknowledged', 'cleared-unacknowledged'))
  execute function guard_unacknowledged();
create trigger guard_update before update of state on alert for each row
  when (new.pass_id is not null and new.state is distinct from old.state
    and new.state in ('active-unacknowledged', 'cleared-unacknowledged'))
  execute function guard_unacknowledged();

-- Change feed: identities of what a statement changed, and one notification a transaction (equal ones are merged).
create function announce() returns void language sql
  begin atomic select pg_notify('vicore_change', pg_current_xact_id()::text); end;

create function feed_pass() returns trigger language plpgsql as $$
begin
  insert into vicore.change (kind, ids) select 'pass', array_agg(id) from changed having count(*) > 0;
  if found then perform vicore.announce(); end if;
  return null;
end $$;
create trigger feed_insert after insert on train_pass referencing new table as changed execute function feed_pass();
create trigger feed_update after update on train_pass referencing new table as changed execute function feed_pass();

create function feed_vehicle() returns trigger language plpgsql as $$
begin
  insert into vicore.change (kind, ids, indexes)
    select 'vehicle', array_agg(pass_id), array_agg(index::integer) from changed having count(*) > 0;
  if found then perform vicore.announce(); end if;
  return null;
end $$;
create trigger feed_insert after insert on vehicle_record referencing new table as changed execute function feed_vehicle();
create trigger feed_update after update on vehicle_record referencing new table as changed execute function feed_vehicle();

create function feed_alert() returns trigger language plpgsql as $$
begin
  insert into vicore.change (kind, ids) select 'alert', array_agg(id) from changed having count(*) > 0;
  if found then perform vicore.announce(); end if;
  return null;
end $$;
create trigger feed_insert after insert on alert referencing new table as changed execute function feed_alert();
create trigger feed_update after update on alert referencing new table as changed execute function feed_alert();

-- A comment or a late acknowledgement may leave the alert as it is and still add to its history.
create function feed_alert_event() returns trigger language plpgsql as $$
begin
  insert into vicore.change (kind, ids) select 'alert', array_agg(distinct alert_id) from changed having count(*) > 0;
  if found then perform vicore.announce(); end if;
  return null;
end $$;
create trigger feed_insert after insert on alert_event referencing new table as changed execute function feed_alert_event();

create function feed_rejected() returns trigger language plpgsql as $$
begin
  insert into vicore.change (kind, numbers) select 'rejected', array_agg(id) from changed having count(*) > 0;
  if found then perform vicore.announce(); end if;
  return null;
end $$;
create trigger feed_insert after insert on rejected_message referencing new table as changed execute function feed_rejected();

create function feed_threshold() returns trigger language plpgsql as $$
begin
  insert into vicore.change (kind, numbers) select 'threshold', array_agg(version::bigint) from changed having count(*) > 0;
  if found then perform vicore.announce(); end if;
  return null;
end $$;
create trigger feed_insert after insert on threshold_set referencing new table as changed execute function feed_threshold();
create trigger feed_update after update on threshold_set referencing new table as changed execute function feed_threshold();
