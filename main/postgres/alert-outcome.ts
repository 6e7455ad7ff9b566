import type { Alert } from '../../contract/domain.ts';
import { failure, type Result, success } from '../../contract/errors.ts';
import { knownAlertColumns, toAlert } from './alert-rows.ts';
import { milliseconds } from './queryable.ts';

/** Why an act on an alert is refused for what the alert is now. */
type Reason =
  | 'closed'
  | 'raised-again'
  | 'not-acknowledged'
  | 'not-yours'
  | 'too-late'
  | 'changed-since'
  | 'confirmed'
  | 'has-it-already'
  | 'shelved'
  | 'not-shelved';

export interface AlertAnswer {
  readonly outcome: 'done' | 'not-found' | 'no-such-person' | 'already-acknowledged' | 'conflict';
  readonly alert: Alert;
  readonly reason: Reason | null;
  /** Who did what stands in the way, where it was somebody, and when. */
  readonly who: string | null;
  readonly since: number | null;
}

const explanations: Readonly<Record<Reason, string>> = {
  closed: 'The alert is closed.',
  'raised-again': 'The alert was raised again after this acknowledgement.',
  'not-acknowledged': 'The alert is not acknowledged any more.',
  'not-yours': 'Somebody else acknowledged the alert.',
  'too-late': 'An acknowledgement can be taken back for 30 seconds.',
  'changed-since': 'Something has happened to the alert since it was acknowledged.',
  confirmed: 'The pass has been confirmed since.',
  'has-it-already': 'The alert is theirs already.',
  shelved: 'Somebody else has shelved the alert.',
  'not-shelved': 'The alert is not shelved any more.',
};

/** A statement that calls a function of schema vicore which answers with an `act_result`. */
export const alertAnswer = (call: string): string =>
  `select r.outcome, r.reason, r.who, ${milliseconds('r.since')}::float8 as since,
       (select to_json(x) from (select ${knownAlertColumns}) x) as alert
     from ${call} r cross join lateral (select (r.alert).*) a`;

export function alertResult({ outcome, alert: row, reason, who, since }: AlertAnswer): Result<Alert> {
  if (outcome === 'not-found') return failure('not-found', 'This alert is not in the shared record.');
  if (outcome === 'no-such-person')
    return failure('not-found', 'There is no active operator of this account.');
  const alert = toAlert(row);
  if (outcome === 'done') return success(alert);
  const { acknowledgedBy, acknowledgedAt, shelvedBy, shelvedUntil, state } = alert;
  if (outcome === 'already-acknowledged') {
    return failure('already-acknowledged', `Already acknowledged by ${acknowledgedBy}.`, {
      acknowledgedBy,
      acknowledgedAt,
    });
  }
  return failure('conflict', reason === null ? 'The alert is not what it was.' : explanations[reason], {
    state,
    reason: reason ?? undefined,
    by: who ?? undefined,
    at: since ?? undefined,
    acknowledgedBy,
    acknowledgedAt,
    shelvedBy,
    shelvedUntil,
  });
}
