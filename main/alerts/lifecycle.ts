import type { Alert, AlertEvent, Severity } from '../../contract/domain.ts';
import type { Act } from '../audit/act.ts';
import type { AlertTransition } from './transition.ts';

/*
 * The life of an alert, docs/domain.md "Alerts": pure functions from what is on record and what happened to what
 * is on record next. Every store uses these, so an alert has the same state wherever it is read. What the
 * condition does is here; what people do is in acts.ts, what time does in timed.ts.
 */

export interface AlertChange {
  readonly alert: Alert;
  /** Empty: nothing changed. */
  readonly events: readonly AlertEvent[];
}

/** Actor of what the judgement did, as opposed to a person. */
export const analysisActor = 'analysis';
/** Actor of what time did: a shelf that ended, an alert that escalated. */
export const systemActor = 'system';

const rank: Record<Severity, number> = { warning: 1, critical: 2 };

const worse = (left: Severity, right: Severity): Severity => (rank[left] >= rank[right] ? left : right);

export const isUnacknowledged = (alert: Pick<Alert, 'state'>): boolean =>
  alert.state === 'active-unacknowledged' || alert.state === 'cleared-unacknowledged';

/** A shelf has an end, and beyond it none, whoever has noticed it so far (docs/domain.md, shelving). */
export const isShelved = (alert: Pick<Alert, 'shelvedUntil'>, now: number): boolean =>
  alert.shelvedUntil !== undefined && alert.shelvedUntil > now;

export const offTheShelf = {
  shelvedUntil: undefined,
  shelvedBy: undefined,
  shelveReason: undefined,
} as const;

export const nobodys = { owner: undefined, acknowledgedBy: undefined, acknowledgedAt: undefined } as const;

/** Cleared and acknowledged: nothing of it is left to hide. */
export const closed = (alert: Alert): Alert => ({ ...alert, ...offTheShelf, state: 'closed' });

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

/**
 * Active and nobody's: who had acknowledged it before stays in the history only, and the time to escalation begins
 * anew. What became worse is not what was put on the shelf.
 */
function raisedAgain(existing: Alert, transition: AlertTransition, rises: boolean): Alert {
  return {
    ...existing,
    ...nobodys,
    ...(rises ? offTheShelf : undefined),
    severity: worse(existing.severity, transition.severity),
    state: 'active-unacknowledged',
    present: true,
    value: transition.value,
    limit: transition.limit,
    defect: transition.defect ?? existing.defect,
    vehicleNumber: transition.vehicleNumber ?? existing.vehicleNumber,
    escalatedAt: undefined,
    provisional: false,
  };
}

function cleared(existing: Alert): Alert {
  switch (existing.state) {
    case 'active-unacknowledged':
      return { ...existing, present: false, state: 'cleared-unacknowledged' };
    case 'active-acknowledged':
      return closed({ ...existing, present: false });
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
  return {
    alert: raisedAgain(existing, transition, rises),
    events: [historyOf(transition, kind, workstation)],
  };
}

/** Confirming a pass closes its alerts. The caller has made sure that none of them is unacknowledged. */
export function closeOnConfirmation(alert: Alert, act: Act): AlertChange {
  if (alert.state === 'closed') return { alert, events: [] };
  const { at, actor, workstation } = act;
  const details = { reason: 'pass confirmed' };
  const events = [{ alertId: alert.id, at, actor, workstation, kind: 'closed', details }];
  return { alert: { ...closed(alert), provisional: false }, events };
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
