import type { Alert, Pass } from '../../contract/domain.ts';
import { type CallError, failure, type Result, success } from '../../contract/errors.ts';
import type { SharedAlertActs } from '../alerts/ports.ts';
import type { PassRecord, SharedPassActs } from '../passes/ports.ts';
import { alertColumns, toAlert } from './alert-rows.ts';
import type { OpenConnection } from './connection.ts';
import { describeFailure, failureCode } from './failure.ts';
import { passColumns, toPass } from './pass-rows.ts';
import { storable, storableJson } from './text.ts';

export interface ActsOptions {
  readonly connection: () => OpenConnection | undefined;
  /** Why there is no connection, for people; `readOnly` when the database is there and may not be written. */
  readonly hindrance: () => { readonly reason: string; readonly readOnly: boolean };
}

interface AlertAnswer {
  readonly outcome: 'done' | 'not-found' | 'already-acknowledged' | 'conflict';
  readonly alert: Alert;
}

interface PassAnswer {
  readonly outcome: 'done' | 'not-found' | 'not-ended' | 'conflict' | 'unacknowledged-alerts';
  readonly waiting: number;
  readonly pass: PassRecord;
}

const alertAnswer = (call: string): string =>
  `select r.outcome, (select to_json(x) from (select ${alertColumns}) x) as alert
     from ${call} r cross join lateral (select (r.alert).*) a`;

function alertResult({ outcome, alert: row }: AlertAnswer): Result<Alert> {
  if (outcome === 'not-found') return failure('not-found', 'This alert is not in the shared record.');
  const alert = toAlert(row);
  if (outcome === 'done') return success(alert);
  const { acknowledgedBy, acknowledgedAt, state } = alert;
  if (outcome === 'already-acknowledged') {
    return failure('already-acknowledged', `Already acknowledged by ${acknowledgedBy}.`, {
      acknowledgedBy,
      acknowledgedAt,
    });
  }
  return failure('conflict', 'The alert is closed, or was raised again after this acknowledgement.', {
    state,
  });
}

function passResult({ outcome, waiting, pass: row }: PassAnswer): Result<Pass> {
  switch (outcome) {
    case 'not-found':
      return failure('not-found', 'This pass is not in the shared record.');
    case 'not-ended':
      return failure('not-ended', 'The pass is still in progress.');
    case 'unacknowledged-alerts':
      return failure('unacknowledged-alerts', `${waiting} alerts of this pass are not acknowledged.`, {
        count: waiting,
      });
    case 'conflict': {
      const { confirmedBy, confirmedAt } = toPass(row);
      return failure('conflict', `Already confirmed by ${confirmedBy}.`, { confirmedBy, confirmedAt });
    }
    case 'done': {
      const { work: _, ...pass } = toPass(row);
      return success(pass);
    }
  }
}

function failed(
  error: unknown,
  connection: OpenConnection,
): { readonly ok: false; readonly error: CallError } {
  const code = failureCode(error);
  const reason = describeFailure(error);
  if (code === '55P03' || code === '57014') {
    return failure('timeout', 'Somebody else is writing to this just now; try again.', { reason });
  }
  if (code === '25006') return failure('read-only', 'The database accepts no writes.', { reason });
  if (code === '42501')
    return failure('forbidden', 'The database refuses this to the workstation.', { reason });
  if (code !== undefined && /^(22|VC)...$/.test(code)) return failure('invalid-input', reason);
  if (code === undefined || /^(08|53|57)/.test(code)) {
    // Whether it was done is not known; sent again with the same time it counts once.
    connection.destroy(error instanceof Error ? error : undefined);
    return failure('database-away', 'The database did not answer.', { reason });
  }
  return failure('internal', reason);
}

/** What people decide, decided by PostgreSQL: each act is one statement, with its history and audit entry. */
export function createActs(options: ActsOptions): SharedAlertActs & SharedPassActs {
  const { connection, hindrance } = options;

  async function ask<Answer extends object, Value>(
    text: string,
    values: readonly unknown[],
    resultOf: (answer: Answer) => Result<Value>,
  ): Promise<Result<Value>> {
    const open = connection();
    if (!open) {
      const { reason, readOnly } = hindrance();
      return failure(readOnly ? 'read-only' : 'database-away', 'The database cannot be written to now.', {
        reason,
      });
    }
    try {
      const { rows } = await open.shared.query<Answer>({ text, values: [...values] });
      const answer = rows[0];
      return answer ? resultOf(answer) : failure('internal', 'The database gave no answer.');
    } catch (error) {
      return failed(error, open);
    }
  }

  const remark = (text: string | undefined): string | null => (text === undefined ? null : storable(text));

  return {
    acknowledge: (alertId, comment, act, late) =>
      ask<AlertAnswer, Alert>(
        alertAnswer('vicore.acknowledge_alert($1, $2, $3, $4)'),
        [alertId, remark(comment), storableJson(act), late],
        alertResult,
      ),
    comment: (alertId, comment, act) =>
      ask<AlertAnswer, Alert>(
        alertAnswer('vicore.comment_alert($1, $2, $3)'),
        [alertId, storable(comment), storableJson(act)],
        alertResult,
      ),
    confirm: (passId, notes, act) =>
      ask<PassAnswer, Pass>(
        `select r.outcome, r.waiting, (select to_json(x) from (select ${passColumns}) x) as pass
           from vicore.confirm_pass($1, $2, $3) r cross join lateral (select (r.pass).*) p`,
        [passId, remark(notes), storableJson(act)],
        passResult,
      ),
  };
}
