import { setTimeout as wait } from 'node:timers/promises';

const shortestMs = 50;

/** Full jitter: anything between nothing and a doubling ceiling, so that many workstations spread out (fault 10). */
export const backoffMs = (attempt: number, firstMs: number, mostMs: number): number =>
  Math.max(shortestMs, Math.random() * Math.min(mostMs, firstMs * 2 ** attempt));

/** Waits; false when `signal` ended it early. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  try {
    await wait(milliseconds, undefined, { signal });
    return true;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
}
