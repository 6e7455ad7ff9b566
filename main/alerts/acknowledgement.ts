import type { Alert } from '../../contract/domain.ts';
import type { Result } from '../../contract/errors.ts';
import type { Act } from '../audit/act.ts';
import { isUnacknowledged } from './lifecycle.ts';
import type { ProvisionalActs, Remark, SharedAlertActs } from './ports.ts';

export interface Acknowledgement {
  /**
   * Acknowledges in the shared record. While the database is away, or does not know the alert yet, the act is
   * kept durably here and the alert comes back `provisional`. Errors: `already-acknowledged` (details: by, at),
   * `not-found`, `invalid-input`.
   */
  acknowledge(alertId: string, remark: Remark, act: Act): Promise<Result<Alert>>;
  /** Sends what was kept, with its original time. Call when the database is back and after each catch-up. */
  reconcile(): Promise<void>;
}

export interface AcknowledgementOptions {
  readonly shared: Pick<SharedAlertActs, 'acknowledge'>;
  readonly local: ProvisionalActs;
  readonly onProvisional: (alert: Alert) => void;
  /**
   * A kept act that the shared record refused, and that is not kept any more: what is shared stands. `alert` as it is
   * here now, when that is another.
   */
  readonly onRefused: (alertId: string, act: Act, reason: string, alert: Alert | undefined) => void;
}

/** Answers after which the shared record has spoken: the kept act is history there, or can never be carried out. */
const settled = new Set(['already-acknowledged', 'conflict', 'invalid-input', 'forbidden']);

/** Acknowledging with and without the database (docs/domain.md, "Without the database an acknowledgement is provisional"). */
export function createAcknowledgement(options: AcknowledgementOptions): Acknowledgement {
  const { shared, local, onProvisional, onRefused } = options;
  let reconciling: Promise<void> | undefined;

  async function sendKept(): Promise<void> {
    for (const kept of await local.pendingActs()) {
      const result = await shared.acknowledge(kept.alertId, kept.remark, kept.act, true);
      if (result.ok && !isUnacknowledged(result.value)) {
        await local.removeAct(kept.id);
      } else if (result.ok) {
        // It had arrived, its answer had not, and the person has undone it at another workstation since.
        const alert = await local.refuseAct(kept.id);
        onRefused(kept.alertId, kept.act, 'undone meanwhile', alert);
      } else if (settled.has(result.error.code)) {
        const alert = await local.refuseAct(kept.id);
        onRefused(kept.alertId, kept.act, result.error.message, alert);
      } else if (result.error.code !== 'not-found') {
        return;
      }
      // not-found: the writer has not brought the alert yet; the act stays for the next time.
    }
  }

  return {
    async acknowledge(alertId, remark, act) {
      const result = await shared.acknowledge(alertId, remark, act, false);
      if (result.ok) return result;
      const { code } = result.error;
      if (code !== 'database-away' && code !== 'not-found' && code !== 'timeout' && code !== 'read-only')
        return result;
      const kept = await local.acknowledgeProvisionally(alertId, remark, act);
      if (kept.ok) onProvisional(kept.value);
      return kept;
    },

    reconcile() {
      reconciling ??= sendKept().finally(() => {
        reconciling = undefined;
      });
      return reconciling;
    },
  };
}
