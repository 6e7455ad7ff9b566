import { formatNumber } from '../../ui/formats.ts';
import type { Language } from '../../ui/formats.ts';
import type { TranslateAdmin } from '../../ui/i18n.ts';

/** How many alerts of each severity, in words: "1 critical, 3 warnings". */
export const severityText = (
  { critical, warning }: { readonly critical: number; readonly warning: number },
  t: TranslateAdmin,
  language: Language,
): string =>
  [
    t('statistics.criticalCount', { count: critical, shown: formatNumber(critical, language) }),
    t('statistics.warningCount', { count: warning, shown: formatNumber(warning, language) }),
  ].join(', ');
