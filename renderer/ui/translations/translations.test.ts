import { describe, expect, test } from 'vitest';
import type { Words } from '../i18n.ts';
import { en } from './en.ts';
import { fr } from './fr.ts';
import { en as panelEn } from './panel/en.ts';
import { fr as panelFr } from './panel/fr.ts';
import { en as referenceEn } from './reference/en.ts';
import { fr as referenceFr } from './reference/fr.ts';

const parts: readonly (readonly [name: string, words: Words])[] = [
  ['every window', { en, fr }],
  ['panel', { en: panelEn, fr: panelFr }],
  ['reference', { en: referenceEn, fr: referenceFr }],
];

const placeholders = (text: string): readonly string[] => (text.match(/\{\{\w+\}\}/g) ?? []).toSorted();

const files = import.meta.glob<string>(['../../**/*.{ts,tsx}', '!./**'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

const sources = (): string => Object.values(files).join('\n');

describe.each(parts)('translations: %s', (_, words) => {
  test('have the same keys in both languages', () => {
    expect(Object.keys(words.fr).toSorted()).toEqual(Object.keys(words.en).toSorted());
  });

  test('have no empty text', () => {
    const all = [...Object.entries(words.en), ...Object.entries(words.fr)];
    expect(all.filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  test('have the same placeholders in both languages', () => {
    const french = new Map(Object.entries(words.fr));
    const plain = Object.entries(words.en).filter(([key]) => !/_(one|other)$/.test(key));
    const different = plain.filter(
      ([key, text]) => placeholders(text).join() !== placeholders(french.get(key) ?? '').join(),
    );
    expect(different).toEqual([]);
  });

  test('are all used: by name, or by a family whose ending is a value', () => {
    const text = sources();
    const families = [...text.matchAll(/`([\w.-]+\.)\$\{/g)].map((match) => match[1] ?? '');
    const unused = Object.keys(words.en)
      .map((key) => key.replace(/_(one|other)$/, ''))
      .filter((key) => !text.includes(`'${key}'`) && !families.some((family) => key.startsWith(family)));
    expect(unused).toEqual([]);
  });
});

/** Words of one meaning, by language: who stands before both buttons must not have to guess which is which. */
const undoing = { en: /\bund(o|oes|one|id)\b/i, fr: /\bdésacquitt|\bdéfai/i };
const cancelling = { en: /\bcancel/i, fr: /\bannul/i };

test('undo and cancel are different words, on buttons and in sentences, in both languages', () => {
  const all = parts.flatMap(([, words]) =>
    Object.entries(words.en).map(([key, english]) => ({ key, english, french: words.fr[key] ?? '' })),
  );
  const undo = all.filter(({ english }) => undoing.en.test(english));
  const cancel = all.filter(({ english }) => cancelling.en.test(english));
  expect(undo.map(({ key }) => key)).toEqual(expect.arrayContaining(['alerts.undo', 'thresholds.undo']));
  expect(cancel.map(({ key }) => key)).toEqual(expect.arrayContaining(['alerts.cancel', 'act.cancel']));
  expect(undo.filter(({ english }) => cancelling.en.test(english))).toEqual([]);
  expect(undo.filter(({ french }) => cancelling.fr.test(french))).toEqual([]);
  expect(cancel.filter(({ french }) => undoing.fr.test(french))).toEqual([]);
});

test('no key has two texts: a window that loads both would show either', () => {
  const keys = parts.flatMap(([, words]) => Object.keys(words.en));
  expect(keys.filter((key, place) => keys.indexOf(key) !== place)).toEqual([]);
});
