import type { Alert } from '../../contract/domain.ts';
import { failure, type Result, success } from '../../contract/errors.ts';
import type { SharedAlertActs } from '../alerts/ports.ts';
import type { Act } from '../audit/act.ts';
import { type AlertAnswer, alertAnswer, alertResult } from './alert-outcome.ts';
import { type Ask, onlyRow } from './ask.ts';
import { milliseconds } from './queryable.ts';
import { storable, storableJson, storableOrNull } from './text.ts';

type AlertActs = Omit<SharedAlertActs, 'people' | 'figures' | 'readGuidance'>;

interface MaintenanceAnswer {
  readonly outcome: 'done' | 'not-found';
  readonly vehicleNumber: string;
  readonly at: number;
}

/** What people decide about alerts, decided by PostgreSQL: each act is one statement, with its history and audit entry. */
export function createAlertActs(ask: Ask): AlertActs {
  /** A function of schema vicore; its parameters are the alert, these, the act, and those after it. */
  function decide(
    name: string,
    alertId: string,
    parameters: readonly unknown[],
    act: Act,
    after: readonly unknown[] = [],
  ): Promise<Result<Alert>> {
    const values = [alertId, ...parameters, storableJson(act), ...after];
    const places = values.map((_, index) => `$${index + 1}`).join(', ');
    return ask<AlertAnswer, Alert>(
      {
        label: name,
        text: alertAnswer(`vicore.${name}(${places})`),
        values,
        correlationId: act.correlationId,
      },
      onlyRow(alertResult),
    );
  }

  return {
    acknowledge: (alertId, { comment, checklist }, act, late) =>
      decide(
        'acknowledge_alert',
        alertId,
        [storableOrNull(comment), checklist === undefined ? null : storableJson(checklist)],
        act,
        [late],
      ),
    acknowledgeUndone: (alertId, { comment, checklist }, act, undo) =>
      decide(
        'acknowledge_undone',
        alertId,
        [storableOrNull(comment), checklist === undefined ? null : storableJson(checklist)],
        act,
        [storableJson(undo)],
      ),
    comment: (alertId, comment, act) => decide('comment_alert', alertId, [storable(comment)], act),
    undo: (alertId, act) => decide('undo_acknowledgement', alertId, [], act),
    handOver: (alertId, to, comment, act) =>
      decide('hand_over_alert', alertId, [storableOrNull(to), storableOrNull(comment)], act),
    shelve: (alertId, minutes, reason, act) =>
      decide('shelve_alert', alertId, [minutes, storable(reason)], act),
    unshelve: (alertId, act) => decide('unshelve_alert', alertId, [], act),
    verdict: (alertId, verdict, comment, act) =>
      decide('give_verdict', alertId, [verdict, storableOrNull(comment)], act),
    recordMaintenance: (vehicleNumber, reason, act) =>
      ask<MaintenanceAnswer, { readonly vehicleNumber: string; readonly at: number }>(
        {
          label: 'record_maintenance',
          text: `select r.outcome, (r.mark).vehicle_number as "vehicleNumber",
              ${milliseconds('(r.mark).at')}::float8 as at from vicore.record_maintenance($1, $2, $3) r`,
          values: [storable(vehicleNumber), storable(reason), storableJson(act)],
          correlationId: act.correlationId,
        },
        onlyRow(({ outcome, ...mark }) =>
          outcome === 'done'
            ? success(mark)
            : failure('not-found', 'No vehicle of this number has ever passed.'),
        ),
      ),
  };
}
