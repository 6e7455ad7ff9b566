import type { ThresholdSet, TypeLimits } from '../../contract/domain.ts';
import { lowerMedian } from './median.ts';

const trend = { window: 10, minHistory: 5, dropCmm: 600 };

function limits(
  heightsMm: readonly [number, number, number, number],
  asymmetryMm: readonly [number, number],
): TypeLimits {
  const [criticalLow, warningLow, warningHigh, criticalHigh] = heightsMm;
  return {
    criticalLowCmm: criticalLow * 100,
    warningLowCmm: warningLow * 100,
    warningHighCmm: warningHigh * 100,
    criticalHighCmm: criticalHigh * 100,
    asymmetryWarningCmm: asymmetryMm[0] * 100,
    asymmetryCriticalCmm: asymmetryMm[1] * 100,
    ...trend,
    axles: 4,
  };
}

/**
 * Version 1, in force since the beginning of time: placeholders until the operator of the fleet provides real
 * ones (docs/domain.md, default thresholds).
 */
export const defaultThresholds: ThresholdSet = {
  version: 1,
  effectiveAt: 0,
  createdBy: 'system',
  reason: 'Default thresholds',
  minConfidence: 0.6,
  sureConfidence: 0.8,
  conflictCmm: 1_500,
  incomplete: 3,
  unseenPasses: 3,
  blindShare: 0.5,
  types: {
    'carrier-truck': limits([180, 195, 265, 280], [12, 20]),
    'carrier-car': limits([185, 200, 260, 275], [12, 20]),
    loader: limits([175, 190, 270, 285], [14, 22]),
    'club-car': limits([190, 205, 255, 270], [10, 16]),
  },
};

/** The set in force at a time: the latest to take effect, of several at once the highest version. */
export function thresholdsAt(sets: readonly ThresholdSet[], at: number): ThresholdSet {
  let found: ThresholdSet | undefined;
  let first: ThresholdSet | undefined;
  for (const set of sets) {
    if (!first || set.effectiveAt < first.effectiveAt) first = set;
    if (set.effectiveAt > at) continue;
    const later =
      !found ||
      set.effectiveAt > found.effectiveAt ||
      (set.effectiveAt === found.effectiveAt && set.version > found.version);
    if (later) found = set;
  }
  return found ?? first ?? defaultThresholds;
}

const strictestBySet = new WeakMap<ThresholdSet, TypeLimits>();

/**
 * What a vehicle of unknown type, or an unidentified one, is judged with: the strictest critical limits over all
 * types and no warning limits. The trend values are the common ones (where types differ, the middle one).
 */
export function strictestLimits(set: ThresholdSet): TypeLimits {
  const known = strictestBySet.get(set);
  if (known) return known;
  const all = Object.values(set.types);
  const common = (values: readonly number[], otherwise: number): number =>
    values.length > 0 ? lowerMedian(values) : otherwise;
  const strictest: TypeLimits = {
    // Without any type there is no limit: heights are 0..60000.
    criticalLowCmm: Math.max(-1, ...all.map((type) => type.criticalLowCmm)),
    criticalHighCmm: Math.min(60_001, ...all.map((type) => type.criticalHighCmm)),
    asymmetryCriticalCmm: Math.min(60_001, ...all.map((type) => type.asymmetryCriticalCmm)),
    window: common(
      all.map((type) => type.window),
      trend.window,
    ),
    minHistory: common(
      all.map((type) => type.minHistory),
      trend.minHistory,
    ),
    dropCmm: common(
      all.map((type) => type.dropCmm),
      trend.dropCmm,
    ),
  };
  strictestBySet.set(set, strictest);
  return strictest;
}

/** The limits of a vehicle type; of an unknown or absent one the strictest. */
export function limitsFor(set: ThresholdSet, vehicleType: string | undefined): TypeLimits {
  const own = vehicleType !== undefined && Object.hasOwn(set.types, vehicleType);
  return (own ? set.types[vehicleType] : undefined) ?? strictestLimits(set);
}
