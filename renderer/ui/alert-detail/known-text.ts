import type { KnownFinding } from '../../../contract/domain.ts';
import { formatDay, formatMoment, formatOrdinal } from '../formats.ts';
import type { Language } from '../formats.ts';
import type { Translate } from '../i18n.ts';

/** `known since 12 Nov, 4th time`: the same finding in pass after pass, since the springs were last renewed. */
export const knownText = (known: KnownFinding, t: Translate, language: Language, zone: string): string =>
  t('known.since', {
    date: formatDay(known.since, language, zone),
    times: formatOrdinal(known.times, language),
  });

/** Who dealt with it before; undefined: nobody has acknowledged an earlier one. */
export const knownByText = (
  known: KnownFinding,
  t: Translate,
  language: Language,
  zone: string,
): string | undefined => {
  const { acknowledgedBy: who, acknowledgedAt } = known;
  if (who === undefined) return undefined;
  return acknowledgedAt === undefined
    ? who
    : t('known.byAt', { who, when: formatMoment(acknowledgedAt, language, zone) });
};
