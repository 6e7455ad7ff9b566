import type { Alert, AlertEvent, Verdict } from '../../contract/domain.ts';
import { acknowledge } from '../../main/alerts/acts.ts';
import {
  analysisActor,
  applyTransition,
  closeOnConfirmation,
  nobodys,
  offTheShelf,
} from '../../main/alerts/lifecycle.ts';
import type { AlertTransition } from '../../main/alerts/transition.ts';

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function transitionOf(alert: Alert, event: AlertEvent): AlertTransition {
  const { severity, value, limit, streamId, seq } = event.details;
  return {
    ...alert,
    alertId: alert.id,
    kind: event.kind as AlertTransition['kind'],
    severity: severity === 'critical' ? 'critical' : 'warning',
    present: event.kind !== 'cleared',
    value: typeof value === 'number' ? value : undefined,
    limit: typeof limit === 'number' ? limit : undefined,
    streamId: textOf(streamId) ?? '',
    seq: Number(seq),
    at: event.at,
    receivedAt: event.at,
  };
}

function next(alert: Alert, event: AlertEvent): Alert {
  const act = { ...event, subject: '', role: 'operator', correlationId: '' };
  const { details } = event;
  if (event.actor === analysisActor) {
    // Follows from what was cleared.
    return event.kind === 'closed' ? alert : applyTransition(alert, transitionOf(alert, event)).alert;
  }
  switch (event.kind) {
    case 'acknowledged': {
      const taken = acknowledge(alert, act);
      if (!taken.ok) throw new Error(`${event.actor} acknowledged what was ${alert.state}`);
      return taken.value.alert;
    }
    case 'acknowledged-late': {
      if (details['outcome'] !== 'first') return alert;
      const owner = alert.owner === alert.acknowledgedBy ? event.actor : alert.owner;
      return { ...alert, acknowledgedBy: event.actor, acknowledgedAt: event.at, owner };
    }
    case 'acknowledgement-undone':
      // Of one that never counted, or does not any more.
      if (alert.acknowledgedAt !== details['acknowledgedAt']) return alert;
      if (textOf(details['acknowledgedBy']) !== undefined) {
        const acknowledgedBy = textOf(details['acknowledgedBy']);
        const owner = alert.owner === alert.acknowledgedBy ? acknowledgedBy : alert.owner;
        return { ...alert, acknowledgedBy, acknowledgedAt: Number(details['since']), owner };
      }
      return {
        ...alert,
        ...nobodys,
        state: alert.present ? 'active-unacknowledged' : 'cleared-unacknowledged',
      };
    case 'handed-over':
      return { ...alert, owner: textOf(details['to']) };
    case 'shelved':
      return { ...alert, shelvedUntil: Number(details['until']), shelvedBy: event.actor };
    case 'unshelved':
    case 'shelf-ended':
      return { ...alert, ...offTheShelf };
    case 'verdict':
      return { ...alert, verdict: textOf(details['verdict']) as Verdict };
    case 'escalated':
      return { ...alert, escalatedAt: event.at };
    case 'closed':
      return details['reason'] === 'pass confirmed' ? closeOnConfirmation(alert, act).alert : alert;
    case 'commented':
    case 'undo-refused':
      return alert;
    default:
      throw new Error(`no transition leaves an entry ${event.kind}`);
  }
}

/** What of an alert its history tells; times and texts are the row's own. */
export type Told = Pick<
  Alert,
  'state' | 'present' | 'severity' | 'acknowledgedBy' | 'owner' | 'shelvedBy' | 'verdict'
> & { readonly escalated: boolean };

export const toldOf = (alert: Alert): Told => ({
  state: alert.state,
  present: alert.present,
  severity: alert.severity,
  acknowledgedBy: alert.acknowledgedBy,
  owner: alert.owner,
  shelvedBy: alert.shelvedBy,
  verdict: alert.verdict,
  escalated: alert.escalatedAt !== undefined,
});

/** The alert as its entries say it came about, by the pure lifecycle alone: a transition without an entry shows. */
export function replayed(row: Alert, events: readonly AlertEvent[]): Told {
  const [first, ...rest] = events;
  if (first?.kind !== 'raised') throw new Error(`the history of ${row.id} begins with ${first?.kind}`);
  const bare: Alert = { ...row, ...nobodys, ...offTheShelf, verdict: undefined, escalatedAt: undefined };
  const raised = applyTransition(undefined, transitionOf(bare, first)).alert;
  return toldOf(rest.reduce(next, raised));
}
