import { describe, expect, test } from 'vitest';
import { shownGuidance, standardText } from './shown-guidance.ts';

describe('guidance as operators see it, beside an alert and in the preview of who writes it', () => {
  test('their language, else the other one, else the standard text', () => {
    const content = {
      textEn: 'Stop',
      textFr: '',
      checklist: [
        { en: 'a', fr: '' },
        { en: '', fr: 'b' },
      ],
    };
    expect(shownGuidance(content, 'defect', 'fr')).toEqual({
      text: 'Stop',
      steps: ['a', 'b'],
      standard: false,
    });
    const empty = { textEn: '', textFr: '', checklist: [] };
    expect(shownGuidance(empty, 'defect', 'fr')).toEqual({
      text: standardText('defect', 'fr'),
      steps: [],
      standard: true,
    });
    expect(shownGuidance(undefined, 'defect', 'fr')).toEqual(shownGuidance(empty, 'defect', 'fr'));
    expect(standardText('defect', 'en')).not.toBe('');
    expect(standardText('defect', 'en')).not.toBe(standardText('defect', 'fr'));
  });

  test('the own language goes first, text by text and step by step', () => {
    const both = { textEn: 'Stop', textFr: 'Arrêter', checklist: [{ en: 'Look', fr: 'Regarder' }] };
    expect(shownGuidance(both, 'height', 'en')).toMatchObject({ text: 'Stop', steps: ['Look'] });
    expect(shownGuidance(both, 'height', 'fr')).toMatchObject({ text: 'Arrêter', steps: ['Regarder'] });
  });

  test('a step is one line wherever it stands, as it is kept when it is ticked', () => {
    const content = { textEn: 'a\nb', textFr: '', checklist: [{ en: 'first\nsecond', fr: '' }] };
    expect(shownGuidance(content, 'height', 'en')).toMatchObject({
      text: 'a\nb',
      steps: ['first second'],
    });
  });
});
