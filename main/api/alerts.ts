import { failure, success } from '../../contract/errors.ts';
import type { Acknowledgement } from '../alerts/acknowledgement.ts';
import type { AlertReads, SharedAlertActs } from '../alerts/ports.ts';
import type { Handlers } from '../core.ts';
import { pageOf } from './page.ts';
import { actOf } from './act.ts';

const defaultLimit = 100;

export function alertHandlers(
  reads: AlertReads,
  acknowledgement: Acknowledgement,
  shared: Pick<SharedAlertActs, 'comment'>,
): Handlers<'alerts.list' | 'alerts.get' | 'alerts.acknowledge' | 'alerts.comment'> {
  return {
    'alerts.list': (input) => pageOf(reads.listAlerts({ ...input, limit: input.limit ?? defaultLimit })),
    'alerts.get': async ({ alertId }) => {
      const detail = await reads.getAlert(alertId);
      return detail
        ? success(detail)
        : failure('not-found', 'This alert is not on record here.', { alertId });
    },
    'alerts.acknowledge': ({ alertId, comment }, caller) =>
      acknowledgement.acknowledge(alertId, comment, actOf(caller)),
    'alerts.comment': ({ alertId, comment }, caller) => shared.comment(alertId, comment, actOf(caller)),
  };
}
