import type { AlertChange } from '../alerts/lifecycle.ts';
import { isUnacknowledged } from '../alerts/lifecycle.ts';
import type { Alert, Pass } from '../../contract/domain.ts';

/**
 * The pass to store. The fold knows what the stream says; what people decided (confirmed, by whom, notes,
 * re-opened) is on record in the store alone and always wins. A confirmed pass goes back to pending, marked
 * re-opened, when `reopens` (docs/domain.md, passes).
 */
export function mergePassRow<Row extends Pass>(
  judged: Row,
  onRecord: Pass | undefined,
  reopens: boolean,
): Row {
  if (!onRecord || judged.status === 'in-progress') return judged;
  const { confirmedBy, confirmedAt, notes } = onRecord;
  const confirmed = onRecord.status === 'confirmed' && !reopens;
  const reopened = onRecord.reopened || (onRecord.status === 'confirmed' && reopens);
  const status = confirmed ? 'confirmed' : 'pending';
  return { ...judged, status, confirmedBy, confirmedAt, notes, reopened };
}

/** Whether an alert of a confirmed pass became active and nobody's by this change, which re-opens the pass. */
export const reopensPass = (change: AlertChange): boolean =>
  change.events.length > 0 && change.alert.state === 'active-unacknowledged';

/** Why a pass cannot be confirmed now, or undefined when it can. */
export function confirmationObstacle(
  pass: Pick<Pass, 'status'>,
  alerts: readonly Pick<Alert, 'state'>[],
): 'not-ended' | 'conflict' | 'unacknowledged-alerts' | undefined {
  if (pass.status === 'in-progress') return 'not-ended';
  if (pass.status === 'confirmed') return 'conflict';
  return alerts.some(isUnacknowledged) ? 'unacknowledged-alerts' : undefined;
}
