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

revoke all on all functions in schema vicore from public;
