import { describe, expect, test } from 'vitest';
import { en } from './en.ts';
import { fr } from './fr.ts';

const placeholders = (text: string): readonly string[] => (text.match(/\{\{\w+\}\}/g) ?? []).toSorted();

const files = import.meta.glob<string>(['../../**/*.{ts,tsx}', '!./*'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

const sources = (): string => Object.values(files).join('\n');

describe('translations', () => {
  test('have the same keys in both languages', () => {
    expect(Object.keys(fr).toSorted()).toEqual(Object.keys(en).toSorted());
  });

  test('have no empty text', () => {
    const all = [...Object.entries(en), ...Object.entries(fr)];
    expect(all.filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  test('have the same placeholders in both languages', () => {
    const french = new Map(Object.entries(fr));
    const plain = Object.entries(en).filter(([key]) => !/_(one|other)$/.test(key));
    const different = plain.filter(
      ([key, text]) => placeholders(text).join() !== placeholders(french.get(key) ?? '').join(),
    );
    expect(different).toEqual([]);
  });

  test('are all used: by name, or by a family whose ending is a value', () => {
    const text = sources();
    const families = [...text.matchAll(/`([\w.-]+\.)\$\{/g)].map((match) => match[1] ?? '');
    const unused = Object.keys(en)
      .map((key) => key.replace(/_(one|other)$/, ''))
      .filter((key) => !text.includes(`'${key}'`) && !families.some((family) => key.startsWith(family)));
    expect(unused).toEqual([]);
  });
});
