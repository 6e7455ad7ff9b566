import { useState } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Alert } from '../../contract/domain.ts';
import { isUnacknowledged } from './alert-order.ts';
import { useClock } from './clock.ts';

/** How long one's own acknowledgement can be taken back, ms (docs/domain.md); the database decides all the same. */
const undoMs = 30_000;

interface Offer {
  /** Of which acknowledgement. */
  readonly acknowledgedAt: number;
  /** When it is over, by this window's monotonic clock. */
  readonly until: number;
}

/** Acknowledgements of which this window knows more than their time: made here, or refused to be undone. */
const offers = createStore<ReadonlyMap<string, Offer>>(() => new Map());

const remember = ({ id, acknowledgedAt }: Alert, until: number): void => {
  if (acknowledgedAt === undefined) return;
  const now = performance.now();
  const kept = [...offers.getState()].filter(([each, offer]) => now - offer.until < undoMs && each !== id);
  offers.setState(new Map([...kept, [id, { acknowledgedAt, until }]]), true);
};

/** It was acknowledged here just now: by this clock its time can be told exactly, whatever the wall clock says. */
export const rememberAcknowledged = (alert: Alert): void => remember(alert, performance.now() + undoMs);

/** The database has refused for good: this acknowledgement is not offered again. */
export const refuseUndo = (alert: Alert): void => remember(alert, performance.now());

/** Somebody else is at the desk: what was done here is not theirs. */
export const forgetAllAcknowledged = (): void => offers.setState(new Map(), true);

/**
 * Whether the alert is acknowledged by `person`, here or elsewhere, so that they may take it back: also while it is only
 * kept at this workstation, not when somebody has it from them since.
 */
export const isOwnAcknowledgement = (alert: Alert, person: string | undefined): boolean =>
  person !== undefined &&
  person !== '' &&
  alert.acknowledgedAt !== undefined &&
  alert.acknowledgedBy === person &&
  (alert.owner === undefined || alert.owner === person) &&
  !isUnacknowledged(alert);

/**
 * Time left to undo, ms; 0 or less: none. `seen`: when this window began to look, by its monotonic clock: with a wall
 * clock that is late, the offer ends all the same.
 */
export const undoMsLeft = (
  acknowledgedAt: number,
  offer: Offer | undefined,
  seen: number,
  { wall, monotonic }: { readonly wall: number; readonly monotonic: number },
): number =>
  offer?.acknowledgedAt === acknowledgedAt
    ? Math.min(undoMs, offer.until - monotonic)
    : undoMs - Math.max(0, wall - acknowledgedAt, monotonic - seen);

const useOffer = (alertId: string): Offer | undefined => useStore(offers, (known) => known.get(alertId));

/** Whole seconds in which the acknowledgement can still be undone; undefined: it cannot. */
export const useUndoSeconds = ({ id, acknowledgedAt = 0 }: Alert): number | undefined => {
  const [seen] = useState(() => performance.now());
  const left = undoMsLeft(acknowledgedAt, useOffer(id), seen, useClock());
  return left <= 0 ? undefined : Math.ceil(left / 1000);
};

/** Whether the acknowledgement may still be open to undo: so that only such rows keep a clock. */
export const useMayUndo = ({ id, acknowledgedAt = 0 }: Alert): boolean => {
  const now = { wall: Date.now(), monotonic: performance.now() };
  return undoMsLeft(acknowledgedAt, useOffer(id), now.monotonic, now) > 0;
};
