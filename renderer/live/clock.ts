import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let tick = { wall: Date.now(), monotonic: performance.now() };

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  timer ??= setInterval(() => {
    tick = { wall: Date.now(), monotonic: performance.now() };
    for (const each of listeners) each();
  }, 500);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
};

/** One half-second clock for all ages and clocks of a window; only the components that show one draw again. */
export const useClock = (): { readonly wall: number; readonly monotonic: number } =>
  useSyncExternalStore(subscribe, () => tick);
