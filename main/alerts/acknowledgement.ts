import type { Alert } from '../../contract/domain.ts';
import type { Result } from '../../contract/errors.ts';
import type { Act } from '../audit/act.ts';
import { isUnacknowledged } from './lifecycle.ts';
import type { KeptAct, ProvisionalActs, Remark, SharedAlertActs } from './ports.ts';

export interface Acknowledgement {
  /**
   * Acknowledges in the shared record. While the database is away, or does not know the alert yet, the act is
   * kept durably here and the alert comes back `provisional`. Errors: `already-acknowledged` (details: by, at),
   * `not-found`, `invalid-input`.
   */
  acknowledge(alertId: string, remark: Remark, act: Act): Promise<Result<Alert>>;
  /**
   * Takes one's own acknowledgement back: one that is kept here at once and without the database, any other in the
   * shared record. Errors: `conflict` (details: reason), `database-away`.
   */
  undo(alertId: string, act: Act): Promise<Result<Alert>>;
  /** Sends what was kept, with its original time. Call when the database is back and after each catch-up. */
  reconcile(): Promise<void>;
}

export interface AcknowledgementOptions {
  readonly shared: Pick<SharedAlertActs, 'acknowledge' | 'acknowledgeUndone' | 'undo'>;
  readonly local: ProvisionalActs;
  readonly onProvisional: (alert: Alert) => void;
  /** Taken back here: the alert is as before, and nobody's. */
  readonly onTakenBack: (alert: Alert) => void;
  /** What was kept and taken back is history in the shared record, which may say something else of the alert now. */
  readonly onSettled: (alertId: string) => void;
  /**
   * A kept act that the shared record refused, and that is not kept any more: what is shared stands. `alert` as it is
   * here now, when that is another.
   */
  readonly onRefused: (alertId: string, act: Act, reason: string, alert: Alert | undefined) => void;
}

/** Answers after which the shared record has spoken: the kept act is history there, or can never be carried out. */
const settled = new Set(['already-acknowledged', 'conflict', 'invalid-input', 'forbidden']);

/**
 * `again`: it was taken back while it was on its way. `later`: the shared record cannot be asked now. `done`: also when
 * the writer has not brought the alert yet; the act stays for the next time.
 */
type Sent = 'done' | 'again' | 'later';

/** Acknowledging with and without the database (docs/domain.md, "Without the database an acknowledgement is provisional"). */
export function createAcknowledgement(options: AcknowledgementOptions): Acknowledgement {
  const { shared, local, onProvisional, onTakenBack, onSettled, onRefused } = options;
  let reconciling: Promise<void> | undefined;

  const isKept = async ({ id }: KeptAct): Promise<boolean> =>
    (await local.pendingActs()).some((kept) => kept.id === id);

  async function refuse(kept: KeptAct, reason: string): Promise<Sent> {
    const alert = await local.refuseAct(kept.id);
    if (await isKept(kept)) return 'again';
    onRefused(kept.alertId, kept.act, reason, alert);
    return 'done';
  }

  async function sendAcknowledged(kept: KeptAct): Promise<Sent> {
    const result = await shared.acknowledge(kept.alertId, kept.remark, kept.act, true);
    if (result.ok) {
      if (!isUnacknowledged(result.value)) return (await local.removeAct(kept)) ? 'done' : 'again';
      // It had arrived, its answer had not, and the person has undone it at another workstation since.
      return refuse(kept, 'undone meanwhile');
    }
    if (settled.has(result.error.code)) return refuse(kept, result.error.message);
    return result.error.code === 'not-found' ? 'done' : 'later';
  }

  async function sendUndone(kept: KeptAct, undo: Act): Promise<Sent> {
    const result = await shared.acknowledgeUndone(kept.alertId, kept.remark, kept.act, undo);
    if (result.ok) {
      await local.removeAct(kept);
      onSettled(kept.alertId);
      return 'done';
    }
    if (settled.has(result.error.code)) {
      await local.removeAct(kept);
      onRefused(kept.alertId, undo, result.error.message, undefined);
      return 'done';
    }
    return result.error.code === 'not-found' ? 'done' : 'later';
  }

  async function sendKept(): Promise<void> {
    let again = false;
    do {
      again = false;
      for (const kept of await local.pendingActs()) {
        const sent = await (kept.undo ? sendUndone(kept, kept.undo) : sendAcknowledged(kept));
        if (sent === 'later') return;
        if (sent === 'again') again = true;
      }
    } while (again);
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

    async undo(alertId, act) {
      const here = await local.undoProvisionally(alertId, act);
      if (here === undefined) return shared.undo(alertId, act);
      if (here.ok) onTakenBack(here.value);
      return here;
    },

    reconcile() {
      reconciling ??= sendKept().finally(() => {
        reconciling = undefined;
      });
      return reconciling;
    },
  };
}
