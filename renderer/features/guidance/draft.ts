import type { Guidance } from '../../../contract/domain.ts';

/** As many and as long as one guidance may have (contract/inputs.ts). */
export const longestText = 4_000;
export const longestStep = 300;
export const mostSteps = 20;

export type GuidanceLanguage = 'en' | 'fr';
export const guidanceLanguages = ['en', 'fr'] as const satisfies readonly GuidanceLanguage[];

export interface Step {
  /** Stays with the step wherever it is moved. */
  readonly key: string;
  readonly en: string;
  readonly fr: string;
}

/** What the editor's fields hold. */
export interface GuidanceFields {
  readonly textEn: string;
  readonly textFr: string;
  readonly steps: readonly Step[];
}

export interface GuidanceDraft {
  /** As it was when the first field was changed; its revision is what a save is based on. */
  readonly base: Guidance;
  readonly fields: GuidanceFields;
  /** The provider's subject of who writes it. */
  readonly owner: string;
}

/** What is kept of the fields: texts without space around them, steps that say something. */
export type GuidanceContent = Pick<Guidance, 'textEn' | 'textFr' | 'checklist'>;

export const guidanceKey = ({ rule, severity }: Pick<Guidance, 'rule' | 'severity'>): string =>
  `${rule}/${severity}`;

export const fieldsOf = ({ textEn, textFr, checklist, revision }: Guidance): GuidanceFields => ({
  textEn,
  textFr,
  steps: checklist.map(({ en, fr }, place) => ({ key: `${revision}.${place}`, en, fr })),
});

export const contentOf = ({ textEn, textFr, steps }: GuidanceFields): GuidanceContent => ({
  textEn: textEn.trim(),
  textFr: textFr.trim(),
  checklist: steps
    .map(({ en, fr }) => ({ en: en.trim(), fr: fr.trim() }))
    .filter(({ en, fr }) => en !== '' || fr !== ''),
});

export const sameContent = (one: GuidanceContent, other: GuidanceContent): boolean =>
  JSON.stringify([one.textEn, one.textFr, one.checklist]) ===
  JSON.stringify([other.textEn, other.textFr, other.checklist]);

export const isChanged = ({ base, fields }: GuidanceDraft): boolean =>
  !sameContent(contentOf(fieldsOf(base)), contentOf(fields));

/** Without the characters that no text may have (contract/inputs.ts), which come in by pasting. */
export const withoutControls = (text: string): string =>
  text.replaceAll(/[\u0000-\u0008\u000B-\u001F\u007F]/g, '');

export const addStep = (fields: GuidanceFields, key: string): GuidanceFields => ({
  ...fields,
  steps: [...fields.steps, { key, en: '', fr: '' }],
});

export const changeStep = (
  fields: GuidanceFields,
  key: string,
  change: Partial<Omit<Step, 'key'>>,
): GuidanceFields => ({
  ...fields,
  steps: fields.steps.map((step) => (step.key === key ? { ...step, ...change } : step)),
});

export const removeStep = (fields: GuidanceFields, key: string): GuidanceFields => ({
  ...fields,
  steps: fields.steps.filter((step) => step.key !== key),
});

/** One place up (-1) or down (1); at the end of the list it stays. */
export const moveStep = (fields: GuidanceFields, key: string, by: -1 | 1): GuidanceFields => {
  const from = fields.steps.findIndex((step) => step.key === key);
  const moved = fields.steps[from];
  const to = from + by;
  if (moved === undefined || to < 0 || to >= fields.steps.length) return fields;
  const others = fields.steps.filter((step) => step !== moved);
  return { ...fields, steps: [...others.slice(0, to), moved, ...others.slice(to)] };
};

export interface MissingTranslation {
  readonly language: GuidanceLanguage;
  readonly text: boolean;
  /** Places of the steps without it, from 1. */
  readonly steps: readonly number[];
}

/** What is written in one language only: readers of the other one see it untranslated. */
export const missingTranslations = (content: GuidanceContent): readonly MissingTranslation[] =>
  guidanceLanguages
    .map((language) => {
      const [own, other] =
        language === 'en' ? [content.textEn, content.textFr] : [content.textFr, content.textEn];
      return {
        language,
        text: own === '' && other !== '',
        steps: content.checklist.flatMap((step, place) => (step[language] === '' ? [place + 1] : [])),
      };
    })
    .filter(({ text, steps }) => text || steps.length > 0);

/** Whether two steps look the same to readers of one language: which one was ticked would be unknown. */
export const hasTwins = ({ checklist }: GuidanceContent): boolean =>
  guidanceLanguages.some((language) => {
    const shown = checklist.map(({ en, fr }) => (language === 'en' ? en || fr : fr || en));
    return new Set(shown).size < shown.length;
  });
