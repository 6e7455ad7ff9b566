/**
 * A time that never goes back: it follows the wall clock forward (also over a suspended night, fault 46) and the
 * monotonic one while the wall clock was turned back, so that turning it back never extends a grace (fault 62).
 */
export interface TrustedClock {
  /** ms since the epoch, as far as this workstation can know. */
  now(): number;
  /** The provider has just answered with tokens whose times fit: the wall clock is right. */
  trustWallClock(): void;
}

export function createTrustedClock(
  clock: { now(): number; monotonic(): number },
  /** The latest time known from before the restart. */
  atLeast: number,
): TrustedClock {
  let time = Math.max(clock.now(), atLeast);
  let readAt = clock.monotonic();

  function now(): number {
    const monotonic = clock.monotonic();
    time = Math.max(time + Math.max(0, monotonic - readAt), clock.now());
    readAt = monotonic;
    return time;
  }

  return {
    now,
    trustWallClock() {
      time = clock.now();
      readAt = clock.monotonic();
    },
  };
}
