import { useEffect, useEffectEvent, useState } from 'react';
import type { Inputs } from '../../../contract/inputs.ts';
import { call } from '../../live/call.ts';

const askEveryMs = 10_000;
/** More than this many are shown as `50+`. */
export const mostCounted = 50;

/**
 * How many rows came after the newest that is shown, asked every few seconds: they are offered, the list does not move
 * by itself. `newestId` undefined: nothing is shown that could have a successor.
 */
export const useNewRows = (
  filter: Omit<Inputs['audit.list'], 'limit'>,
  newestId: number | undefined,
): number => {
  const [found, setFound] = useState({ after: newestId, count: 0 });
  const ask = useEffectEvent(async (after: number, isDropped: () => boolean) => {
    const answer = await call('audit.list', { ...filter, limit: mostCounted + 1 });
    if (!answer.ok || isDropped()) return;
    setFound({ after, count: answer.value.items.filter(({ id }) => id > after).length });
  });
  useEffect(() => {
    if (newestId === undefined) return undefined;
    let dropped = false;
    const timer = setInterval(() => void ask(newestId, () => dropped), askEveryMs);
    return () => {
      dropped = true;
      clearInterval(timer);
    };
  }, [newestId]);
  return found.after === newestId ? found.count : 0;
};
