import type { Alert, Rule } from '../../contract/domain.ts';
import type { AlertCondition } from '../alerts/transition.ts';
import { milliseconds, present } from './queryable.ts';

/** Rules whose value and limit are lengths: hundredths of a millimetre here, millimetres in the database. */
const lengths: ReadonlySet<Rule> = new Set<Rule>(['height', 'asymmetry', 'conflict', 'trend']);

const toCmm = (rule: Rule, value: number | undefined): number | undefined =>
  value !== undefined && lengths.has(rule) ? Math.round(value * 100) : value;

const fromCmm = (rule: Rule, value: number | undefined): number | undefined =>
  value !== undefined && lengths.has(rule) ? value / 100 : value;

/** Select list over alert `a` whose `to_json` is an Alert in the database's units, but for nulls. */
export const alertColumns = `a.id, a.pass_id as "passId", a.vehicle_index as "vehicleIndex", a.position, a.rule,
  a.severity, a.state, a.present, a.value, a.limit_value as "limit", ${milliseconds('a.raised_at')} as "raisedAt",
  ${milliseconds('a.received_at')} as "receivedAt", a.acknowledged_by as "acknowledgedBy",
  ${milliseconds('a.acknowledged_at')} as "acknowledgedAt", a.comment, false as provisional,
  a.train_number as "trainNumber", a.track, a.vehicle_number as "vehicleNumber", a.defect, a.stream_id as "streamId"`;

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
