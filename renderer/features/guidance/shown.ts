import type { Rule } from '../../../contract/domain.ts';
import { en } from '../../ui/translations/en.ts';
import { fr } from '../../ui/translations/fr.ts';
import type { GuidanceContent, GuidanceLanguage } from './draft.ts';

const standards: Readonly<Record<GuidanceLanguage, Readonly<Record<string, string>>>> = { en, fr };

/** What the program itself says about a rule while nobody has written anything. */
export const standardText = (rule: Rule, language: GuidanceLanguage): string =>
  standards[language][`guidance.${rule}`] ?? '';

export interface ShownGuidance {
  readonly text: string;
  readonly steps: readonly string[];
  /** Nobody's own words: the standard text. */
  readonly standard: boolean;
}

/** What operators who read `language` see: their own language first, else the other one, else the standard text. */
export const shownIn = (
  { textEn, textFr, checklist }: GuidanceContent,
  rule: Rule,
  language: GuidanceLanguage,
): ShownGuidance => {
  const own = language === 'fr' ? textFr || textEn : textEn || textFr;
  return {
    text: own === '' ? standardText(rule, language) : own,
    steps: checklist.map(({ en: english, fr: french }) =>
      language === 'fr' ? french || english : english || french,
    ),
    standard: own === '',
  };
};
