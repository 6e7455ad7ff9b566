/** Calls a window may make at once, and per second in the long run: several times what held-down keys cause. */
export const callBurst = 400;
export const callsPerSecond = 200;

export interface RateLimit {
  /** Whether one more call is allowed now; `now` in ms of a clock that only goes forward. */
  take(now: number): boolean;
}

/** A token bucket. */
export function createRateLimit(burst: number, perSecond: number): RateLimit {
  let tokens = burst;
  let last: number | undefined;
  return {
    take(now) {
      if (last !== undefined) tokens = Math.min(burst, tokens + ((now - last) / 1000) * perSecond);
      last = now;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
