import type { Alert, Rule } from '../../contract/domain.ts';
import type { AlertCondition } from '../alerts/transition.ts';
import { milliseconds, present } from './queryable.ts';

/** Rules whose value and limit are lengths: hundredths of a millimetre here, millimetres in the database. */
const lengths: ReadonlySet<Rule> = new Set<Rule>(['height', 'asymmetry', 'conflict', 'trend']);

const toCmm = (rule: Rule, value: number | undefined): number | undefined =>
  value !== undefined && lengths.has(rule) ? Math.round(value * 100) : value;

const fromCmm = (rule: Rule, value: number | undefined): number | undefined =>
  value !== undefined && lengths.has(rule) ? value / 100 : value;

/** Select list over alert `a` whose `to_json` is an Alert in the database's units, but for nulls and `known`. */
export const alertColumns = `a.id, a.pass_id as "passId", a.vehicle_index as "vehicleIndex", a.position, a.rule,
  a.severity, a.state, a.present, a.value, a.limit_value as "limit", ${milliseconds('a.raised_at')} as "raisedAt",
  ${milliseconds('a.received_at')} as "receivedAt", a.acknowledged_by as "acknowledgedBy",
  ${milliseconds('a.acknowledged_at')} as "acknowledgedAt", a.comment, false as provisional,
  a.train_number as "trainNumber", a.track, a.vehicle_number as "vehicleNumber", a.defect, a.stream_id as "streamId",
  a.owner, ${milliseconds('a.shelved_until')} as "shelvedUntil", a.shelved_by as "shelvedBy",
  a.shelve_reason as "shelveReason", ${milliseconds('a.escalated_at')} as "escalatedAt", a.verdict`;

/** Alerts `e` of the same finding as alert `a`, raised before it and since the vehicle's springs were last renewed. */
const earlier = `from vicore.alert e
  where e.vehicle_number = a.vehicle_number and e.rule = a.rule and coalesce(e.position, '') = coalesce(a.position, '')
    and (e.raised_at, e.id) < (a.raised_at, a.id)
    and e.raised_at > coalesce((select max(m.at) from vicore.maintenance_mark m
      where m.vehicle_number = a.vehicle_number and m.at <= a.raised_at), '-infinity')`;

/** The same as `alertColumns`, with `known`. */
export const knownAlertColumns = `${alertColumns}, (
  select json_strip_nulls(json_build_object(
      'since', ${milliseconds('before.since')}, 'times', before.times + 1,
      'acknowledgedBy', latest.acknowledged_by, 'acknowledgedAt', ${milliseconds('latest.acknowledged_at')}))
    from (select min(e.raised_at) as since, count(*) as times ${earlier}) before
      left join lateral (select e.acknowledged_by, e.acknowledged_at ${earlier} and e.acknowledged_by is not null
        order by e.raised_at desc, e.id desc limit 1) latest on true
    where before.times > 0) as known`;

export function toAlert(row: Alert): Alert {
  const alert = present(row);
  return { ...alert, value: toCmm(alert.rule, alert.value), limit: toCmm(alert.rule, alert.limit) };
}

/** The alert in the database's units. */
export const fromAlert = (alert: Alert): Alert => ({
  ...alert,
  value: fromCmm(alert.rule, alert.value),
  limit: fromCmm(alert.rule, alert.limit),
});

export const conditionOf = (alert: Alert): AlertCondition => ({
  alertId: alert.id,
  passId: alert.passId,
  vehicleIndex: alert.vehicleIndex,
  position: alert.position,
  rule: alert.rule,
  severity: alert.severity,
  present: alert.present,
  value: alert.value,
  limit: alert.limit,
});

/** Select list over alert_event `e` whose `to_json` is an AlertEvent. */
export const alertEventColumns = `e.alert_id as "alertId", ${milliseconds('e.at')} as at, e.actor, e.workstation,
  e.kind, e.details`;
