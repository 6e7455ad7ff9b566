import { expect, test } from 'vitest';
import { plainText } from './plain-text.ts';

test('heights in mm, moments in UTC, the rest as it is written', () => {
  expect(plainText('types.loader.criticalLowCmm', 17_550, 'en')).toBe('175.5 mm');
  expect(plainText('types.loader.criticalLowCmm', 17_550, 'fr')).toBe('175,5 mm');
  expect(plainText('effectiveAt', Date.UTC(2026, 10, 21, 9), 'en')).toBe('21 Nov 2026, 09:00:00 UTC');
  expect(plainText('actedAt', '2026-11-21T08:57:27.835+00:00', 'en')).toBe('21 Nov 2026, 08:57:27 UTC');
  expect(plainText('name', 'Mast 12', 'en')).toBe('Mast 12');
  expect(plainText('active', true, 'en')).toBe('true');
  expect(plainText('roles', ['a'], 'en')).toBe('["a"]');
});

test('a small number is no moment, whatever its name ends in', () => {
  expect(plainText('lookedAt', 4, 'en')).toBe('4');
  expect(plainText('createdAt', '21 November', 'en')).toBe('21 November');
});
