import type { Alert, Guidance } from '../../../contract/domain.ts';
import { call } from '../../live/call.ts';
import { useReference } from '../../live/reference.ts';
import { useAsk } from '../ask.ts';
import { hasKey, useWords } from '../i18n.ts';

/** What a person does about the alert: the admin's words, else the standard ones that the program brings. */
export interface AlertGuidance {
  /** Empty: nobody has written anything, and there is no standard text. */
  readonly text: string;
  /** Steps to tick, in the language of the screen. */
  readonly steps: readonly string[];
}

const textIn = (guidance: Guidance, language: 'en' | 'fr'): string =>
  language === 'fr' ? guidance.textFr || guidance.textEn : guidance.textEn || guidance.textFr;

export const useGuidance = ({ rule, severity }: Pick<Alert, 'rule' | 'severity'>): AlertGuidance => {
  const { t, language } = useWords();
  const version = useReference('guidance');
  const asked = useAsk(
    `guidance ${rule} ${severity} ${version}`,
    () => call('alerts.guidance', { rule, severity }),
    true,
  );
  const standard = `guidance.${rule}`;
  const written = asked.kind === 'ready' && asked.value.revision > 0 ? asked.value : undefined;
  const own = written === undefined ? '' : textIn(written, language);
  return {
    text: own === '' && hasKey(standard) ? t(standard) : own,
    // A line each: what is ticked is kept line by line.
    steps:
      written?.checklist.map(({ en, fr }) =>
        (language === 'fr' ? fr || en : en || fr).replaceAll('\n', ' '),
      ) ?? [],
  };
};
