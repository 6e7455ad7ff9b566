import { expect, test } from 'vitest';
import { matchesSearch, parseSetting } from './setting-words.ts';

test.each([
  ['60', { value: 60 }],
  [' 10 ', { value: 10 }],
  ['9', { problem: 'out-of-bounds' }],
  ['3601', { problem: 'out-of-bounds' }],
  ['', { problem: 'not-a-number' }],
  ['1.5', { problem: 'not-a-number' }],
  ['-60', { problem: 'not-a-number' }],
  ['1e3', { problem: 'not-a-number' }],
])('%j', (text, expected) => {
  expect(parseSetting(text, { least: 10, most: 3_600 })).toEqual(expected);
});

test('the search finds all its words, in any order, without accents', () => {
  expect(matchesSearch('', 'Escalade')).toBe(true);
  expect(matchesSearch('delai critique', 'Délai d’escalade', 'alerte critique')).toBe(true);
  expect(matchesSearch('delai cache', 'Délai d’escalade', 'alerte critique')).toBe(false);
});
