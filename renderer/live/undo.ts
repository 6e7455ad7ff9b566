import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { useClock } from './clock.ts';

/** How long one's own acknowledgement can be taken back, ms (docs/domain.md); the database decides all the same. */
const undoMs = 30_000;

/** Which alerts were acknowledged in this window, and when by the monotonic clock, the latest last. */
const acknowledged = createStore<ReadonlyMap<string, number>>(() => new Map());

export const rememberAcknowledged = (alertId: string): void => {
  const now = performance.now();
  const kept = [...acknowledged.getState()].filter(([id, at]) => now - at < undoMs && id !== alertId);
  acknowledged.setState(new Map([...kept, [alertId, now]]), true);
};

export const forgetAcknowledged = (alertId: string): void => {
  const kept = new Map(acknowledged.getState());
  if (kept.delete(alertId)) acknowledged.setState(kept, true);
};

/** Somebody else is at the desk: these acknowledgements are not theirs to undo. */
export const forgetAllAcknowledged = (): void => acknowledged.setState(new Map(), true);

/** Seconds in which the acknowledgement made in this window can still be undone; undefined: it cannot. */
export const useUndoSeconds = (alertId: string | undefined): number | undefined => {
  const at = useStore(acknowledged, (known) => (alertId === undefined ? undefined : known.get(alertId)));
  const { monotonic } = useClock();
  if (at === undefined) return undefined;
  const left = undoMs - Math.max(0, monotonic - at);
  return left <= 0 ? undefined : Math.ceil(left / 1000);
};

/** Whether an acknowledgement of this window may still be open to undo: so that only such rows keep a clock. */
export const useMayUndo = (alertId: string): boolean => useStore(acknowledged, (known) => known.has(alertId));
