import type { ThresholdSet } from '../../../contract/domain.ts';
import { useAdminWords } from '../../ui/i18n.ts';
import { Moment } from '../../ui/panel/moment.tsx';

/** From when a version judges; the first one was always there. */
export const EffectiveFrom = ({ set }: { readonly set: ThresholdSet }) => {
  const { t } = useAdminWords();
  return set.effectiveAt <= 0 ? t('thresholds.always') : <Moment at={set.effectiveAt} />;
};
