import type { ThresholdValues, TypeLimits } from '../../../contract/domain.ts';
import type { ThresholdField } from '../../../contract/threshold-order.ts';

/** One value of a threshold set: of a vehicle type, or common to all (`type` absent). */
export interface ThresholdPlace {
  readonly type?: string | undefined;
  readonly field: ThresholdField;
}

export type TypeField = keyof TypeLimits;
export type CommonField = Exclude<ThresholdField, TypeField>;

/** In the order a person reads them: heights, left/right difference, trend, axles. */
export const typeFields = [
  'criticalLowCmm',
  'warningLowCmm',
  'warningHighCmm',
  'criticalHighCmm',
  'asymmetryWarningCmm',
  'asymmetryCriticalCmm',
  'window',
  'minHistory',
  'dropCmm',
  'axles',
] as const satisfies readonly TypeField[];

export const commonFields = [
  'minConfidence',
  'sureConfidence',
  'conflictCmm',
  'incomplete',
  'unseenPasses',
  'blindShare',
] as const satisfies readonly CommonField[];

const ofTypes: ReadonlySet<string> = new Set(typeFields);
const isTypeField = (field: ThresholdField): field is TypeField => ofTypes.has(field);

export const placeKey = ({ type, field }: ThresholdPlace): string => `${type ?? ''}/${field}`;

export const typeCodes = (values: ThresholdValues): readonly string[] => Object.keys(values.types).toSorted();

export const limitsOf = (values: ThresholdValues, type: string): TypeLimits | undefined =>
  Object.hasOwn(values.types, type) ? values.types[type] : undefined;

export const valueAt = (values: ThresholdValues, { type, field }: ThresholdPlace): number | undefined => {
  if (isTypeField(field)) return type === undefined ? undefined : limitsOf(values, type)?.[field];
  return values[field];
};

/** The values with one replaced; a type that is not there stays away. */
export const withValue = (values: ThresholdValues, place: ThresholdPlace, value: number): ThresholdValues => {
  const { type, field } = place;
  if (!isTypeField(field)) return { ...values, [field]: value };
  const limits = type === undefined ? undefined : limitsOf(values, type);
  if (type === undefined || limits === undefined) return values;
  return { ...values, types: { ...values.types, [type]: { ...limits, [field]: value } } };
};

/** Of a threshold set, or of anything that has more: what a new version says. */
export const valuesOf = ({
  minConfidence,
  sureConfidence,
  conflictCmm,
  incomplete,
  unseenPasses,
  blindShare,
  types,
}: ThresholdValues): ThresholdValues => ({
  minConfidence,
  sureConfidence,
  conflictCmm,
  incomplete,
  unseenPasses,
  blindShare,
  types,
});

/** Every value there is in any of the sets, common ones first. */
export const placesOf = (...sets: readonly ThresholdValues[]): readonly ThresholdPlace[] => {
  const codes = [...new Set(sets.flatMap((set) => Object.keys(set.types)))].toSorted();
  return [
    ...commonFields.map((field) => ({ field })),
    ...codes.flatMap((type) => typeFields.map((field) => ({ type, field }))),
  ];
};
