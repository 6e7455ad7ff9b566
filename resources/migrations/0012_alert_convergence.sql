-- Where a workstation and the shared record come to the same alerts: what is known of a finding is told anew when an
-- earlier alert changes.

-- `known` of an alert is read from the earlier alerts of its finding (docs/domain.md, known findings). Who acknowledged
-- one of these, and that there is one more, is news of the later ones that are open. The join uses `alert_finding`.
create function feed_known() returns trigger language plpgsql as $$
begin
  insert into vicore.change (kind, ids)
    select 'alert', array_agg(distinct later.id)
    from before join after using (id)
      join vicore.alert later on later.vehicle_number = after.vehicle_number and later.rule = after.rule
        and coalesce(later.position, '') = coalesce(after.position, '')
        and (later.raised_at, later.id) > (after.raised_at, after.id) and later.state <> 'closed'
    where (before.acknowledged_by, before.acknowledged_at, before.vehicle_number)
      is distinct from (after.acknowledged_by, after.acknowledged_at, after.vehicle_number)
    having count(*) > 0;
  if found then perform vicore.announce(); end if;
  return null;
end $$;
create trigger feed_known_update after update on alert referencing old table as before new table as after
  for each statement execute function feed_known();

create function feed_known_since() returns trigger language plpgsql as $$
begin
  insert into vicore.change (kind, ids)
    select 'alert', array_agg(distinct later.id)
    from after
      join vicore.alert later on later.vehicle_number = after.vehicle_number and later.rule = after.rule
        and coalesce(later.position, '') = coalesce(after.position, '')
        and (later.raised_at, later.id) > (after.raised_at, after.id) and later.state <> 'closed'
    having count(*) > 0;
  if found then perform vicore.announce(); end if;
  return null;
end $$;
create trigger feed_known_insert after insert on alert referencing new table as after
  for each statement execute function feed_known_since();

-- As in 0011; an acknowledgement kept for an alert that never came to be is a workstation's own to tell too.
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
    if entry.action is null or entry.action not in ('call.refused', 'alert.silence', 'alert.export',
      'alert.acknowledge-void')
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

revoke all on all functions in schema vicore from public;
