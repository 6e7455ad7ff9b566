import { useState } from 'react';
import type { ThresholdSet } from '../../../contract/domain.ts';
import { useAdminWords } from '../../ui/i18n.ts';
import { Moment } from '../../ui/panel/moment.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { PlaceName } from './difference-table.tsx';
import { rebase } from './draft.ts';
import type { Draft } from './draft.ts';
import type { EditDraft } from './draft-store.ts';
import { threeWay } from './merge.ts';
import { placeKey, valuesOf } from './places.ts';
import { valueWords } from './problem-words.ts';
import { useHeadFocus } from './use-head-focus.ts';

interface ConflictNoticeProps {
  readonly draft: Draft;
  readonly onEdit: EditDraft;
  /** The newest version, which somebody saved after the draft was begun. */
  readonly theirs: ThresholdSet;
  readonly onDone: () => void;
  /** Somebody wants to see it, who may be far down the page. */
  readonly focusHead: boolean;
  readonly onFocused: () => void;
}

/** Somebody saved a version meanwhile: who, when, and what both did since. Nothing of either is overwritten. */
export const ConflictNotice = ({
  draft,
  onEdit,
  theirs,
  onDone,
  focusHead,
  onFocused,
}: ConflictNoticeProps) => {
  const { t, language } = useAdminWords();
  const head = useHeadFocus(focusHead, onFocused);
  const [preferTheirs, setPreferTheirs] = useState<ReadonlySet<string>>(new Set());
  const rows = threeWay(valuesOf(draft.base), valuesOf(theirs), draft.values);
  const contested = rows.filter((row) => row.contested).length;
  const choose = (key: string, isTheirs: boolean): void => {
    const next = new Set(preferTheirs);
    if (isTheirs) next.add(key);
    else next.delete(key);
    setPreferTheirs(next);
  };
  return (
    <section
      className="threshold-note threshold-conflict"
      role="alert"
      aria-label={t('thresholds.conflict.title')}
      data-testid="threshold-conflict"
    >
      <h3 ref={head} tabIndex={-1}>
        <StateMark state="stale" decorative /> {t('thresholds.conflict.title')}
      </h3>
      <p>
        {t('thresholds.conflict.who', { version: theirs.version, who: theirs.createdBy })}{' '}
        <Moment at={theirs.effectiveAt} />
        {' · '}
        <q>{theirs.reason}</q>
      </p>
      <table className="threshold-differences">
        <thead>
          <tr>
            <th scope="col">{t('thresholds.value')}</th>
            <th scope="col" className="numeric">
              {t('thresholds.conflict.base', { version: draft.base.version })}
            </th>
            <th scope="col" className="numeric">
              {t('thresholds.conflict.theirs', { version: theirs.version })}
            </th>
            <th scope="col" className="numeric">
              {t('thresholds.conflict.mine')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ place, base, theirs: other, mine, contested: both }) => {
            const key = placeKey(place);
            const side = (value: number | undefined, isTheirs: boolean) => {
              const words = valueWords(place.field, value, language);
              if (!both) return value === base ? <span className="secondary">{words}</span> : <b>{words}</b>;
              return (
                <label className="threshold-choice">
                  <input
                    type="radio"
                    name={`contested ${key}`}
                    checked={preferTheirs.has(key) === isTheirs}
                    onChange={() => choose(key, isTheirs)}
                  />
                  <b>{words}</b>
                </label>
              );
            };
            return (
              <tr key={key} data-contested={both || undefined}>
                <th scope="row">
                  <PlaceName place={place} />
                  {both && <span className="changed-by-both"> {t('thresholds.conflict.both')}</span>}
                </th>
                <td className="numeric">{valueWords(place.field, base, language)}</td>
                <td className="numeric">{side(other, true)}</td>
                <td className="numeric">{side(mine, false)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p>
        {contested === 0
          ? t('thresholds.conflict.clear')
          : t('thresholds.conflict.choose', { count: contested })}
      </p>
      <div className="acts">
        <button
          type="button"
          className="button button-strong"
          data-testid="threshold-rebase"
          onClick={() => {
            onEdit((mine) => rebase(mine, theirs, preferTheirs));
            onDone();
          }}
        >
          {t('thresholds.conflict.apply')}
        </button>
        <span className="secondary">{t('thresholds.conflict.help')}</span>
      </div>
    </section>
  );
};
