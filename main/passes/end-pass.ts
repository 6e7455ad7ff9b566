import { measureUnidentified } from './measure.ts';
import type { WorkingPass } from './working-pass.ts';

/** How a pass ends, or that an aborted one is completed after all. */
export type End =
  | { readonly kind: 'completed'; readonly vehicleCount: number; readonly speedKmh: number }
  | { readonly kind: 'aborted'; readonly reason: string }
  | { readonly kind: 'timed-out' };

/**
 * The pass is over: what is held for vehicles that stayed unidentified is applied, and every index that was counted
 * or measured is a vehicle (docs/domain.md, vehicles). Judging comes after.
 */
export function endPass(pass: WorkingPass, end: End, endedAt: number): void {
  const aborted = end.kind !== 'completed';
  pass.row = { ...pass.row, status: 'pending', endedAt, aborted };
  if (end.kind === 'completed') {
    pass.row = { ...pass.row, vehicleCount: end.vehicleCount, speedKmh: end.speedKmh };
  }
  pass.work = {
    ...pass.work,
    timedOut: end.kind === 'timed-out' ? true : undefined,
    abortReason: end.kind === 'aborted' ? end.reason : pass.work.abortReason,
  };
  for (const [index, messages] of pass.held) measureUnidentified(pass, index, messages);
  pass.held.clear();
  for (let index = 1; index <= (pass.row.vehicleCount ?? 0); index += 1) {
    if (!pass.vehicles.has(index)) measureUnidentified(pass, index, []);
  }
}
