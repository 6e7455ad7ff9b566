import { describe, expect, test } from 'vitest';
import { databaseAge, freshnessOf, untilRetry } from './freshness.ts';
import { aStatus } from './test-values.ts';

describe('freshness', () => {
  test('is fresh to 5 s, late to 30 s, stale beyond', () => {
    expect([0, 5000, 5001, 30_000, 30_001].map(freshnessOf)).toEqual([
      'fresh',
      'fresh',
      'late',
      'late',
      'stale',
    ]);
  });

  test('grows with the age of the status itself', () => {
    const status = { ...aStatus(10_000), database: { state: 'connected', asOf: 9000 } as const };
    expect(databaseAge(status, 2500)).toBe(3500);
    expect(databaseAge(aStatus(10_000), 0)).toBeUndefined();
  });

  test('counts down to the next attempt and stops at zero', () => {
    const status = { ...aStatus(10_000), database: { state: 'away', nextRetryAt: 17_000 } as const };
    expect(untilRetry(status, 2000)).toBe(5000);
    expect(untilRetry(status, 20_000)).toBe(0);
  });
});
