import type { Alert, Pass } from '../../contract/domain.ts';
import { failure, type Result, success } from '../../contract/errors.ts';
import type { SharedAlertActs } from '../alerts/ports.ts';
import type { PassRecord, SharedPassActs } from '../passes/ports.ts';
import { alertColumns, toAlert } from './alert-rows.ts';
import { type Ask, onlyRow } from './ask.ts';
import { passColumns, toPass } from './pass-rows.ts';
import { storable, storableJson } from './text.ts';

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

/** What people decide, decided by PostgreSQL: each act is one statement, with its history and audit entry. */
export function createActs(ask: Ask): SharedAlertActs & SharedPassActs {
  const remark = (text: string | undefined): string | null => (text === undefined ? null : storable(text));

  return {
    acknowledge: (alertId, comment, act, late) =>
      ask<AlertAnswer, Alert>(
        {
          label: 'acknowledge_alert',
          text: alertAnswer('vicore.acknowledge_alert($1, $2, $3, $4)'),
          values: [alertId, remark(comment), storableJson(act), late],
          correlationId: act.correlationId,
        },
        onlyRow(alertResult),
      ),
    comment: (alertId, comment, act) =>
      ask<AlertAnswer, Alert>(
        {
          label: 'comment_alert',
          text: alertAnswer('vicore.comment_alert($1, $2, $3)'),
          values: [alertId, storable(comment), storableJson(act)],
          correlationId: act.correlationId,
        },
        onlyRow(alertResult),
      ),
    confirm: (passId, notes, act) =>
      ask<PassAnswer, Pass>(
        {
          label: 'confirm_pass',
          text: `select r.outcome, r.waiting, (select to_json(x) from (select ${passColumns}) x) as pass
            from vicore.confirm_pass($1, $2, $3) r cross join lateral (select (r.pass).*) p`,
          values: [passId, remark(notes), storableJson(act)],
          correlationId: act.correlationId,
        },
        onlyRow(passResult),
      ),
  };
}
