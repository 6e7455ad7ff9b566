import type { Guidance, Rule } from '../../../contract/domain.ts';
import type { Language } from '../formats.ts';
import { en } from '../translations/en.ts';
import { fr } from '../translations/fr.ts';

const standards: Readonly<Record<Language, Readonly<Record<string, string>>>> = { en, fr };

/** What the program itself says about a rule while nobody has written anything. */
export const standardText = (rule: Rule, language: Language): string =>
  standards[language][`guidance.${rule}`] ?? '';

/** What a person does about an alert, in the language of their screen. */
export interface ShownGuidance {
  /** Empty: nobody has written anything, and there is no standard text. */
  readonly text: string;
  /** Steps to tick. */
  readonly steps: readonly string[];
  /** Nobody's own words: the standard text. */
  readonly standard: boolean;
}

/** What readers of `language` see: the admin's words in their own language, else in the other, else the standard text. */
export const shownGuidance = (
  written: Pick<Guidance, 'textEn' | 'textFr' | 'checklist'> | undefined,
  rule: Rule,
  language: Language,
): ShownGuidance => {
  const own = (texts: { readonly en: string; readonly fr: string }): string =>
    language === 'fr' ? texts.fr || texts.en : texts.en || texts.fr;
  const text = written === undefined ? '' : own({ en: written.textEn, fr: written.textFr });
  return {
    text: text === '' ? standardText(rule, language) : text,
    // A line each: what is ticked is kept line by line.
    steps: written?.checklist.map((step) => own(step).replaceAll('\n', ' ')) ?? [],
    standard: text === '',
  };
};
