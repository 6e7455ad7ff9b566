import { expect, test } from 'vitest';
import { createBackoff } from './backoff.ts';

const waits = (random: number, count: number): number[] => {
  const backoff = createBackoff(500, 30_000, () => random);
  return Array.from({ length: count }, () => backoff.next());
};

test('grows to its limit, spread by full jitter, and is never shorter than the least', () => {
  expect(waits(1, 8)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  expect(waits(0, 3)).toEqual([500, 500, 500]);
  expect(waits(0.5, 2)).toEqual([750, 1_250]);
});

test('starts anew after a stable link, and not quite so after a short but useful one', () => {
  const backoff = createBackoff(500, 30_000, () => 1);
  for (let attempt = 0; attempt < 5; attempt += 1) backoff.next();
  backoff.ease();
  expect(backoff.next()).toBe(2_000);
  backoff.reset();
  expect(backoff.next()).toBe(1_000);
});
