import type { StoreApi } from 'zustand/vanilla';
import type { VicoreApi } from '../../contract/api.ts';
import type { Alert, SoundName, SoundState, Verdict } from '../../contract/domain.ts';
import type { CallError, Result } from '../../contract/errors.ts';
import { applyBatch } from './apply.ts';
import { callOn } from './call.ts';
import { showError } from './notices.ts';
import { refusalError, refusalOf } from './refusal.ts';
import type { Act } from './refusal.ts';
import type { LiveState } from './state.ts';
import { checklistOf, clearTicks } from './ticks.ts';
import { refuseUndo, rememberAcknowledged } from './undo.ts';

/** What became of a bulk acknowledgement, alert by alert. */
export interface BulkOutcome {
  readonly acknowledged: readonly string[];
  readonly failed: readonly { readonly alertId: string; readonly error: CallError }[];
}

/**
 * What people do about alerts and the sound. Each resolves true when it is done; a failure has been shown, and a role
 * that does not reach is refused here already, with the reason (main decides all the same).
 */
export interface AlertActs {
  /** The steps that were ticked go along, from wherever it is acknowledged. */
  readonly acknowledge: (alertId: string, comment?: string) => Promise<boolean>;
  /** At most 200 in one call (contract/inputs.ts); what failed is in the outcome, by name. Undefined: nothing was done. */
  readonly acknowledgeMany: (
    alertIds: readonly string[],
    comment?: string,
  ) => Promise<BulkOutcome | undefined>;
  /** A comment changes nothing of the alert's state. */
  readonly comment: (alertId: string, comment: string) => Promise<boolean>;
  readonly undo: (alertId: string) => Promise<boolean>;
  /** `to`: the subject of the new owner; absent: oneself. */
  readonly handOver: (alertId: string, to?: string, comment?: string) => Promise<boolean>;
  readonly shelve: (alertId: string, minutes: number, reason: string) => Promise<boolean>;
  readonly unshelve: (alertId: string) => Promise<boolean>;
  readonly verdict: (alertId: string, verdict: Verdict, comment?: string) => Promise<boolean>;
  readonly silence: () => Promise<boolean>;
  readonly mute: (minutes: number) => Promise<boolean>;
  readonly unmute: () => Promise<boolean>;
  readonly setVolume: (volume: number) => Promise<boolean>;
  readonly testSound: (sound: SoundName) => Promise<boolean>;
}

const textOf = (written: string | undefined): string | undefined =>
  written === undefined || written.trim() === '' ? undefined : written;

export const createAlertActs = (api: VicoreApi, store: StoreApi<LiveState>): AlertActs => {
  /** The answer is shown at once; the numbered change that follows says the same. */
  const show = (alerts: readonly Alert[]): void => {
    const state = store.getState();
    const changes = alerts.map((alert) => ({ kind: 'alert', alert }) as const);
    const shown = applyBatch(
      { ...state, sequence: state.sequence - changes.length },
      { first: state.sequence - changes.length + 1, changes },
    );
    if (shown.kind === 'applied') store.setState(shown.state, true);
  };

  const refuses = (act: Act): boolean => {
    const refusal = refusalOf(store.getState().session, act);
    if (refusal !== undefined) showError(refusalError(refusal));
    return refusal !== undefined;
  };

  const done = async <Value>(
    act: Act | undefined,
    ask: () => Promise<Result<Value>>,
    after: (value: Value) => void,
  ): Promise<boolean> => {
    if (act !== undefined && refuses(act)) return false;
    const answer = await ask();
    if (answer.ok) after(answer.value);
    else showError(answer.error);
    return answer.ok;
  };
  const onAlert = (act: Act, ask: () => Promise<Result<Alert>>): Promise<boolean> =>
    done(act, ask, (alert) => show([alert]));
  const onSound = (act: Act | undefined, ask: () => Promise<Result<SoundState>>): Promise<boolean> =>
    done(act, ask, (sound) => store.setState({ sound }));

  return {
    acknowledge: (alertId, comment) =>
      done(
        'acknowledge',
        () =>
          callOn(api, 'alerts.acknowledge', {
            alertId,
            comment: textOf(comment),
            checklist: checklistOf(alertId),
          }),
        (alert) => {
          show([alert]);
          clearTicks(alertId);
          rememberAcknowledged(alert);
        },
      ),
    acknowledgeMany: async (alertIds, comment) => {
      if (refuses('acknowledge')) return undefined;
      const answer = await callOn(api, 'alerts.acknowledgeMany', {
        alertIds: [...alertIds],
        comment: textOf(comment),
      });
      if (!answer.ok) {
        showError(answer.error);
        return undefined;
      }
      const { acknowledged, failed } = answer.value;
      show(acknowledged);
      for (const alert of acknowledged) rememberAcknowledged(alert);
      return { acknowledged: acknowledged.map(({ id }) => id), failed };
    },
    comment: (alertId, comment) =>
      onAlert('comment', () => callOn(api, 'alerts.comment', { alertId, comment })),
    undo: (alertId) =>
      done(
        'undo',
        async () => {
          const answer = await callOn(api, 'alerts.undo', { alertId });
          const { alerts, closedAlerts } = store.getState();
          const alert = alerts.get(alertId) ?? closedAlerts.get(alertId);
          // Refused for good: the offer is over. A database that is away may come back in time.
          if (alert !== undefined && !answer.ok && answer.error.code === 'conflict') refuseUndo(alert);
          return answer;
        },
        (alert) => show([alert]),
      ),
    handOver: (alertId, to, comment) =>
      onAlert('hand-over', () => callOn(api, 'alerts.handOver', { alertId, to, comment: textOf(comment) })),
    shelve: (alertId, minutes, reason) =>
      onAlert('shelve', () => callOn(api, 'alerts.shelve', { alertId, minutes, reason: reason.trim() })),
    unshelve: (alertId) => onAlert('shelve', () => callOn(api, 'alerts.unshelve', { alertId })),
    verdict: (alertId, verdict, comment) =>
      onAlert('verdict', () => callOn(api, 'alerts.verdict', { alertId, verdict, comment: textOf(comment) })),
    silence: () => onSound('silence', () => callOn(api, 'alerts.silence', {})),
    mute: (minutes) => onSound('mute', () => callOn(api, 'sound.mute', { minutes })),
    unmute: () => onSound(undefined, () => callOn(api, 'sound.unmute', {})),
    setVolume: (volume) => onSound('volume', () => callOn(api, 'sound.setVolume', { volume })),
    testSound: (sound) => onSound(undefined, () => callOn(api, 'sound.test', { sound })),
  };
};
