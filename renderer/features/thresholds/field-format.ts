import type { ThresholdField } from '../../../contract/threshold-order.ts';
import { formatNumber } from '../../ui/formats.ts';
import type { Language } from '../../ui/formats.ts';

export type FieldUnit = 'millimetres' | 'count' | 'confidence' | 'percent';

export interface FieldFormat {
  readonly unit: FieldUnit;
  /** Bounds of contract/inputs.ts, in the contract's own units (Cmm, shares of 1). */
  readonly least: number;
  readonly most: number;
  readonly step: number;
}

const millimetres: FieldFormat = { unit: 'millimetres', least: 0, most: 100_000, step: 50 };
const confidence: FieldFormat = { unit: 'confidence', least: 0, most: 1, step: 0.05 };
const passes: FieldFormat = { unit: 'count', least: 1, most: 100, step: 1 };

const others: Partial<Readonly<Record<ThresholdField, FieldFormat>>> = {
  minConfidence: confidence,
  sureConfidence: confidence,
  incomplete: { unit: 'count', least: 1, most: 64, step: 1 },
  unseenPasses: passes,
  blindShare: { unit: 'percent', least: 0, most: 1, step: 0.05 },
  window: passes,
  minHistory: passes,
  axles: { unit: 'count', least: 2, most: 8, step: 1 },
};

export const formatOf = (field: ThresholdField): FieldFormat => others[field] ?? millimetres;

/** How many units of the screen make one of the contract: 100 Cmm a millimetre, a share of 1 is 100 %. */
const scales: Readonly<Record<FieldUnit, number>> = {
  millimetres: 0.01,
  count: 1,
  confidence: 1,
  percent: 100,
};
const leastDecimals: Readonly<Record<FieldUnit, number>> = {
  millimetres: 1,
  count: 0,
  confidence: 2,
  percent: 0,
};
/** Millimetres are exact to the contract's hundredths. */
const mostDecimals: Readonly<Record<FieldUnit, number>> = {
  millimetres: 2,
  count: 0,
  confidence: 3,
  percent: 1,
};

const shown = (value: number, unit: FieldUnit): number => Number((value * scales[unit]).toFixed(4));

/** The number as it stands in its field: `195.0`, `195,25`, `0.60`, `50`; never less exact than it is. */
export const fieldNumber = (field: ThresholdField, value: number, language: Language): string => {
  const { unit } = formatOf(field);
  const number = shown(value, unit);
  const needed = String(number).split('.')[1]?.length ?? 0;
  const decimals = Math.min(mostDecimals[unit], Math.max(leastDecimals[unit], needed));
  // A field holds what can be typed: no separators between thousands.
  return formatNumber(number, language, decimals).replaceAll(/[\s\u00a0\u202f]|,(?=\d{3}(\D|$))/g, '');
};

export type ParsedField =
  | { readonly kind: 'value'; readonly value: number }
  | { readonly kind: 'not-a-number' }
  | { readonly kind: 'too-exact' }
  | { readonly kind: 'out-of-bounds' };

/** What a person typed, with a point or a comma, in the contract's unit. */
export const parseField = (field: ThresholdField, text: string): ParsedField => {
  const { unit, least, most } = formatOf(field);
  const match = /^(\d{1,7})(?:[.,](\d{1,6}))?$/.exec(text.trim());
  if (match === null) return { kind: 'not-a-number' };
  const [, whole = '', fraction = ''] = match;
  if (fraction.replace(/0+$/, '').length > mostDecimals[unit]) return { kind: 'too-exact' };
  const number = Number(`${whole}.${fraction === '' ? '0' : fraction}`);
  const exact = number / scales[unit];
  const value = unit === 'millimetres' || unit === 'count' ? Math.round(exact) : Number(exact.toFixed(6));
  return value < least || value > most ? { kind: 'out-of-bounds' } : { kind: 'value', value };
};

/** One step of the arrow keys, ten with Shift, inside the bounds. */
export const stepped = (field: ThresholdField, value: number, direction: 1 | -1, big: boolean): number => {
  const { least, most, step } = formatOf(field);
  const next = value + direction * step * (big ? 10 : 1);
  return Number(Math.min(most, Math.max(least, next)).toFixed(6));
};
