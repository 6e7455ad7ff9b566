import type { Alert, AlertEvent, Pass } from '../../contract/domain.ts';
import { acknowledgeLate, isUnacknowledged } from '../alerts/lifecycle.ts';
import type { Act } from '../audit/act.ts';
import { mergePassRow } from '../passes/pass-row.ts';

const becameActive = new Set(['raised', 'severity-raised', 'returned']);

/** When the alert last became active and nobody's. */
const activeSince = (alert: Alert, events: readonly AlertEvent[]): number =>
  Math.max(
    alert.receivedAt,
    ...events.filter((event) => becameActive.has(event.kind)).map((event) => event.at),
  );

const actOnRecord = (alert: Alert): Act | undefined =>
  alert.acknowledgedBy === undefined || alert.acknowledgedAt === undefined
    ? undefined
    : {
        actor: alert.acknowledgedBy,
        subject: '',
        at: alert.acknowledgedAt,
        role: 'operator',
        workstation: '',
        correlationId: '',
      };

/** As if the provisional acknowledgement had not been made: the shared one takes its place. */
const unacknowledged = (alert: Alert): Alert => ({
  ...alert,
  state: alert.present ? 'active-unacknowledged' : 'cleared-unacknowledged',
  acknowledgedBy: undefined,
  acknowledgedAt: undefined,
  provisional: false,
});

/** The shared alert is at least as new as ours: it stands, but for an acknowledgement it does not know yet. */
export const takeShared = (local: Alert | undefined, shared: Alert): Alert => {
  if (local?.provisional !== true || !isUnacknowledged(shared) || shared.severity !== local.severity)
    return shared;
  const { acknowledgedBy, acknowledgedAt, comment } = local;
  const state = shared.present ? 'active-acknowledged' : 'closed';
  return {
    ...shared,
    state,
    acknowledgedBy,
    acknowledgedAt,
    comment: comment ?? shared.comment,
    provisional: true,
  };
};

/** Ours has seen more of the stream than the shared one: only what people did is taken over. */
export const mergeActs = (local: Alert, shared: Alert, localEvents: readonly AlertEvent[]): Alert => {
  let merged = local;
  const act = actOnRecord(shared);
  if (act !== undefined && (isUnacknowledged(merged) || merged.provisional)) {
    const base = merged.provisional ? unacknowledged(merged) : merged;
    const taken = acknowledgeLate(base, act, shared.comment, activeSince(local, localEvents)).alert;
    if (!isUnacknowledged(taken)) merged = taken;
  }
  if (shared.comment !== undefined && !merged.provisional) merged = { ...merged, comment: shared.comment };
  // Closed while its condition is present: its pass was confirmed.
  const confirmed = shared.state === 'closed' && shared.present;
  if (confirmed && !isUnacknowledged(merged)) merged = { ...merged, state: 'closed', provisional: false };
  return merged;
};

/** What people decided about a pass of which ours has seen more of the stream. */
export const mergePassActs = (local: Pass, shared: Pass, hasActiveUnacknowledged: boolean): Pass => {
  const judged: Pass = local.status === 'confirmed' ? { ...local, status: 'pending' } : local;
  return mergePassRow(judged, shared, hasActiveUnacknowledged);
};
