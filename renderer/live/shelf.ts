import type { StoreApi } from 'zustand/vanilla';
import type { Alert } from '../../contract/domain.ts';
import type { LiveState } from './state.ts';

interface Clocks {
  /** Monotonic and wall clock, ms. */
  readonly monotonic: () => number;
  readonly wall: () => number;
}

/** The longest a timer may wait, ms: shelves of 24 h lie far below it. */
const longestTimer = 2_000_000_000;

/**
 * Keeps the store's `shelved` equal to which open alerts are on the shelf now. A shelf ends by this window's own clock
 * whether or not the database is there to say so, and by whichever of its clocks comes first: a wall clock that is
 * set back hides nothing any longer (docs/domain.md, shelving; fault 43). Returns the way to stop.
 */
export const keepShelf = (store: StoreApi<LiveState>, { monotonic, wall }: Clocks): (() => void) => {
  /** When each shelf ends by the monotonic clock, as it stood when the shelf was first seen. */
  const ends = new Map<string, { readonly until: number; readonly end: number }>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let seen: LiveState['alerts'] | undefined;

  /** Milliseconds the alert still has on the shelf; 0 or less: none. */
  const leftOf = (alert: Alert, until: number): number => {
    const known = ends.get(alert.id);
    const end = known?.until === until ? known.end : monotonic() + (until - wall());
    if (known?.until !== until) ends.set(alert.id, { until, end });
    return Math.min(end - monotonic(), until - wall());
  };

  const look = (): void => {
    const { alerts, shelved } = store.getState();
    seen = alerts;
    const now = new Set<string>();
    let next = longestTimer;
    for (const alert of alerts.values()) {
      if (alert.shelvedUntil === undefined) {
        if (ends.size > 0) ends.delete(alert.id);
        continue;
      }
      const left = leftOf(alert, alert.shelvedUntil);
      if (left <= 0) continue;
      now.add(alert.id);
      next = Math.min(next, left);
    }
    for (const id of ends.keys()) if (!alerts.has(id)) ends.delete(id);
    clearTimeout(timer);
    timer = now.size === 0 ? undefined : setTimeout(look, Math.ceil(next));
    if (now.size !== shelved.size || [...now].some((id) => !shelved.has(id)))
      store.setState({ shelved: now });
  };

  look();
  const unsubscribe = store.subscribe((state) => {
    if (state.alerts !== seen) look();
  });
  return () => {
    clearTimeout(timer);
    unsubscribe();
  };
};
