-- Where workstations and the shared record come to the same alerts: what is known of a finding is told anew when an
-- earlier alert changes, and what was acknowledged and taken back without the database is history in the end.

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

-- An acknowledgement that was made and taken back while the database was away, both by the workstation's clock. Both are
-- in the history and in the audit log, in this order, and what others did meanwhile stands: what had not arrived before
-- changes nothing but the comment. What had arrived is taken back like any other, and where it had taken the place of
-- somebody's later one, that one stands again.
create function acknowledge_undone(alert_id uuid, remark text, checklist jsonb, act json, undo json) returns act_result
  language plpgsql security definer set search_path = vicore, pg_catalog, pg_temp as $$
declare
  granted json := require_role(act, 'operator', true);
  undone json := require_role(undo, 'operator', true);
  before alert := alert_for_act(alert_id);
  after alert := before;
  acted_at timestamptz := to_timestamp((act ->> 'at')::bigint / 1000.0);
  undone_at timestamptz := to_timestamp((undo ->> 'at')::bigint / 1000.0);
  details jsonb := jsonb_strip_nulls(jsonb_build_object('comment', checked_text(remark, 0, 2000, 'the comment'),
    'checklist', checked_checklist(checklist)));
  about jsonb := jsonb_build_object('acknowledgedAt', (act ->> 'at')::bigint);
  done alert_event;
  later alert_event;
  pass train_pass;
begin
  if before.id is null then return act_answer('not-found', null); end if;
  if granted ->> 'userId' <> undone ->> 'userId' then
    raise exception 'an acknowledgement is taken back by whoever made it' using errcode = 'VC006';
  end if;
  if undone_at > acted_at + interval '30 seconds' then
    raise exception 'an acknowledgement can be taken back for 30 seconds' using errcode = 'VC006';
  end if;
  -- Sent again, its answer having been lost.
  if exists (select from alert_event e where e.alert_id = before.id and e.actor = undone ->> 'actor' and e.at = undone_at
      and e.kind in ('acknowledgement-undone', 'undo-refused')) then
    return act_answer('done', before);
  end if;
  select e.* into done from alert_event e
    where e.alert_id = before.id and e.kind in ('acknowledged', 'acknowledged-late') and e.actor = granted ->> 'actor'
      and e.at = acted_at
    order by e.id desc limit 1;

  if done.id is null then
    if before.state in ('active-unacknowledged', 'cleared-unacknowledged') and remark is not null then
      update alert a set comment = remark where a.id = before.id returning a.* into after;
    end if;
    perform record_alert_act(before, after, granted, 'alert.acknowledge', array['acknowledged-late'],
      details || '{"outcome": "undone"}');
    perform record_alert_act(after, after, undone, 'alert.undo', array['acknowledgement-undone'], about);
    return act_answer('done', after);
  end if;

  if before.acknowledged_by = done.actor and before.acknowledged_at = acted_at then
    select e.* into later from alert_event e
      where e.alert_id = before.id and e.id > done.id and e.kind <> 'commented'
        and not (e.kind = 'closed' and e.actor = done.actor and e.at = done.at and e.details = '{}')
      order by e.id limit 1;
    select p.* into pass from train_pass p where p.id = before.pass_id and p.status = 'confirmed';
    if later.id is not null or pass.id is not null then
      about := about || jsonb_build_object('reason', case when later.id is not null then 'changed-since' else 'confirmed' end);
      perform record_alert_act(before, before, undone, 'alert.undo-refused', array['undo-refused'], about);
      return act_answer('conflict', before, about ->> 'reason', coalesce(later.actor, pass.confirmed_by),
        coalesce(later.at, pass.confirmed_at));
    end if;
    if done.kind = 'acknowledged' then
      update alert a
        set state = case before.state when 'closed' then 'cleared-unacknowledged' else 'active-unacknowledged' end,
          acknowledged_by = null, acknowledged_at = null, owner = null
        where a.id = before.id returning a.* into after;
    else
      -- Whose place it had taken.
      select e.* into later from alert_event e
        where e.alert_id = before.id and e.id < done.id and (e.kind = 'acknowledged'
          or e.kind = 'acknowledged-late' and e.details ->> 'outcome' = 'first')
        order by e.id desc limit 1;
      update alert a set acknowledged_by = later.actor, acknowledged_at = later.at,
          owner = case when before.owner = done.actor then later.actor else before.owner end
        where a.id = before.id returning a.* into after;
      about := about || jsonb_build_object('acknowledgedBy', later.actor, 'since', milliseconds(later.at));
    end if;
  end if;
  perform record_alert_act(before, after, undone, 'alert.undo', array['acknowledgement-undone'], about);
  return act_answer('done', after);
end $$;

-- As in 0011, with acknowledge_undone.
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
        'acknowledge_alert', 'acknowledge_undone', 'comment_alert',
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
