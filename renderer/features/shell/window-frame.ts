import { useEffect, useEffectEvent, useState } from 'react';
import { usePicture } from '../../live/picture.ts';
import { classes, isTextField } from '../../ui/dom.ts';
import { focusNextRegion } from '../../ui/regions.ts';
import { useNarrow, useTight } from '../../ui/root-size.ts';

type Panel = 'help' | 'preferences';

export interface Frame<Extra extends string> {
  /** The side panel that is open; one at a time. */
  readonly panel: Panel | Extra | undefined;
  readonly toggle: (panel: Panel | Extra) => void;
  readonly close: () => void;
  /** Too little room at the chosen reading distance: the window shows less at once. */
  readonly narrow: boolean;
  /** Class names of the window's outer element: its room, and whether its picture is out of date. */
  readonly className: string;
}

/**
 * What the live windows have in common: side panels (`Extra`: those of the window itself), F1 and ? for help, F6 for
 * the next part of the window, less at once where there is less room. `onKey` gets all other keys and says whether
 * it used one.
 */
export const useWindowFrame = <Extra extends string = never>(
  name: string,
  onKey: (event: KeyboardEvent) => boolean,
): Frame<Extra> => {
  const [panel, setPanel] = useState<Panel | Extra>();
  const { freshness } = usePicture();
  const narrow = useNarrow();
  const tight = useTight();
  const toggle = (wanted: Panel | Extra): void =>
    setPanel((before) => (before === wanted ? undefined : wanted));
  const use = useEffectEvent((event: KeyboardEvent): boolean => {
    if (event.key === 'F1' || (event.key === '?' && !isTextField(event.target))) toggle('help');
    else if (event.key === 'F6') focusNextRegion(event.shiftKey);
    else return onKey(event);
    return true;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (use(event)) event.preventDefault();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, []);
  return {
    panel,
    toggle,
    close: () => setPanel(undefined),
    narrow,
    className: classes(name, narrow && 'narrow', tight && 'tight', freshness === 'stale' && 'picture-stale'),
  };
};
