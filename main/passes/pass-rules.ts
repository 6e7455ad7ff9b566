import type { CameraSide } from '../../contract/domain.ts';
import type { VehicleFacts } from '../cars/judge-vehicle.ts';
import type { Finding } from '../springs/finding.ts';
import type { SpringsJudgement } from '../springs/judge-springs.ts';
import { fixedSide, runningSide } from '../springs/position.ts';

/* The rules about a whole ended pass: 7 and 10 of docs/domain.md. */

export interface SidesJudgement {
  readonly blind: ReadonlySet<CameraSide>;
  readonly findings: readonly Finding[];
}

/** Rule 7 (camera-blind): the share of blank positions of a running side over all vehicles. */
export function judgeSides(
  vehicles: readonly { readonly facts: VehicleFacts; readonly springs: SpringsJudgement }[],
  blindShare: number,
): SidesJudgement {
  const counts = { left: { all: 0, blank: 0 }, right: { all: 0, blank: 0 } };
  for (const { facts, springs } of vehicles) {
    for (const [index, blank] of springs.blank.entries()) {
      const count = counts[runningSide(fixedSide(index), facts.leadingEnd)];
      count.all += 1;
      if (blank) count.blank += 1;
    }
  }
  const blind = new Set<CameraSide>();
  const findings: Finding[] = [];
  for (const side of ['left', 'right'] as const) {
    const { all, blank } = counts[side];
    if (all === 0 || blank / all < blindShare) continue;
    blind.add(side);
    const shares = { value: blank / all, limit: blindShare };
    findings.push({ rule: 'camera-blind', position: side, severity: 'critical', ...shares, sure: true });
  }
  return { blind, findings };
}

/** Rule 10 (count-mismatch): a vehicle beyond what `pass.completed` counts. */
export function countMismatch(
  indices: readonly number[],
  vehicleCount: number | undefined,
): Finding | undefined {
  const highest = Math.max(0, ...indices);
  if (vehicleCount === undefined || highest <= vehicleCount) return undefined;
  return { rule: 'count-mismatch', severity: 'warning', value: highest, limit: vehicleCount, sure: true };
}
