import type { ThresholdValues, TypeLimits } from './domain.ts';

export type ThresholdField = keyof Omit<ThresholdValues, 'types'> | keyof TypeLimits;

/** One impossible order: `field` must not be where it is compared with `than`. `type` absent: a common value. */
export interface ThresholdProblem {
  readonly type?: string | undefined;
  readonly field: ThresholdField;
  readonly kind: 'not-below' | 'above' | 'not-positive' | 'missing';
  readonly than?: ThresholdField | undefined;
}

function below(type: string, limits: TypeLimits, fields: readonly (keyof TypeLimits)[]): ThresholdProblem[] {
  const given = fields.filter((field) => limits[field] !== undefined);
  return given.slice(1).flatMap((than, index): ThresholdProblem[] => {
    const field = given[index];
    if (field === undefined || Number(limits[field]) < Number(limits[than])) return [];
    return [{ type, field, kind: 'not-below', than }];
  });
}

/** A vehicle type that admins enter has warning limits; only an unknown type is judged without. */
function missing(type: string, limits: TypeLimits): ThresholdProblem[] {
  const needed = ['warningLowCmm', 'warningHighCmm', 'asymmetryWarningCmm', 'axles'] as const;
  return needed
    .filter((field) => limits[field] === undefined)
    .map((field) => ({ type, field, kind: 'missing' }));
}

function problemsOfType(type: string, limits: TypeLimits): ThresholdProblem[] {
  const positive = (['criticalLowCmm', 'dropCmm', 'asymmetryCriticalCmm'] as const)
    .filter((field) => limits[field] <= 0)
    .map((field): ThresholdProblem => ({ type, field, kind: 'not-positive' }));
  return [
    ...missing(type, limits),
    ...positive,
    ...below(type, limits, ['criticalLowCmm', 'warningLowCmm', 'warningHighCmm', 'criticalHighCmm']),
    ...below(type, limits, ['asymmetryWarningCmm', 'asymmetryCriticalCmm']),
    ...(limits.minHistory > limits.window
      ? [{ type, field: 'minHistory', kind: 'above', than: 'window' } as const]
      : []),
  ];
}

/**
 * Orders of limits that make no sense (rules 1 to 8, docs/domain.md): a spring could be critical without being a
 * warning first, or nothing could ever be judged. Empty: the values can take effect.
 */
export function thresholdProblems(values: ThresholdValues): readonly ThresholdProblem[] {
  const common: ThresholdProblem[] = [];
  if (values.minConfidence > values.sureConfidence) {
    common.push({ field: 'minConfidence', kind: 'above', than: 'sureConfidence' });
  }
  for (const field of ['minConfidence', 'conflictCmm', 'blindShare'] as const) {
    if (values[field] <= 0) common.push({ field, kind: 'not-positive' });
  }
  return [
    ...common,
    ...Object.entries(values.types).flatMap(([type, limits]) => problemsOfType(type, limits)),
  ];
}
