import { useCallback, useSyncExternalStore } from 'react';

interface Watched {
  times: number;
  readonly listeners: Set<() => void>;
}

/** Only alerts whose history is on the screen. */
const watched = new Map<string, Watched>();

/** Main told of the alert, perhaps with the values that are known already. */
export const noteTold = (alertId: string): void => {
  const entry = watched.get(alertId);
  if (entry === undefined) return;
  entry.times += 1;
  for (const listener of entry.listeners) listener();
};

/** Calls `listener` whenever main tells of the alert, until the answer is called. */
export const watchTold = (alertId: string, listener: () => void): (() => void) => {
  const entry = watched.get(alertId) ?? { times: 0, listeners: new Set() };
  watched.set(alertId, entry);
  entry.listeners.add(listener);
  return () => {
    entry.listeners.delete(listener);
    // Another may have begun to look since: what is there then is theirs.
    if (entry.listeners.size === 0 && watched.get(alertId) === entry) watched.delete(alertId);
  };
};

export const timesTold = (alertId: string): number => watched.get(alertId)?.times ?? 0;

/**
 * How often main has told of the alert while somebody looks: its history may have grown although the alert says the
 * same. What was done in this window is known from the answer, before this computer's record has the event of it.
 */
export const useTold = (alertId: string): number => {
  const subscribe = useCallback((listener: () => void) => watchTold(alertId, listener), [alertId]);
  return useSyncExternalStore(subscribe, () => timesTold(alertId));
};
