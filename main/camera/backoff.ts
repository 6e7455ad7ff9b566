export interface Backoff {
  /** ms to wait before the next attempt. */
  next(): number;
  /** The link lived long enough. */
  reset(): void;
  /** The link was short but brought the stream forward: do not wait long, nor loop tightly. */
  ease(): void;
}

const easedAttempts = 1;

/** Exponential with full jitter between `least` and what the attempt allows, so that clients spread (fault 10). */
export function createBackoff(least: number, most: number, random: () => number): Backoff {
  let attempts = 0;
  return {
    next() {
      const limit = Math.min(most, least * 2 ** (attempts + 1));
      attempts = Math.min(attempts + 1, 30);
      return least + random() * Math.max(0, limit - least);
    },
    reset() {
      attempts = 0;
    },
    ease() {
      attempts = Math.min(attempts, easedAttempts);
    },
  };
}
