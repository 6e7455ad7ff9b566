import type { Spring, TypeLimits, Vehicle } from '../../contract/domain.ts';
import { oppositeIndex } from './vehicle-geometry.ts';

/** Heights a bar can show: the critical limits with a margin, so that what lies beyond them still shows how far. */
export interface BarScale {
  readonly lowCmm: number;
  readonly highCmm: number;
  /** 0 at the bottom of the bar, 1 at its top; heights beyond the bar stop at its ends. */
  readonly place: (heightCmm: number) => number;
}

export const barScale = (limits: TypeLimits): BarScale => {
  const margin = (limits.criticalHighCmm - limits.criticalLowCmm) * 0.2;
  const lowCmm = limits.criticalLowCmm - margin;
  const highCmm = limits.criticalHighCmm + margin;
  return {
    lowCmm,
    highCmm,
    place: (heightCmm) => Math.min(1, Math.max(0, (heightCmm - lowCmm) / (highCmm - lowCmm))),
  };
};

/** Whether the height can be judged (docs/domain.md, what is known of a spring). */
export const isCredible = (spring: Spring, minConfidence: number): boolean =>
  spring.heightCmm !== undefined && (spring.confidence ?? 0) >= minConfidence;

/** This height minus the opposite spring's, Cmm; undefined unless both are measured (rule 3). */
export const sideDifference = (
  vehicle: Vehicle,
  springIndex: number,
  minConfidence: number,
): number | undefined => {
  const spring = vehicle.springs[springIndex];
  const opposite = vehicle.springs[oppositeIndex(springIndex)];
  if (spring?.heightCmm === undefined || opposite?.heightCmm === undefined) return undefined;
  if (!isCredible(spring, minConfidence) || !isCredible(opposite, minConfidence)) return undefined;
  return spring.heightCmm - opposite.heightCmm;
};

/** This height minus the same position's in the earlier pass, Cmm. */
export const changeSince = (spring: Spring, previous: Vehicle | undefined): number | undefined => {
  const before = previous?.springs.find((each) => each.position === spring.position)?.heightCmm;
  return spring.heightCmm === undefined || before === undefined ? undefined : spring.heightCmm - before;
};

/** The limit a height has reached (it belongs to the worse side), else undefined (rule 2). */
export const reachedLimit = (heightCmm: number, limits: TypeLimits): number | undefined => {
  if (heightCmm <= limits.criticalLowCmm) return limits.criticalLowCmm;
  if (heightCmm >= limits.criticalHighCmm) return limits.criticalHighCmm;
  if (limits.warningLowCmm !== undefined && heightCmm <= limits.warningLowCmm) return limits.warningLowCmm;
  if (limits.warningHighCmm !== undefined && heightCmm >= limits.warningHighCmm) return limits.warningHighCmm;
  return undefined;
};
