import { expect, test } from 'vitest';
import { mostNamedAlerts } from '../../contract/results.ts';
import { isSmallPlainData, largestInput } from './input-size.ts';

const id = '0b9f1c1e-0000-4000-8000-000000000001';

test('the largest legal input comes through: an export that names as many alerts as it may', () => {
  const search = 'x'.repeat(200);
  const named = { open: true, search, alertIds: Array.from({ length: mostNamedAlerts }, () => id) };
  expect(isSmallPlainData(named)).toBe(true);
  expect(JSON.stringify(named).length).toBeLessThan(largestInput);
});

test('what is larger does not', () => {
  expect(isSmallPlainData({ alertIds: Array.from({ length: 7_000 }, () => id) })).toBe(false);
});
