import { Fragment, useState } from 'react';
import { useAdminWords } from '../i18n.ts';
import { differencesOf } from './differences.ts';
import type { DifferenceRow } from './differences.ts';
import { plainText } from './plain-text.ts';
import './panel.css';

const signs = { added: '+', removed: '−', changed: '≠', same: '=' } as const;

export interface DifferenceProps {
  readonly before: unknown;
  readonly after: unknown;
  /** What a path is called here; absent: the path itself. */
  readonly nameOf?: ((path: string) => string | undefined) | undefined;
  /** A value as people read it; absent: as it is. */
  readonly textOf?: ((path: string, value: unknown) => string | undefined) | undefined;
  /** Headings; absent: before and after. */
  readonly beforeTitle?: string | undefined;
  readonly afterTitle?: string | undefined;
}

/** May break after its dots. */
const Path = ({ path }: { readonly path: string }) =>
  path.split('.').map((word, place, words) => (
    <Fragment key={words.slice(0, place + 1).join('.')}>
      {word}
      {place < words.length - 1 && '.'}
      <wbr />
    </Fragment>
  ));

/** Nothing is there on one side: the other one has the room. */
const only = (rows: readonly DifferenceRow[]): 'added' | 'removed' | undefined =>
  (['added', 'removed'] as const).find((kind) => rows.every((row) => row.kind === kind));

/** What two plain values say differently, place by place; each kind has a sign and a word, not only a look. */
export const Difference = ({ before, after, nameOf, textOf, beforeTitle, afterTitle }: DifferenceProps) => {
  const { t, language } = useAdminWords();
  const [withSame, setWithSame] = useState(false);
  const rows = differencesOf(before, after);
  const same = rows.filter(({ kind }) => kind === 'same');
  const shown = withSame ? rows : rows.filter(({ kind }) => kind !== 'same');
  const value = (row: DifferenceRow, side: 'before' | 'after'): string =>
    row[side] === undefined || row[side] === null
      ? '–'
      : (textOf?.(row.path, row[side]) ?? plainText(row.path, row[side], language));
  return (
    <div className="difference" data-testid="difference">
      {shown.length === 0 ? (
        <p className="secondary">{t('difference.none')}</p>
      ) : (
        <table data-only={only(shown)}>
          <thead>
            <tr>
              <th scope="col">{t('difference.what')}</th>
              <th scope="col">{beforeTitle ?? t('difference.before')}</th>
              <th scope="col">{afterTitle ?? t('difference.after')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={row.path} data-kind={row.kind} data-testid="difference-row">
                <th scope="row">
                  <span className="difference-sign" aria-hidden="true">
                    {signs[row.kind]}
                  </span>
                  <span>
                    {nameOf?.(row.path) ??
                      (row.path === '' ? t('difference.value') : <Path path={row.path} />)}
                    <span className="difference-kind">{t(`difference.${row.kind}`)}</span>
                  </span>
                </th>
                <td>{value(row, 'before')}</td>
                <td>{value(row, 'after')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {same.length > 0 && (
        <button
          type="button"
          className="button button-quiet"
          aria-expanded={withSame}
          onClick={() => setWithSame(!withSame)}
        >
          {withSame ? t('difference.hideSame') : t('difference.showSame', { count: same.length })}
        </button>
      )}
    </div>
  );
};
