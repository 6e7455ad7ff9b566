import type { ThresholdValues } from '../../../contract/domain.ts';
import { useAdminWords } from '../../ui/i18n.ts';
import { thresholdDifferences } from './difference.ts';
import { placeKey } from './places.ts';
import type { ThresholdPlace } from './places.ts';
import { valueWords } from './problem-words.ts';
import { typeName } from './type-name.ts';

/** `Car carrier: warning low`; of a common value its name alone. */
export const PlaceName = ({ place: { type, field } }: { readonly place: ThresholdPlace }) => {
  const { t } = useAdminWords();
  return (
    <>
      {type !== undefined && <span className="secondary">{typeName(type, t)} · </span>}
      {t(`thresholds.field.${field}`)}
    </>
  );
};

interface DifferenceTableProps {
  readonly before: ThresholdValues;
  readonly after: ThresholdValues;
  readonly beforeName: string;
  readonly afterName: string;
}

const signed = (difference: number, words: string): string => `${difference < 0 ? '−' : '+'}${words}`;

/** What one threshold set says differently from another, value by value. */
export const DifferenceTable = ({ before, after, beforeName, afterName }: DifferenceTableProps) => {
  const { t, language } = useAdminWords();
  const differences = thresholdDifferences(before, after);
  if (differences.length === 0) return <p className="secondary">{t('thresholds.noDifference')}</p>;
  return (
    <table className="threshold-differences" data-testid="threshold-differences">
      <thead>
        <tr>
          <th scope="col">{t('thresholds.value')}</th>
          <th scope="col" className="numeric">
            {beforeName}
          </th>
          <th scope="col" className="numeric">
            {afterName}
          </th>
          <th scope="col" className="numeric">
            {t('thresholds.change')}
          </th>
        </tr>
      </thead>
      <tbody>
        {differences.map(({ place, before: from, after: to }) => (
          <tr key={placeKey(place)}>
            <th scope="row">
              <PlaceName place={place} />
            </th>
            <td className="numeric">{valueWords(place.field, from, language)}</td>
            <td className="numeric">
              <b>{valueWords(place.field, to, language)}</b>
            </td>
            <td className="numeric secondary">
              {from !== undefined &&
                to !== undefined &&
                signed(to - from, valueWords(place.field, Math.abs(to - from), language))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
