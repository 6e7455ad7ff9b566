import { useEffect, useEffectEvent, useRef } from 'react';
import type { RefObject } from 'react';

/**
 * The head of what is shown takes the focus when the button that led here is gone, so that the keyboard goes on where
 * the eye is; once, and never because a page is merely looked at again.
 */
export const useHeadFocus = (wanted: boolean, onDone: () => void): RefObject<HTMLHeadingElement | null> => {
  const head = useRef<HTMLHeadingElement>(null);
  const take = useEffectEvent(() => {
    head.current?.focus();
    onDone();
  });
  useEffect(() => {
    if (wanted) take();
  }, [wanted]);
  return head;
};
