import type { ThresholdSet, TypeLimits } from '../../../contract/domain.ts';

/** Values of the unit tests: those of docs/domain.md for truck carriers. */
export const truckLimits: TypeLimits = {
  criticalLowCmm: 18_000,
  warningLowCmm: 19_500,
  warningHighCmm: 26_500,
  criticalHighCmm: 28_000,
  asymmetryWarningCmm: 1_200,
  asymmetryCriticalCmm: 2_000,
  window: 10,
  minHistory: 5,
  dropCmm: 600,
  axles: 4,
};

export const aSet = (version: number, changed: Partial<ThresholdSet> = {}): ThresholdSet => ({
  version,
  effectiveAt: version * 1000,
  createdBy: 'Dora Okafor',
  reason: 'Because',
  minConfidence: 0.6,
  sureConfidence: 0.8,
  conflictCmm: 1_500,
  incomplete: 3,
  unseenPasses: 3,
  blindShare: 0.5,
  types: { 'carrier-truck': truckLimits },
  ...changed,
});
