-- The acts of 0003 with the person's rights checked in the same transaction (VC007), before anything is locked or told.

create or replace function record_alert_act(before alert, after alert, act json, action text, kinds text[], details jsonb)
  returns void
  language plpgsql security definer set search_path = vicore, pg_catalog, pg_temp as $$
declare
  acted_at timestamptz := to_timestamp((act ->> 'at')::bigint / 1000.0);
begin
  insert into alert_event (alert_id, at, actor, workstation, kind, details)
    select before.id, acted_at, act ->> 'actor', act ->> 'workstation', kind,
      case when place = 1 then details else '{}' end
    from unnest(kinds) with ordinality as k (kind, place);
  perform write_audit(act, action, 'alert', before.id::text,
    jsonb_build_object('state', before.state, 'acknowledgedBy', before.acknowledged_by, 'comment', before.comment),
    jsonb_build_object('state', after.state, 'acknowledgedBy', after.acknowledged_by, 'comment', after.comment,
      'actedAt', acted_at) || details);
end $$;

-- act: {actor, subject, role, workstation, at (ms), correlationId}. late: made while the database was away
-- (docs/domain.md): the earlier of two acts stands, and one made before the alert was last raised acknowledges nothing.
create or replace function acknowledge_alert(alert_id uuid, remark text, act json, late boolean) returns act_result
  language plpgsql security definer set search_path = vicore, pg_catalog, pg_temp as $$
declare
  granted json := require_role(act, 'operator', late);
  actor text := granted ->> 'actor';
  before alert := alert_for_act(alert_id);
  after alert := before;
  acted_at timestamptz := to_timestamp((act ->> 'at')::bigint / 1000.0);
  active_since timestamptz;
  details jsonb := case when remark is null then '{}' else jsonb_build_object('comment', remark) end;
begin
  if before.id is null then return row ('not-found', null::alert)::act_result; end if;
  -- The same act sent again, its answer having been lost, is no second one.
  if before.acknowledged_by = actor and before.acknowledged_at = acted_at then
    return row ('done', before)::act_result;
  end if;
  if late then
    select max(e.at) into active_since from alert_event e
      where e.alert_id = before.id and e.kind in ('raised', 'severity-raised', 'returned');
    if acted_at < active_since then
      perform record_alert_act(before, before, granted, 'alert.acknowledge-late', array['acknowledged-late'],
        details || '{"outcome": "superseded"}');
      return row ('conflict', before)::act_result;
    end if;
  end if;
  if before.state in ('active-unacknowledged', 'cleared-unacknowledged') then
    after.state := case before.state when 'cleared-unacknowledged' then 'closed' else 'active-acknowledged' end;
    after.acknowledged_by := actor;
    after.acknowledged_at := acted_at;
    after.comment := coalesce(remark, before.comment);
    update alert set state = after.state, acknowledged_by = after.acknowledged_by,
      acknowledged_at = after.acknowledged_at, comment = after.comment where id = before.id;
    perform record_alert_act(before, after, granted, 'alert.acknowledge',
      case when after.state = 'closed' then array['acknowledged', 'closed'] else array['acknowledged'] end, details);
    return row ('done', after)::act_result;
  end if;
  if late and before.acknowledged_by is not null then
    if acted_at < before.acknowledged_at then
      after.acknowledged_by := actor;
      after.acknowledged_at := acted_at;
      after.comment := coalesce(remark, before.comment);
      update alert set acknowledged_by = after.acknowledged_by, acknowledged_at = after.acknowledged_at,
        comment = after.comment where id = before.id;
      perform record_alert_act(before, after, granted, 'alert.acknowledge-late', array['acknowledged-late'],
        details || '{"outcome": "first"}');
      return row ('done', after)::act_result;
    end if;
    perform record_alert_act(before, before, granted, 'alert.acknowledge-late', array['acknowledged-late'],
      details || '{"outcome": "second"}');
  end if;
  if before.acknowledged_by is null then return row ('conflict', before)::act_result; end if;
  return row ('already-acknowledged', before)::act_result;
end $$;

create or replace function comment_alert(alert_id uuid, remark text, act json) returns act_result
  language plpgsql security definer set search_path = vicore, pg_catalog, pg_temp as $$
declare
  granted json := require_role(act, 'operator', false);
  before alert := alert_for_act(alert_id);
  after alert := before;
begin
  if before.id is null then return row ('not-found', null::alert)::act_result; end if;
  after.comment := remark;
  update alert set comment = remark where id = before.id;
  perform record_alert_act(before, after, granted, 'alert.comment', array['commented'],
    jsonb_build_object('comment', remark));
  return row ('done', after)::act_result;
end $$;

create or replace function confirm_pass(pass_id uuid, remark text, act json) returns confirmation_result
  language plpgsql security definer set search_path = vicore, pg_catalog, pg_temp as $$
declare
  granted json := require_role(act, 'operator', false);
  actor text := granted ->> 'actor';
  before train_pass;
  after train_pass;
  acted_at timestamptz := to_timestamp((act ->> 'at')::bigint / 1000.0);
  unacknowledged integer;
begin
  select * into before from train_pass where id = confirm_pass.pass_id for no key update;
  if not found then return row ('not-found', 0, null::train_pass)::confirmation_result; end if;
  if before.status = 'in-progress' then return row ('not-ended', 0, before)::confirmation_result; end if;
  if before.status = 'confirmed' then
    -- The same act sent again, its answer having been lost, is done already.
    return row (case when before.confirmed_by = actor and before.confirmed_at = acted_at
      then 'done' else 'conflict' end, 0, before)::confirmation_result;
  end if;
  select count(*) into unacknowledged from alert a
    where a.pass_id = before.id and a.state in ('active-unacknowledged', 'cleared-unacknowledged');
  if unacknowledged > 0 then return row ('unacknowledged-alerts', unacknowledged, before)::confirmation_result; end if;
  with closed as (
    update alert a set state = 'closed' where a.pass_id = before.id and a.state <> 'closed' returning a.id
  )
  insert into alert_event (alert_id, at, actor, workstation, kind, details)
    select id, acted_at, actor, act ->> 'workstation', 'closed', '{"reason": "pass confirmed"}' from closed;
  update train_pass set status = 'confirmed', confirmed_by = actor, confirmed_at = acted_at,
      notes = coalesce(remark, notes)
    where id = before.id returning * into after;
  perform write_audit(granted, 'pass.confirm', 'train_pass', before.id::text,
    jsonb_build_object('status', before.status, 'notes', before.notes),
    jsonb_build_object('status', after.status, 'notes', after.notes));
  return row ('done', 0, after)::confirmation_result;
end $$;

revoke all on all functions in schema vicore from public;
