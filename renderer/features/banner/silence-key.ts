import { useEffect, useEffectEvent } from 'react';
import { useLiveActions } from '../../live/store.tsx';

/** F8 silences in every window, wherever the focus is. */
export const useSilenceKey = (): void => {
  const { store, silence } = useLiveActions();
  const press = useEffectEvent((event: KeyboardEvent): void => {
    if (event.key !== 'F8' || event.ctrlKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    if (store.getState().sound?.sounding !== undefined) void silence();
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => press(event);
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, []);
};
