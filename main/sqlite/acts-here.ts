import type { Alert, AlertEvent } from '../../contract/domain.ts';
import { failure, success } from '../../contract/errors.ts';
import type { Result } from '../../contract/errors.ts';
import { acknowledge, unacknowledged, undo } from '../alerts/acts.ts';
import type { AlertChange } from '../alerts/lifecycle.ts';
import type { KeptAct } from '../alerts/ports.ts';
import { eventsOfAlert, findAlert, putAlert, putAlertEvents } from './alert-rows.ts';
import {
  keepAct,
  keepUndo,
  pendingActs,
  pendingActsOf,
  removeAct,
  renewNotification,
} from './durable-notes.ts';
import type { Files } from './files.ts';
import type { AcknowledgeInput } from './protocol.ts';

/* What people do while the database is away: durable in the journal before it is confirmed, then visible at once. */

const show = ({ replica }: Files, { alert, events }: AlertChange): void => {
  const { database, sql } = replica;
  database.transaction(() => {
    putAlert(sql, alert);
    putAlertEvents(sql, events);
  })();
};

/** Marked as not yet shared. */
export const acknowledgeHere = (files: Files, { alertId, remark, act }: AcknowledgeInput): Result<Alert> => {
  const alert = findAlert(files.replica.sql, alertId);
  if (alert === undefined) return failure('not-found', 'This alert is not known here.', { alertId });
  const taken = acknowledge(alert, act, remark);
  if (!taken.ok) return taken;
  keepAct(files.journal, alertId, remark, act);
  const provisional = { ...taken.value.alert, provisional: true };
  show(files, { alert: provisional, events: taken.value.events });
  return success(provisional);
};

const sinceThen = (events: readonly AlertEvent[], { act }: KeptAct): AlertEvent[] =>
  events.slice(events.findLastIndex(({ kind, at }) => kind.startsWith('acknowledged') && at === act.at) + 1);

/** Undefined: the alert is not acknowledged by an act that is kept here. */
export const undoHere = (
  files: Files,
  { alertId, act }: Omit<AcknowledgeInput, 'remark'>,
): Result<Alert> | undefined => {
  const { journal, replica } = files;
  const kept = pendingActsOf(journal, alertId).at(-1);
  const alert = findAlert(replica.sql, alertId);
  if (kept === undefined || kept.undo || alert?.acknowledgedAt !== kept.act.at) return undefined;
  const taken = undo(alert, act, sinceThen(eventsOfAlert(replica.sql, alertId), kept));
  if (!taken.ok) return taken;
  keepUndo(journal, kept.id, act);
  // It calls for somebody again.
  renewNotification(journal, [alertId]);
  show(files, taken.value);
  return success(taken.value.alert);
};

/**
 * Once at the start: whoever died between the two files, or lost power, has taken it back in the journal only, and
 * the replica would keep an alert quiet that is nobody's.
 */
export const undoAgain = (files: Files): void => {
  for (const { alertId, act, undo: taken } of pendingActs(files.journal)) {
    const alert = findAlert(files.replica.sql, alertId);
    if (taken === undefined || alert?.provisional !== true || alert.acknowledgedAt !== act.at) continue;
    renewNotification(files.journal, [alertId]);
    const change = undo(alert, taken, []);
    show(files, change.ok ? change.value : { alert: unacknowledged(alert), events: [] });
  }
};

/** Nobody's again, before the act is forgotten: dying in between sends it once more. */
export const refuseHere = (files: Files, id: number): Alert | undefined => {
  const { sql } = files.replica;
  const kept = pendingActs(files.journal).find((act) => act.id === id);
  if (kept === undefined || kept.undo) return undefined;
  const alert = findAlert(sql, kept.alertId);
  const back = alert?.provisional === true ? unacknowledged(alert) : undefined;
  if (back) putAlert(sql, back);
  removeAct(files.journal, id);
  return back;
};
