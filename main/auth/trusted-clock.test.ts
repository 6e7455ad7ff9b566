import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTrustedClock } from './trusted-clock.ts';

test('it never goes back, and never slower than the monotonic clock, whatever is done to the wall clock', () => {
  const steps = fc.array(fc.tuple(fc.nat(10_000), fc.integer({ min: -100_000, max: 100_000 })));
  fc.assert(
    fc.property(steps, fc.nat(1_000_000), (moves, atLeast) => {
      let wall = 500_000;
      let monotonic = 0;
      const clock = createTrustedClock({ now: () => wall, monotonic: () => monotonic }, atLeast);
      let last = clock.now();
      expect(last).toBe(Math.max(wall, atLeast));
      for (const [passed, turned] of moves) {
        monotonic += passed;
        wall += passed + turned;
        const now = clock.now();
        expect(now).toBeGreaterThanOrEqual(last + passed);
        expect(now).toBeGreaterThanOrEqual(wall);
        last = now;
      }
    }),
  );
});

test('a confirmation by the provider makes the wall clock right again', () => {
  let wall = 10_000;
  const clock = createTrustedClock({ now: () => wall, monotonic: () => 0 }, 0);
  wall = 99_000;
  expect(clock.now()).toBe(99_000);
  wall = 11_000;
  expect(clock.now()).toBe(99_000);
  clock.trustWallClock();
  expect(clock.now()).toBe(11_000);
});
