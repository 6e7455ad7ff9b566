import type { Alert, AlertEvent, Severity } from '../../contract/domain.ts';
import { failure, success } from '../../contract/errors.ts';
import type { Result } from '../../contract/errors.ts';
import type { Act } from '../audit/act.ts';
import type { AlertTransition } from './transition.ts';

/*
 * The life of an alert, docs/domain.md "Alerts": pure functions from what is on record and what happened to what
 * is on record next. Every store uses these, so an alert has the same state wherever it is read.
 */

export interface AlertChange {
  readonly alert: Alert;
  /** Empty: nothing changed. */
  readonly events: readonly AlertEvent[];
}

/** Actor of what the judgement did, as opposed to a person. */
export const analysisActor = 'analysis';

const rank: Record<Severity, number> = { warning: 1, critical: 2 };

const worse = (left: Severity, right: Severity): Severity => (rank[left] >= rank[right] ? left : right);

export const isUnacknowledged = (alert: Pick<Alert, 'state'>): boolean =>
  alert.state === 'active-unacknowledged' || alert.state === 'cleared-unacknowledged';

function historyOf(transition: AlertTransition, kind: string, workstation: string): AlertEvent {
  const { alertId, receivedAt, streamId, seq, at, severity, value, limit } = transition;
  const details = { streamId, seq, eventAt: at, severity, value, limit };
  return { alertId, at: receivedAt, actor: analysisActor, workstation, kind, details };
}

function firstRaised(transition: AlertTransition): Alert {
  return {
    id: transition.alertId,
    passId: transition.passId,
    vehicleIndex: transition.vehicleIndex,
    position: transition.position,
    rule: transition.rule,
    severity: transition.severity,
    state: 'active-unacknowledged',
    present: true,
    value: transition.value,
    limit: transition.limit,
    raisedAt: transition.at,
    receivedAt: transition.receivedAt,
    provisional: false,
    trainNumber: transition.trainNumber,
    track: transition.track,
    vehicleNumber: transition.vehicleNumber,
    defect: transition.defect,
    streamId: transition.passId === undefined ? transition.streamId : undefined,
  };
}

/** Active and nobody's: who had acknowledged it before stays in the history only. */
function raisedAgain(existing: Alert, transition: AlertTransition): Alert {
  return {
    ...existing,
    severity: worse(existing.severity, transition.severity),
    state: 'active-unacknowledged',
    present: true,
    value: transition.value,
    limit: transition.limit,
    defect: transition.defect ?? existing.defect,
    vehicleNumber: transition.vehicleNumber ?? existing.vehicleNumber,
    acknowledgedBy: undefined,
    acknowledgedAt: undefined,
    provisional: false,
  };
}

function cleared(existing: Alert): Alert {
  switch (existing.state) {
    case 'active-unacknowledged':
      return { ...existing, present: false, state: 'cleared-unacknowledged' };
    case 'active-acknowledged':
      return { ...existing, present: false, state: 'closed' };
    case 'cleared-unacknowledged':
    case 'closed':
      return { ...existing, present: false };
  }
}

/**
 * What a change of the condition makes of the alert. Applying the same transition twice, or one that the alert is
 * already past, changes nothing.
 */
export function applyTransition(
  existing: Alert | undefined,
  transition: AlertTransition,
  workstation = '',
): AlertChange {
  if (transition.kind === 'cleared') {
    const before = existing ?? firstRaised(transition);
    if (!before.present) return { alert: before, events: [] };
    const alert = cleared(before);
    const events = [historyOf(transition, 'cleared', workstation)];
    if (alert.state === 'closed' && before.state !== 'closed')
      events.push(historyOf(transition, 'closed', workstation));
    return { alert, events };
  }
  if (!existing) {
    return { alert: firstRaised(transition), events: [historyOf(transition, 'raised', workstation)] };
  }
  const rises = rank[transition.severity] > rank[existing.severity];
  if (existing.present && !rises) return { alert: existing, events: [] };
  const kind = existing.present ? 'severity-raised' : 'returned';
  return { alert: raisedAgain(existing, transition), events: [historyOf(transition, kind, workstation)] };
}

