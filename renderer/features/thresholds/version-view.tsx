import { useState } from 'react';
import type { ThresholdVersion } from '../../../contract/domain.ts';
import { useClock } from '../../live/clock.ts';
import { useAdminWords } from '../../ui/i18n.ts';
import { DifferenceTable } from './difference-table.tsx';
import { EffectiveFrom, SavedBy } from './effect-words.tsx';
import { clockStepMs, standingOf } from './standing.ts';
import { useHeadFocus } from './use-head-focus.ts';
import { ValuesView } from './values-view.tsx';

interface VersionViewProps {
  readonly set: ThresholdVersion;
  readonly versions: readonly ThresholdVersion[];
  readonly hasDraft: boolean;
  readonly allowed: boolean;
  /** It was saved a moment ago, here. */
  readonly saved: boolean;
  /** The button that led here is gone: the head takes the focus. */
  readonly focusHead: boolean;
  readonly onFocused: () => void;
  readonly tab: string;
  readonly onTab: (tab: string) => void;
  readonly onDraft: () => void;
}

const noTexts = {};
const noProblems: ReadonlyMap<string, string> = new Map();

/** One version as it was saved: who, why, from when, what it changed, and all its values. */
export const VersionView = ({
  set,
  versions,
  hasDraft,
  allowed,
  saved,
  focusHead,
  onFocused,
  tab,
  onTab,
  onDraft,
}: VersionViewProps) => {
  const { t } = useAdminWords();
  const { wall } = useClock();
  const head = useHeadFocus(focusHead, onFocused);
  const others = versions.filter(({ version }) => version !== set.version);
  const earlier = others.find(({ version }) => version < set.version);
  const [chosen, setChosen] = useState<number>();
  const other = others.find(({ version }) => version === chosen) ?? earlier;
  const newest = versions[0]?.version === set.version;
  return (
    <article className="panel threshold-detail scroll" data-region="detail" data-testid="threshold-version">
      <header className="detail-head">
        <div>
          <h2 ref={head} tabIndex={-1}>
            {t('thresholds.version', { version: set.version })}{' '}
            <span className="secondary">
              {t(`thresholds.standing.${standingOf(set, versions, wall + clockStepMs)}`)}
            </span>
          </h2>
          <p>
            <EffectiveFrom set={set} /> · <SavedBy set={set} /> · <q>{set.reason}</q>
          </p>
        </div>
        <button
          type="button"
          className="button button-strong"
          disabled={!allowed}
          data-testid="threshold-edit"
          onClick={onDraft}
        >
          {hasDraft
            ? t('thresholds.toDraft')
            : newest
              ? t('thresholds.edit')
              : t('thresholds.rollBack', { version: set.version })}
        </button>
      </header>
      <div role="status">
        {saved && (
          <p className="threshold-note" data-testid="threshold-saved">
            {t('thresholds.saved', { version: set.version })}
          </p>
        )}
      </div>
      <ValuesView values={set} before={other} texts={noTexts} problems={noProblems} tab={tab} onTab={onTab} />
      {other !== undefined && (
        <section className="values-part" aria-label={t('thresholds.difference')}>
          <div className="part-head">
            <h3>{t('thresholds.difference')}</h3>
            <label>
              <span className="secondary">{t('thresholds.compareWith')} </span>
              <select
                className="select"
                value={other.version}
                data-testid="threshold-compare"
                onChange={(event) => setChosen(Number(event.target.value))}
              >
                {others.map(({ version }) => (
                  <option key={version} value={version}>
                    {t('thresholds.version', { version })}
                  </option>
                ))}
              </select>
            </label>
          </div>
          <DifferenceTable
            before={other}
            after={set}
            beforeName={t('thresholds.version', { version: other.version })}
            afterName={t('thresholds.version', { version: set.version })}
          />
        </section>
      )}
    </article>
  );
};
