import { useMemo } from 'react';
import type { Alert } from '../../contract/domain.ts';
import { useClock } from './clock.ts';
import { useLive } from './store.tsx';

const windowMs = 10 * 60_000;
/** More new alerts than this in ten minutes are a flood (docs/domain.md; EEMUA 191). */
const most = 10;
/** How often it is counted anew although nothing came, ms. */
const stepMs = 5000;

const raisedSince = (alerts: ReadonlyMap<string, Alert>, from: number): number => {
  let count = 0;
  for (const { receivedAt } of alerts.values()) if (receivedAt > from) count += 1;
  return count;
};

/** New alerts of the last ten minutes when there are so many that nobody can take them one by one; else undefined. */
export const floodCount = (
  open: ReadonlyMap<string, Alert>,
  closed: ReadonlyMap<string, Alert>,
  now: number,
): number | undefined => {
  const count = raisedSince(open, now - windowMs) + raisedSince(closed, now - windowMs);
  return count > most ? count : undefined;
};

/** Of this workstation, by its own clock. */
export const useFlood = (): number | undefined => {
  const open = useLive((state) => state.alerts);
  const closed = useLive((state) => state.closedAlerts);
  const step = Math.floor(useClock().wall / stepMs);
  return useMemo(() => floodCount(open, closed, (step + 1) * stepMs), [open, closed, step]);
};
