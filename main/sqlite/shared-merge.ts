import type { Alert, AlertEvent, Pass } from '../../contract/domain.ts';
import { acknowledgeLate } from '../alerts/acts.ts';
import { analysisActor, applyTransition, isUnacknowledged } from '../alerts/lifecycle.ts';
import type { AlertTransition } from '../alerts/transition.ts';
import type { Act } from '../audit/act.ts';
import { mergePassRow } from '../passes/pass-row.ts';

const kinds = ['raised', 'severity-raised', 'returned', 'cleared'] as const;
const becameActive = new Set(['raised', 'severity-raised', 'returned']);

/** When the alert last became active and nobody's. */
const activeSince = (alert: Alert, events: readonly AlertEvent[]): number =>
  Math.max(
    alert.receivedAt,
    ...events.filter((event) => becameActive.has(event.kind)).map((event) => event.at),
  );

/** The change of the condition that left this entry of the history; undefined for what people or time did. */
const transitionOf = (alert: Alert, event: AlertEvent): AlertTransition | undefined => {
  const kind = kinds.find((known) => known === event.kind);
  const { streamId, seq, severity, value, limit, eventAt } = event.details;
  if (event.actor !== analysisActor || kind === undefined) return undefined;
  if (typeof streamId !== 'string' || typeof seq !== 'number') return undefined;
  return {
    ...alert,
    kind,
    alertId: alert.id,
    severity: severity === 'critical' ? 'critical' : 'warning',
    present: kind !== 'cleared',
    value: typeof value === 'number' ? value : undefined,
    limit: typeof limit === 'number' ? limit : undefined,
    streamId,
    seq,
    at: typeof eventAt === 'number' ? eventAt : event.at,
    receivedAt: event.at,
  };
};

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

/** Ours stands until the shared record has an answer to our provisional acknowledgement. */
const keepProvisional = (local: Alert | undefined, merged: Alert): Alert => {
  if (local?.provisional !== true || !isUnacknowledged(merged) || merged.severity !== local.severity)
    return merged;
  const { acknowledgedBy, acknowledgedAt, comment, owner } = local;
  const state = merged.present ? 'active-acknowledged' : 'closed';
  return {
    ...merged,
    state,
    acknowledgedBy,
    acknowledgedAt,
    owner,
    comment: comment ?? merged.comment,
    provisional: true,
  };
};

/**
 * The alert as the shared record has it, and on top of that what of the stream we have judged and it has not:
 * `sharedHas` is up to which `seq` of a stream it has. So it will be there as well, once those events are stored.
 */
export const mergeShared = (
  local: Alert | undefined,
  shared: Alert,
  localEvents: readonly AlertEvent[],
  sharedHas: (streamId: string) => number,
): Alert => {
  const pending = localEvents
    .flatMap((event) => transitionOf(shared, event) ?? [])
    .filter((transition) => transition.seq > sharedHas(transition.streamId))
    .toSorted((left, right) => left.seq - right.seq);
  if (local === undefined || pending.length === 0) return keepProvisional(local, shared);
  const { defect, vehicleNumber } = local;
  let merged = shared;
  for (const transition of pending)
    merged = applyTransition(merged, { ...transition, defect, vehicleNumber }).alert;
  // Somebody has acknowledged it after we saw it get worse: they may have seen that too.
  const act = actOnRecord(shared);
  if (act !== undefined && isUnacknowledged(merged)) {
    merged = acknowledgeLate(merged, act, {}, activeSince(local, localEvents)).alert;
  }
  return keepProvisional(local, merged);
};

/** What people decided about a pass of which ours has seen more of the stream. */
export const mergePassActs = (local: Pass, shared: Pass, hasActiveUnacknowledged: boolean): Pass => {
  const judged: Pass = local.status === 'confirmed' ? { ...local, status: 'pending' } : local;
  return mergePassRow(judged, shared, hasActiveUnacknowledged);
};
