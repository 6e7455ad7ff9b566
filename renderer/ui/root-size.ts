import { useSyncExternalStore } from 'react';

/** Pixels of one rem at the chosen reading distance. */
export const rootPixels = (): number => Number.parseFloat(document.documentElement.style.fontSize) || 17;

const subscribe = (listener: () => void): (() => void) => {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'data-size'] });
  addEventListener('resize', listener);
  return () => {
    observer.disconnect();
    removeEventListener('resize', listener);
  };
};

/** Below it a window shows less at once: lists fold away, tiles show their worst mark only. */
const narrowRem = 64;
const lowRem = 36;
/** Below it (a wall picture on one ordinary screen) also the filters and the quiet parts of the footer go. */
const wallRem = 30;

export const useRootPixels = (): number => useSyncExternalStore(subscribe, rootPixels);

export const useNarrow = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => innerWidth / rootPixels() < narrowRem || innerHeight / rootPixels() < lowRem,
  );

export const useTight = (): boolean =>
  useSyncExternalStore(subscribe, () => innerHeight / rootPixels() < wallRem);
