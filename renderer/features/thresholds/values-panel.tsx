import type { ThresholdValues } from '../../../contract/domain.ts';
import { useAdminWords } from '../../ui/i18n.ts';
import {
  asymmetryBand,
  asymmetryFields,
  asymmetryZones,
  handles,
  heightBand,
  heightFields,
  heightZones,
} from './band-geometry.ts';
import { editValue } from './draft.ts';
import type { EditDraft } from './draft-store.ts';
import { fieldNumber } from './field-format.ts';
import { LimitBand } from './limit-band.tsx';
import { commonFields, limitsOf, placeKey, valueAt } from './places.ts';
import type { ThresholdPlace, TypeField } from './places.ts';
import { ValueField } from './value-field.tsx';

interface ValuesProps {
  readonly values: ThresholdValues;
  /** The version that is compared with. */
  readonly before?: ThresholdValues | undefined;
  readonly texts: Readonly<Record<string, string>>;
  /** By `placeKey`. */
  readonly problems: ReadonlyMap<string, string>;
  /** Absent: the values can only be read. */
  readonly onEdit?: EditDraft | undefined;
}

const Field = ({
  place,
  help,
  values,
  before,
  texts,
  problems,
  onEdit,
}: ValuesProps & { readonly place: ThresholdPlace; readonly help?: string | undefined }) => {
  const value = valueAt(values, place);
  const key = placeKey(place);
  if (value === undefined) return undefined;
  return (
    <ValueField
      place={place}
      value={value}
      before={before === undefined ? value : valueAt(before, place)}
      text={texts[key]}
      problem={problems.get(key)}
      help={help}
      onEdit={onEdit}
    />
  );
};

/** The limits of one vehicle type: drawn bands, the numbers beside them, and what the trend rule does with its own. */
export const TypePanel = ({ code, ...rest }: ValuesProps & { readonly code: string }) => {
  const { t, language } = useAdminWords();
  const { values, before, onEdit } = rest;
  const limits = limitsOf(values, code);
  if (limits === undefined) return undefined;
  const known = before === undefined ? undefined : limitsOf(before, code);
  const shown = known === undefined ? [limits] : [limits, known];
  const heights = heightBand(shown);
  const differences = asymmetryBand(shown);
  const onMove =
    onEdit &&
    ((field: TypeField, cmm: number, gesture: string): void =>
      onEdit((draft) => editValue(draft, { type: code, field }, cmm, gesture)));
  const beforeAt = (fields: readonly TypeField[]): readonly number[] =>
    fields.flatMap((field) => {
      const value = known?.[field];
      return value === undefined || value === limits[field] ? [] : [value];
    });
  const field = (name: TypeField) => <Field key={name} {...rest} place={{ type: code, field: name }} />;
  return (
    <>
      <section className="values-part" aria-label={t('thresholds.heights')}>
        <h3>{t('thresholds.heights')}</h3>
        <LimitBand
          band={heights}
          zones={heightZones(heights, limits)}
          handles={handles(limits, heightFields)}
          before={beforeAt(heightFields)}
          label={t('thresholds.heightBand')}
          onMove={onMove}
        />
        <div className="value-fields value-fields-4">{heightFields.map(field)}</div>
      </section>
      <section className="values-part values-part-half" aria-label={t('thresholds.asymmetry')}>
        <h3>{t('thresholds.asymmetry')}</h3>
        <LimitBand
          band={differences}
          zones={asymmetryZones(differences, limits)}
          handles={handles(limits, asymmetryFields)}
          before={beforeAt(asymmetryFields)}
          label={t('thresholds.asymmetryBand')}
          onMove={onMove}
        />
        <div className="value-fields value-fields-2">{asymmetryFields.map(field)}</div>
      </section>
      <section className="values-part values-part-half" aria-label={t('thresholds.trend')}>
        <h3>{t('thresholds.trend')}</h3>
        <p className="secondary">
          {t('thresholds.trendText', {
            drop: fieldNumber('dropCmm', limits.dropCmm, language),
            window: limits.window,
            least: limits.minHistory,
          })}
        </p>
        <div className="value-fields value-fields-2">
          {field('window')}
          {field('minHistory')}
          {field('dropCmm')}
          {field('axles')}
        </div>
      </section>
    </>
  );
};

/** The values that are common to all vehicle types, each with what it means. */
export const CommonPanel = (props: ValuesProps) => {
  const { t } = useAdminWords();
  return (
    <section className="values-part" aria-label={t('thresholds.common')}>
      <h3>{t('thresholds.common')}</h3>
      <div className="value-fields value-fields-common">
        {commonFields.map((field) => (
          <Field key={field} {...props} place={{ field }} help={t(`thresholds.help.${field}`)} />
        ))}
      </div>
    </section>
  );
};
