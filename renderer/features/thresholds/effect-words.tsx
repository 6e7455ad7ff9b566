import type { ThresholdSet, ThresholdVersion } from '../../../contract/domain.ts';
import { useAdminWords } from '../../ui/i18n.ts';
import { Moment } from '../../ui/panel/moment.tsx';

/** From when a version judges; the first one was always there. */
export const EffectiveFrom = ({ set }: { readonly set: ThresholdSet }) => {
  const { t } = useAdminWords();
  if (set.effectiveAt <= 0) return t('thresholds.always');
  return (
    <>
      {t('thresholds.from')} <Moment at={set.effectiveAt} />
    </>
  );
};

/** Who saved a version, and when, which may be long before it judges; the first one came with the program. */
export const SavedBy = ({ set, brief }: { readonly set: ThresholdVersion; readonly brief?: boolean }) => {
  const { t } = useAdminWords();
  if (set.savedAt === undefined) return <bdi>{set.createdBy}</bdi>;
  return (
    <span data-testid="threshold-saved-at">
      {t('thresholds.savedBy')} <bdi>{set.createdBy}</bdi>,{' '}
      <Moment at={set.savedAt} show={brief === true ? 'absolute' : 'both'} />
    </span>
  );
};
