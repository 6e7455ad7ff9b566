import type { ThresholdProblem } from '../../../contract/threshold-order.ts';
import type { Language } from '../../ui/formats.ts';
import type { TranslateAdmin } from '../../ui/i18n.ts';
import { fieldNumber, formatOf, parseField } from './field-format.ts';
import { placeKey } from './places.ts';
import type { ThresholdPlace } from './places.ts';

export interface FieldProblem {
  /** Keys of the fields at which it is said. */
  readonly key: string;
  readonly place: ThresholdPlace;
  readonly text: string;
  /** The other side of a problem that is listed already. */
  readonly mirrored?: boolean | undefined;
}

const unitOf = (field: ThresholdPlace['field']): 'mm' | '%' | '' => {
  const { unit } = formatOf(field);
  if (unit === 'millimetres') return 'mm';
  return unit === 'percent' ? '%' : '';
};

/** `195.0 mm`, `50 %`, `0.60`, `10`; a dash for what is not there. */
export const valueWords = (
  field: ThresholdPlace['field'],
  value: number | undefined,
  language: Language,
): string => {
  if (value === undefined) return '–';
  const unit = unitOf(field);
  return `${fieldNumber(field, value, language)}${unit === '' ? '' : `\u00a0${unit}`}`;
};

/** An impossible order in words, at both fields that contradict each other, each from its own side. */
export const orderProblems = (
  problems: readonly ThresholdProblem[],
  t: TranslateAdmin,
): readonly FieldProblem[] =>
  problems.flatMap(({ type, field, kind, than }): FieldProblem[] => {
    const at = (place: ThresholdPlace, text: string): FieldProblem => ({ key: placeKey(place), place, text });
    const name = t(`thresholds.field.${field}`);
    if (kind === 'not-positive') return [at({ type, field }, t('thresholds.problem.not-positive', { name }))];
    if (kind === 'missing' || than === undefined) {
      return [at({ type, field }, t('thresholds.problem.missing', { name }))];
    }
    const other = t(`thresholds.field.${than}`);
    return [
      at({ type, field }, t(`thresholds.problem.${kind}`, { name, other })),
      {
        ...at(
          { type, field: than },
          t(kind === 'above' ? 'thresholds.problem.below' : 'thresholds.problem.not-above', {
            name: other,
            other: name,
          }),
        ),
        mirrored: true,
      },
    ];
  });

/** Why a text in a field is no value for it. */
export const textProblem = (
  place: ThresholdPlace,
  text: string,
  t: TranslateAdmin,
  language: Language,
): string => {
  const parsed = parseField(place.field, text);
  const { least, most } = formatOf(place.field);
  const name = t(`thresholds.field.${place.field}`);
  if (parsed.kind === 'out-of-bounds') {
    return t('thresholds.problem.out-of-bounds', {
      name,
      least: valueWords(place.field, least, language),
      most: valueWords(place.field, most, language),
    });
  }
  return t(parsed.kind === 'too-exact' ? 'thresholds.problem.too-exact' : 'thresholds.problem.not-a-number', {
    name,
  });
};
