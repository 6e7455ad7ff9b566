import type { PassDetail } from '../../contract/changes.ts';
import type { State, ThresholdSet, ThresholdValues, Vehicle } from '../../contract/domain.ts';
import { success } from '../../contract/errors.ts';
import type { Result } from '../../contract/errors.ts';
import type { ThresholdTrial, ThresholdTrialChange } from '../../contract/results.ts';
import { evidenceOf } from '../springs/evidence.ts';
import { judgeSprings } from '../springs/judge-springs.ts';
import { limitsFor } from '../springs/thresholds.ts';
import type { TrialReads } from './ports.ts';
import { impossibleOrder } from './thresholds.ts';

export interface Trial {
  /** On the latest `passes` ended passes of the replica. `invalid-input` (details: problems) for an impossible order. */
  tryThresholds(values: ThresholdValues, passes: number): Promise<Result<ThresholdTrial>>;
}

export interface TrialOptions {
  readonly reads: TrialReads;
  /** Lets everything else have its turn (setImmediate). */
  readonly pause: () => Promise<void>;
  /** A clock that only goes forward, ms. */
  readonly monotonic: () => number;
}

/** How long the event loop belongs to a trial at a time, ms: alerts do not wait for it. */
const sliceMs = 5;
const mostChanged = 100;
const worstFirst: readonly State[] = ['critical', 'warning', 'unmeasured', 'ok'];

/**
 * Rules 1 to 3 of docs/domain.md on the springs as they are recorded. The rules that need more than that (conflict,
 * trend, unseen) are left out on both sides, so that a difference is the limits' doing alone.
 */
function statesOf(vehicle: Vehicle, set: ThresholdSet): readonly State[] {
  const evidence = vehicle.springs.map((spring) => evidenceOf(spring, undefined, set.minConfidence));
  const judged = judgeSprings(evidence, limitsFor(set, vehicle.vehicleType), set, true);
  return judged.states.map((state) => state ?? 'unmeasured');
}

class Tally {
  passes = 0;
  changedCount = 0;
  readonly before: Record<State, number> = { ok: 0, warning: 0, critical: 0, unmeasured: 0 };
  readonly after: Record<State, number> = { ok: 0, warning: 0, critical: 0, unmeasured: 0 };
  /** By what they would become: never more than are shown, whatever the limits do. */
  readonly #changed = new Map<State, ThresholdTrialChange[]>(worstFirst.map((state) => [state, []]));

  add({ pass }: PassDetail, vehicle: Vehicle, before: readonly State[], after: readonly State[]): void {
    for (const [index, spring] of vehicle.springs.entries()) {
      const from = before[index];
      const to = after[index];
      if (from === undefined || to === undefined) continue;
      this.before[from] += 1;
      this.after[to] += 1;
      if (from === to) continue;
      this.changedCount += 1;
      const alike = this.#changed.get(to);
      if (alike === undefined || alike.length >= mostChanged) continue;
      alike.push({
        passId: pass.id,
        trainNumber: pass.trainNumber,
        startedAt: pass.startedAt,
        vehicleIndex: vehicle.index,
        vehicleNumber: vehicle.vehicleNumber,
        position: spring.position,
        heightCmm: spring.heightCmm,
        from,
        to,
      });
    }
  }

  result(): ThresholdTrial {
    const { passes, before, after, changedCount } = this;
    const changed = worstFirst.flatMap((state) => this.#changed.get(state) ?? []).slice(0, mostChanged);
    return { passes, before, after, changed, changedCount };
  }
}

/** What other thresholds would have made of the latest passes: asked for before a version is saved. */
export function createTrial({ reads, pause, monotonic }: TrialOptions): Trial {
  return {
    async tryThresholds(values, passes) {
      const impossible = impossibleOrder(values);
      if (impossible) return impossible;
      const tried: ThresholdSet = { ...values, version: 0, effectiveAt: 0, createdBy: '', reason: '' };
      const tally = new Tally();
      let since = monotonic();
      for await (const detail of reads.latestEnded(passes)) {
        tally.passes += 1;
        for (const vehicle of detail.vehicles) {
          tally.add(detail, vehicle, statesOf(vehicle, detail.thresholds), statesOf(vehicle, tried));
          if (monotonic() - since < sliceMs) continue;
          await pause();
          since = monotonic();
        }
      }
      return success(tally.result());
    },
  };
}