function historyOfAct(
  alert: Alert,
  act: Act,
  kind: string,
  details: Readonly<Record<string, unknown>>,
): AlertEvent {
  return { alertId: alert.id, at: act.at, actor: act.actor, workstation: act.workstation, kind, details };
}

/** "I have seen it and I own it." Refused with who and when if somebody else was first. */
export function acknowledge(alert: Alert, act: Act, comment?: string): Result<AlertChange> {
  if (!isUnacknowledged(alert)) {
    const { acknowledgedBy, acknowledgedAt } = alert;
    if (acknowledgedBy === undefined) {
      return failure('conflict', 'This alert is closed.', { state: alert.state });
    }
    return failure('already-acknowledged', `Already acknowledged by ${acknowledgedBy}.`, {
      acknowledgedBy,
      acknowledgedAt,
    });
  }
  const closes = alert.state === 'cleared-unacknowledged';
  const acknowledged: Alert = {
    ...alert,
    state: closes ? 'closed' : 'active-acknowledged',
    acknowledgedBy: act.actor,
    acknowledgedAt: act.at,
    comment: comment ?? alert.comment,
    provisional: false,
  };
  const events = [historyOfAct(alert, act, 'acknowledged', comment === undefined ? {} : { comment })];
  if (closes) events.push(historyOfAct(alert, act, 'closed', {}));
  return success({ alert: acknowledged, events });
}

/**
 * An acknowledgement made while the database was away, sent with its original time. It counts like any other; when
 * somebody else is on record already, the earlier act stands and both are in the history. `activeSince` is when
 * the alert last became active-unacknowledged (its latest raised, severity-raised or returned event): an older act
 * was about less than what is there now, and acknowledges nothing.
 */
export function acknowledgeLate(
  alert: Alert,
  act: Act,
  comment: string | undefined,
  activeSince: number,
): AlertChange {
  const late = (outcome: string): AlertEvent =>
    historyOfAct(alert, act, 'acknowledged-late', comment === undefined ? { outcome } : { outcome, comment });
  if (act.at < activeSince) return { alert, events: [late('superseded')] };
  const taken = acknowledge(alert, act, comment);
  if (taken.ok) return taken.value;
  if (alert.acknowledgedAt === undefined || alert.acknowledgedAt <= act.at) {
    return { alert, events: [late('second')] };
  }
  const earlier = { ...alert, acknowledgedBy: act.actor, acknowledgedAt: act.at, provisional: false };
  return { alert: { ...earlier, comment: comment ?? alert.comment }, events: [late('first')] };
}

/** A comment changes nothing of the state. */
export function addComment(alert: Alert, act: Act, comment: string): AlertChange {
  return { alert: { ...alert, comment }, events: [historyOfAct(alert, act, 'commented', { comment })] };
}

/** Confirming a pass closes its alerts. The caller has made sure that none of them is unacknowledged. */
export function closeOnConfirmation(alert: Alert, act: Act): AlertChange {
  if (alert.state === 'closed') return { alert, events: [] };
  const events = [historyOfAct(alert, act, 'closed', { reason: 'pass confirmed' })];
  return { alert: { ...alert, state: 'closed', provisional: false }, events };
}

/** Order of every list of alerts: unacknowledged first, then severity, then newest; the id makes it total. */
export function compareAlerts(left: Alert, right: Alert): number {
  const unacknowledged = Number(isUnacknowledged(right)) - Number(isUnacknowledged(left));
  if (unacknowledged !== 0) return unacknowledged;
  const severity = rank[right.severity] - rank[left.severity];
  if (severity !== 0) return severity;
  if (left.raisedAt !== right.raisedAt) return right.raisedAt - left.raisedAt;
  return left.id < right.id ? -1 : left.id > right.id ? 1 : 0;
}
