import type { Alert, AlertEvent, Verdict } from '../../contract/domain.ts';
import { failure, success } from '../../contract/errors.ts';
import type { Result } from '../../contract/errors.ts';
import type { Act } from '../audit/act.ts';
import type { AlertChange } from './lifecycle.ts';
import { closed, isShelved, isUnacknowledged, nobodys, offTheShelf } from './lifecycle.ts';
import type { Remark } from './ports.ts';

/*
 * What people do to an alert, docs/domain.md "Alerts": the same decisions that the shared record makes in its
 * transactions (resources/migrations), as pure functions. `act.at` is the time that counts, ms since the epoch.
 */

/** How long one's own acknowledgement can be taken back, ms. */
export const undoMs = 30_000;
export const shelfMinutes = { least: 1, most: 1_440 } as const;
const minuteMs = 60_000;

function historyOf(
  alert: Alert,
  act: Act,
  kind: string,
  details: Readonly<Record<string, unknown>> = {},
): AlertEvent {
  return { alertId: alert.id, at: act.at, actor: act.actor, workstation: act.workstation, kind, details };
}

/** Only what was said. */
const said = ({ comment, checklist }: Remark): Readonly<Record<string, unknown>> => ({
  ...(comment === undefined ? undefined : { comment }),
  ...(checklist === undefined ? undefined : { checklist }),
});

/** "I have seen it and I own it." Refused with who and when if somebody else was first. */
export function acknowledge(alert: Alert, act: Act, remark: Remark = {}): Result<AlertChange> {
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
  const owned: Alert = {
    ...alert,
    acknowledgedBy: act.actor,
    acknowledgedAt: act.at,
    owner: act.actor,
    comment: remark.comment ?? alert.comment,
    provisional: false,
  };
  const events = [historyOf(alert, act, 'acknowledged', said(remark))];
  if (alert.state !== 'cleared-unacknowledged') {
    return success({ alert: { ...owned, state: 'active-acknowledged' }, events });
  }
  return success({ alert: closed(owned), events: [...events, historyOf(alert, act, 'closed')] });
}

/**
 * An acknowledgement made while the database was away, sent with its original time. It counts like any other; when
 * somebody else is on record already, the earlier act stands and both are in the history. `activeSince` is when
 * the alert last became active-unacknowledged (its latest raised, severity-raised or returned event): an older act
 * was about less than what is there now, and acknowledges nothing.
 */
export function acknowledgeLate(alert: Alert, act: Act, remark: Remark, activeSince: number): AlertChange {
  const late = (outcome: string): AlertEvent =>
    historyOf(alert, act, 'acknowledged-late', { outcome, ...said(remark) });
  if (act.at < activeSince) return { alert, events: [late('superseded')] };
  const taken = acknowledge(alert, act, remark);
  if (taken.ok) return taken.value;
  if (alert.acknowledgedAt === undefined || alert.acknowledgedAt <= act.at) {
    return { alert, events: [late('second')] };
  }
  // Whoever it was handed to since keeps it.
  const owner = alert.owner === alert.acknowledgedBy ? act.actor : alert.owner;
  const earlier = { acknowledgedBy: act.actor, acknowledgedAt: act.at, owner, provisional: false };
  return {
    alert: { ...alert, ...earlier, comment: remark.comment ?? alert.comment },
    events: [late('first')],
  };
}

/** As if nobody had acknowledged it. */
export const unacknowledged = (alert: Alert): Alert => ({
  ...alert,
  ...nobodys,
  state: alert.present ? 'active-unacknowledged' : 'cleared-unacknowledged',
  provisional: false,
});

/** What may have followed an acknowledgement that can still be taken back. */
const harmless = new Set(['closed', 'commented']);

/**
 * Takes one's own acknowledgement back within 30 s: the alert is as before it, and sounds again. What was said with
 * it stays said. `since`: the history after the acknowledgement; somebody who has built on it is not left alone.
 */
