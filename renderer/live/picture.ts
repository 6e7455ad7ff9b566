import { useClock } from './clock.ts';
import { freshnessOf } from './freshness.ts';
import type { Freshness } from './freshness.ts';
import { useLive } from './store.tsx';

export interface PictureAge {
  readonly ageMs: number;
  readonly freshness: Freshness;
  /** Wall time of the last thing received, ms. */
  readonly since: number;
}

/** How old what this window shows is: main says something at least every 2 s, or the picture itself is out of date. */
export const usePicture = (): PictureAge => {
  const { monotonic } = useClock();
  const received = useLive((state) => state.receivedMonotonic);
  const since = useLive((state) => state.receivedWall);
  const ageMs = Math.max(0, monotonic - received);
  return { ageMs, freshness: freshnessOf(ageMs), since };
};
