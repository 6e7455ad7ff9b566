import type { ThresholdVersion } from '../../../contract/domain.ts';
import { useClock } from '../../live/clock.ts';
import { useAdminWords } from '../../ui/i18n.ts';
import { TableEnd } from '../../ui/panel/table-end.tsx';
import type { Pages } from '../../ui/panel/use-pages.ts';
import { EffectiveFrom, SavedBy } from './effect-words.tsx';
import { clockStepMs, standingOf } from './standing.ts';

interface VersionListProps {
  readonly pages: Pages<ThresholdVersion>;
  /** A version's number, or `draft`. */
  readonly selected: number | 'draft';
  readonly draftFrom?: number | undefined;
  readonly onSelect: (version: number | 'draft') => void;
}

/** All versions, newest first: which judges now, which will, by whom, saved when and why; the draft on top of them. */
export const VersionList = ({ pages, selected, draftFrom, onSelect }: VersionListProps) => {
  const { t } = useAdminWords();
  const { wall } = useClock();
  const versions = pages.rows;
  return (
    <nav className="panel versions" aria-label={t('thresholds.versions')} data-region="list">
      <h2>{t('thresholds.versions')}</h2>
      <ul className="scroll">
        {draftFrom !== undefined && (
          <li>
            <button
              type="button"
              className="threshold-version version-draft"
              aria-current={selected === 'draft'}
              data-testid="threshold-draft-row"
              onClick={() => onSelect('draft')}
            >
              <b>{t('thresholds.draft')}</b>
              <span className="secondary">{t('thresholds.draftFrom', { version: draftFrom })}</span>
            </button>
          </li>
        )}
        {versions.map((set) => {
          const standing = standingOf(set, versions, wall + clockStepMs);
          return (
            <li key={set.version}>
              <button
                type="button"
                className="threshold-version"
                aria-current={selected === set.version}
                data-testid={`threshold-version-${set.version}`}
                data-standing={standing}
                onClick={() => onSelect(set.version)}
              >
                <span className="version-head">
                  <b>{t('thresholds.version', { version: set.version })}</b>
                  {standing !== 'past' && (
                    <span className={`standing-badge standing-${standing}`}>
                      {t(`thresholds.standing.${standing}`)}
                    </span>
                  )}
                </span>
                <span>
                  <EffectiveFrom set={set} />
                </span>
                <span className="secondary">
                  <SavedBy set={set} brief />
                </span>
                <span className="version-reason">{set.reason}</span>
              </button>
            </li>
          );
        })}
      </ul>
      <TableEnd pages={pages} failed={t('thresholds.failed')} />
    </nav>
  );
};
