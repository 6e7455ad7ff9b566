import { useEffect, useEffectEvent } from 'react';
import type { RefObject } from 'react';

/**
 * For what opens inside a page and takes the focus: when it goes, the focus goes back to where it was, or, when that is
 * gone as well (a button of the state before), to the heading of the surrounding part of the window. Never to nowhere:
 * a keyboard would have to begin at the top.
 */
export const useReturnFocus = (
  place: RefObject<HTMLElement | null>,
  begin: (place: HTMLElement) => void,
): void => {
  const start = useEffectEvent(begin);
  useEffect(() => {
    const before = document.activeElement;
    const { current } = place;
    const region = current?.closest('[data-region]');
    if (current !== null) start(current);
    return () => {
      const { activeElement } = document;
      // Somewhere else by the person's own act: it stays there.
      const left = activeElement !== document.body && current?.contains(activeElement) === false;
      if (left) return;
      if (before instanceof HTMLElement && before !== document.body && before.isConnected) before.focus();
      else region?.querySelector<HTMLElement>('h2[tabindex]')?.focus();
    };
  }, [place]);
};
