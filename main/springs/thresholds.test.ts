import { expect, test } from 'vitest';
import { lowerMedian } from './median.ts';
import { defaultThresholds, limitsFor, strictestLimits, thresholdsAt } from './thresholds.ts';

const set = (version: number, effectiveAt: number) => ({ ...defaultThresholds, version, effectiveAt });

test('the set in force is the latest that has taken effect, of several at once the highest version', () => {
  const sets = [set(3, 200), set(1, 0), set(2, 100), set(4, 200)];
  expect([0, 99, 100, 199, 200, 900].map((at) => thresholdsAt(sets, at).version)).toEqual([1, 1, 2, 2, 4, 4]);
});

test('the default heights are those of the table', () => {
  expect(limitsFor(defaultThresholds, 'club-car')).toMatchObject({
    criticalLowCmm: 19_000,
    warningLowCmm: 20_500,
    warningHighCmm: 25_500,
    criticalHighCmm: 27_000,
    asymmetryWarningCmm: 1_000,
    asymmetryCriticalCmm: 1_600,
  });
});

test('an unknown type is judged with the strictest critical limits and no warnings', () => {
  const strictest = strictestLimits(defaultThresholds);
  expect(strictest).toEqual({
    criticalLowCmm: 19_000,
    criticalHighCmm: 27_000,
    asymmetryCriticalCmm: 1_600,
    window: 10,
    minHistory: 5,
    dropCmm: 600,
  });
  for (const type of ['carrier-x9', undefined, '__proto__', 'constructor']) {
    expect(limitsFor(defaultThresholds, type)).toBe(strictest);
  }
});

test('the median of an even count is the lower middle value', () => {
  expect(lowerMedian([4, 1, 3, 2])).toBe(2);
  expect(lowerMedian([-5, -10])).toBe(-10);
  expect(lowerMedian([7])).toBe(7);
  expect(lowerMedian([100, 20, 3])).toBe(20);
});
