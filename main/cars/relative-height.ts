import type { SpringEvidence } from '../springs/evidence.ts';
import { lowerMedian } from '../springs/median.ts';
import { fixedSide } from '../springs/position.ts';

/**
 * Height minus the median of the measured heights of the vehicle's same side in this pass, in layout order; null
 * where not measured. Load presses the springs of one side together, so rule 5 (trend) compares these.
 */
export function relativeHeights(
  evidence: readonly (SpringEvidence | undefined)[],
  measured: readonly boolean[],
): (number | null)[] {
  const heights = evidence.map((known, index) => (measured[index] ? (known?.heightCmm ?? null) : null));
  const medianOf = (side: 'L' | 'R'): number => {
    const ofSide = heights.filter((height, index) => height !== null && fixedSide(index) === side);
    return ofSide.length === 0 ? 0 : lowerMedian(ofSide.filter((height) => height !== null));
  };
  const medians = { L: medianOf('L'), R: medianOf('R') };
  return heights.map((height, index) => (height === null ? null : height - medians[fixedSide(index)]));
}