export function undo(alert: Alert, act: Act, since: readonly AlertEvent[]): Result<AlertChange> {
  const { acknowledgedBy, acknowledgedAt } = alert;
  // Closed with its condition present: its pass was confirmed, which no undo takes back.
  const confirmed = alert.state === 'closed' && alert.present;
  if (isUnacknowledged(alert) || acknowledgedBy === undefined || acknowledgedAt === undefined || confirmed) {
    const reason = confirmed ? 'confirmed' : 'not-acknowledged';
    return failure('conflict', 'There is no acknowledgement to take back.', { reason, state: alert.state });
  }
  const theirs = { by: acknowledgedBy, at: acknowledgedAt, acknowledgedBy, acknowledgedAt };
  if (acknowledgedBy !== act.actor) {
    const details = { reason: 'not-yours', ...theirs };
    return failure('conflict', `This is the acknowledgement of ${acknowledgedBy}.`, details);
  }
  const after = since.find((event) => !harmless.has(event.kind));
  if (after) {
    const { kind, actor: by, at } = after;
    return failure('conflict', 'Something has happened since.', { reason: 'changed-since', kind, by, at });
  }
  if (act.at - acknowledgedAt > undoMs) {
    const details = { reason: 'too-late', ...theirs };
    return failure('conflict', 'An acknowledgement can be taken back for 30 s.', details);
  }
  return success({
    alert: unacknowledged(alert),
    events: [historyOf(alert, act, 'acknowledgement-undone', { acknowledgedAt })],
  });
}

/** `to`: the new owner's name. Nobody need have it yet: an unacknowledged one still flashes and sounds. */
export function handOver(alert: Alert, act: Act, to: string, comment?: string): Result<AlertChange> {
  if (alert.state === 'closed') {
    return failure('conflict', "A closed alert is nobody's task any more.", { state: alert.state });
  }
  if (alert.owner === to) return failure('conflict', `${to} has it already.`, { owner: to });
  const details = { from: alert.owner, to, ...said({ comment }) };
  return success({
    alert: { ...alert, owner: to, comment: comment ?? alert.comment },
    events: [historyOf(alert, act, 'handed-over', details)],
  });
}

/** Out of sight and sound for 1 to 1,440 minutes, with a reason; one's own shelf gets the new end. */
export function shelve(alert: Alert, act: Act, minutes: number, reason: string): Result<AlertChange> {
  const { least, most } = shelfMinutes;
  if (!Number.isInteger(minutes) || minutes < least || minutes > most) {
    return failure('invalid-input', 'A shelf lasts 1 minute to 24 hours.', { least, most });
  }
  if (reason.trim() === '') return failure('invalid-input', 'Shelving needs a reason.', { field: 'reason' });
  if (alert.state === 'closed') {
    return failure('conflict', 'A closed alert has nothing to put on the shelf.', { state: alert.state });
  }
  const { shelvedBy, shelvedUntil } = alert;
  if (isShelved(alert, act.at) && shelvedBy !== act.actor) {
    return failure('conflict', `${shelvedBy} has put it on the shelf.`, { shelvedBy, shelvedUntil });
  }
  const until = act.at + minutes * minuteMs;
  return success({
    alert: { ...alert, shelvedUntil: until, shelvedBy: act.actor, shelveReason: reason },
    events: [historyOf(alert, act, 'shelved', { until, reason })],
  });
}

export function unshelve(alert: Alert, act: Act): Result<AlertChange> {
  if (!isShelved(alert, act.at)) return failure('conflict', 'This alert is not on the shelf.');
  return success({ alert: { ...alert, ...offTheShelf }, events: [historyOf(alert, act, 'unshelved')] });
}

/** What an inspection found; a later verdict replaces the one before, and both are in the history. */
export function giveVerdict(alert: Alert, act: Act, verdict: Verdict, comment?: string): AlertChange {
  const details = { verdict, before: alert.verdict, ...said({ comment }) };
  return {
    alert: { ...alert, verdict, comment: comment ?? alert.comment },
    events: [historyOf(alert, act, 'verdict', details)],
  };
}

/** A comment changes nothing of the state. */
export function addComment(alert: Alert, act: Act, comment: string): AlertChange {
  return { alert: { ...alert, comment }, events: [historyOf(alert, act, 'commented', { comment })] };
}
