import { describe, expect, test } from 'vitest';
import { formatAgo, formatUtc } from './times.ts';

const now = Date.UTC(2026, 10, 21, 9, 14, 31);
const minute = 60_000;

describe('relative times', () => {
  test.each([
    [10_000, 'now', 'maintenant'],
    [3 * minute, '3 minutes ago', 'il y a 3 minutes'],
    [80 * minute, '80 minutes ago', 'il y a 80 minutes'],
    [5 * 60 * minute, '5 hours ago', 'il y a 5 heures'],
    [2 * 24 * 60 * minute, '2 days ago', 'avant-hier'],
    [70 * 24 * 60 * minute, '2 months ago', 'il y a 2 mois'],
    [800 * 24 * 60 * minute, '2 years ago', 'il y a 2 ans'],
  ])('%d ms ago', (age, en, fr) => {
    expect(formatAgo(now - age, now, 'en')).toBe(en);
    expect(formatAgo(now - age, now, 'fr')).toBe(fr);
  });

  test('what is to come', () => {
    expect(formatAgo(now + 3 * 60 * minute, now, 'en')).toBe('in 3 hours');
  });
});

test('UTC names its zone', () => {
  expect(formatUtc(now, 'en')).toBe('21 Nov 2026, 09:14:31 UTC');
  expect(formatUtc(now, 'fr')).toBe('21 nov. 2026, 09:14:31 UTC');
});
