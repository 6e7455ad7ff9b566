import { describe, expect, test } from 'vitest';
import { awaitsHeartbeat, databaseAge, freshnessOf, showsAge, untilRetry } from './freshness.ts';
import { aStatus } from './test-values.ts';

const aStream = { url: 'wss://one/stream', link: 'live', since: 0, lag: 0, cameras: [] } as const;

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

  test('of a link is written out only when a quiet healthy stream cannot be the reason', () => {
    expect([0, 5000, 5200, 7000, 7001, 40_000].map(showsAge)).toEqual([
      false,
      false,
      false,
      false,
      true,
      true,
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

  test('expects the first heartbeats until the link has been up for 15 s, and not while it is down', () => {
    const stream = { ...aStream, link: 'live', since: 10_000 } as const;
    expect(awaitsHeartbeat(stream, aStatus(20_000), 4999)).toBe(true);
    expect(awaitsHeartbeat(stream, aStatus(20_000), 5000)).toBe(false);
    expect(awaitsHeartbeat({ ...stream, link: 'catching-up' }, aStatus(10_000), 0)).toBe(true);
    expect(awaitsHeartbeat({ ...stream, link: 'down' }, aStatus(10_000), 0)).toBe(false);
  });
});
