import type { Alert } from '../../contract/domain.ts';
import type { AlertChange } from './lifecycle.ts';
import { isShelved, offTheShelf, systemActor } from './lifecycle.ts';

/*
 * What time alone does to an alert (docs/domain.md, alerts). `now` is the database's clock where the shared record
 * decides; a jump of it brings these forward or delays them, and never loses an alert (fault 43).
 */

/** A shelf whose end has come: the alert is as it was. */
export function endShelf(alert: Alert, now: number, workstation: string): AlertChange {
  const { shelvedUntil } = alert;
  if (shelvedUntil === undefined || isShelved(alert, now)) return { alert, events: [] };
  const details = { until: shelvedUntil };
  return {
    alert: { ...alert, ...offTheShelf },
    events: [{ alertId: alert.id, at: now, actor: systemActor, workstation, kind: 'shelf-ended', details }],
  };
}

export interface Escalation {
  readonly afterMs: number;
  /** When the alert last became active and nobody's, or came off the shelf. */
  readonly since: number;
  readonly now: number;
}

/** A critical alert that nobody has acknowledged in time, once; not while it is on the shelf. */
export function escalate(
  alert: Alert,
  { afterMs, since, now }: Escalation,
  workstation: string,
): AlertChange {
  const waits = alert.severity === 'critical' && alert.state === 'active-unacknowledged';
  if (!waits || alert.escalatedAt !== undefined || isShelved(alert, now) || now - since < afterMs) {
    return { alert, events: [] };
  }
  const details = { afterSeconds: Math.round(afterMs / 1_000) };
  return {
    alert: { ...alert, escalatedAt: now },
    events: [{ alertId: alert.id, at: now, actor: systemActor, workstation, kind: 'escalated', details }],
  };
}
