import { describe, expect, test } from 'vitest';
import type { Guidance } from '../../../contract/domain.ts';
import {
  addStep,
  changeStep,
  contentOf,
  fieldsOf,
  hasTwins,
  isChanged,
  missingTranslations,
  moveStep,
  removeStep,
  withoutControls,
} from './draft.ts';
import type { GuidanceDraft } from './draft.ts';
import { changesSince, rebase } from './merge.ts';

const base: Guidance = {
  rule: 'defect',
  severity: 'critical',
  textEn: 'Stop the train.',
  textFr: 'Arrêter le train.',
  checklist: [
    { en: 'Look', fr: 'Regarder' },
    { en: 'Call', fr: 'Appeler' },
  ],
  revision: 3,
};
const draft: GuidanceDraft = { base, fields: fieldsOf(base), owner: 'dora' };
const theirs: Guidance = { ...base, revision: 4, updatedBy: 'Paul Moreau' };
const english = ({ steps }: { steps: readonly { readonly en: string }[] }) => steps.map(({ en }) => en);

describe('fields', () => {
  test('space around texts and empty steps are no change', () => {
    const fields = addStep({ ...draft.fields, textEn: ' Stop the train.\n' }, 'new');
    expect(isChanged({ ...draft, fields })).toBe(false);
    expect(isChanged({ ...draft, fields: changeStep(fields, 'new', { fr: 'Noter' }) })).toBe(true);
    expect(contentOf(fields)).toEqual({
      textEn: base.textEn,
      textFr: base.textFr,
      checklist: base.checklist,
    });
  });

  test('a step moves one place, and stays at the ends', () => {
    const [first, second] = draft.fields.steps;
    expect(english(moveStep(draft.fields, first?.key ?? '', 1))).toEqual(['Call', 'Look']);
    expect(english(moveStep(draft.fields, second?.key ?? '', -1))).toEqual(['Call', 'Look']);
    expect(moveStep(draft.fields, first?.key ?? '', -1)).toBe(draft.fields);
    expect(moveStep(draft.fields, second?.key ?? '', 1)).toBe(draft.fields);
    expect(moveStep(draft.fields, 'unknown', 1)).toBe(draft.fields);
    expect(english(removeStep(draft.fields, first?.key ?? ''))).toEqual(['Call']);
  });

  test('control characters go, line ends and tabs stay', () => {
    expect(withoutControls('a\u0000b\u001Bc\u007F\n\td\r')).toBe('abc\n\td');
    expect(withoutControls('<b>é‏ע</b>')).toBe('<b>é‏ע</b>');
  });

  test('says what is written in one language only', () => {
    expect(missingTranslations(contentOf(draft.fields))).toEqual([]);
    expect(
      missingTranslations({
        textEn: 'Stop',
        textFr: '',
        checklist: [
          { en: 'a', fr: '' },
          { en: '', fr: 'b' },
        ],
      }),
    ).toEqual([
      { language: 'en', text: false, steps: [2] },
      { language: 'fr', text: true, steps: [1] },
    ]);
  });

  test('two steps that look the same in one language are twins, also by falling back', () => {
    expect(hasTwins({ textEn: '', textFr: '', checklist: base.checklist })).toBe(false);
    expect(
      hasTwins({
        textEn: '',
        textFr: '',
        checklist: [
          { en: 'Call', fr: 'a' },
          { en: '', fr: 'Call' },
        ],
      }),
    ).toBe(true);
  });
});

describe('merge with what somebody else saved', () => {
  test('different parts fit together', () => {
    const mine = { ...draft, fields: { ...draft.fields, textFr: 'Arrêter tout de suite.' } };
    const saved = { ...theirs, checklist: [{ en: 'Call', fr: 'Appeler' }] };
    expect(changesSince(mine, saved)).toEqual([
      { part: 'textFr', byThem: false, byMe: true, contested: false },
      { part: 'checklist', byThem: true, byMe: false, contested: false },
    ]);
    const merged = rebase(mine, saved, new Set());
    expect(merged.base).toBe(saved);
    expect(contentOf(merged.fields)).toEqual({
      textEn: base.textEn,
      textFr: 'Arrêter tout de suite.',
      checklist: saved.checklist,
    });
  });

  test('what both changed is mine unless theirs is preferred; the same change is no contest', () => {
    const mine = { ...draft, fields: { ...draft.fields, textEn: 'Mine', textFr: 'Pareil' } };
    const saved = { ...theirs, textEn: 'Theirs', textFr: 'Pareil' };
    expect(changesSince(mine, saved)).toEqual([
      { part: 'textEn', byThem: true, byMe: true, contested: true },
      { part: 'textFr', byThem: true, byMe: true, contested: false },
    ]);
    expect(rebase(mine, saved, new Set()).fields.textEn).toBe('Mine');
    const taken = rebase(mine, saved, new Set(['textEn']));
    expect(taken.fields.textEn).toBe('Theirs');
    expect(isChanged(taken)).toBe(false);
  });
});
