import { failure, success } from '../../contract/errors.ts';
import type { MethodName } from '../../contract/methods.ts';
import { acknowledgeMany } from '../alerts/acknowledge-many.ts';
import type { Acknowledgement } from '../alerts/acknowledgement.ts';
import type { GuidanceBook } from '../alerts/guidance.ts';
import type { AlertReads, SharedAlertActs } from '../alerts/ports.ts';
import type { Handlers } from '../core.ts';
import { actOf } from './act.ts';
import { pageOf } from './page.ts';

const defaultLimit = 100;
const defaultPeople = 50;
/** What the figures are asked for at most, ms. */
const longestPeriod = 2 * 366 * 86_400_000;

export interface AlertHandlersOptions {
  readonly reads: Pick<AlertReads, 'listAlerts' | 'getAlert'>;
  readonly acknowledgement: Pick<Acknowledgement, 'acknowledge' | 'undo'>;
  readonly shared: Omit<
    SharedAlertActs,
    'acknowledge' | 'acknowledgeUndone' | 'undo' | 'recordMaintenance' | 'readGuidance'
  >;
  readonly guidance: Pick<GuidanceBook, 'find'>;
}

/** `alerts.silence` is the sound's (main/api/sound.ts), `alerts.export` the shell's: it asks for the place first. */
type AlertMethods = Exclude<Extract<MethodName, `alerts.${string}`>, 'alerts.silence' | 'alerts.export'>;

export function alertHandlers(options: AlertHandlersOptions): Handlers<AlertMethods> {
  const { reads, acknowledgement, shared, guidance } = options;
  return {
    'alerts.list': (input) => pageOf(reads.listAlerts({ ...input, limit: input.limit ?? defaultLimit })),
    'alerts.get': async ({ alertId }) => {
      const detail = await reads.getAlert(alertId);
      return detail
        ? success(detail)
        : failure('not-found', 'This alert is not on record here.', { alertId });
    },
    'alerts.acknowledge': ({ alertId, ...remark }, caller) =>
      acknowledgement.acknowledge(alertId, remark, actOf(caller)),
    'alerts.acknowledgeMany': async ({ alertIds, comment }, caller) =>
      success(await acknowledgeMany(acknowledgement, alertIds, comment, actOf(caller))),
    'alerts.comment': ({ alertId, comment }, caller) => shared.comment(alertId, comment, actOf(caller)),
    'alerts.undo': ({ alertId }, caller) => acknowledgement.undo(alertId, actOf(caller)),
    'alerts.handOver': ({ alertId, to, comment }, caller) =>
      shared.handOver(alertId, to, comment, actOf(caller)),
    'alerts.shelve': ({ alertId, minutes, reason }, caller) =>
      shared.shelve(alertId, minutes, reason, actOf(caller)),
    'alerts.unshelve': ({ alertId }, caller) => shared.unshelve(alertId, actOf(caller)),
    'alerts.verdict': ({ alertId, verdict, comment }, caller) =>
      shared.verdict(alertId, verdict, comment, actOf(caller)),
    'alerts.people': (input) => shared.people({ ...input, limit: input.limit ?? defaultPeople }),
    'alerts.guidance': ({ rule, severity }) => Promise.resolve(success(guidance.find(rule, severity))),
    'alerts.figures': ({ from, to }) =>
      to <= from || to - from > longestPeriod
        ? Promise.resolve(
            failure('invalid-input', 'A period ends after it begins, and lasts two years at most.', {
              field: 'to',
            }),
          )
        : shared.figures(from, to),
  };
}
