import type { LiveState, Selection } from './state.ts';

/** The newest pass in progress, else undefined. */
const newestInProgress = (state: LiveState): string | undefined =>
  state.passOrder.find((id) => state.passes.get(id)?.status === 'in-progress');

/**
 * Which pass a window that follows should show now: the newest in progress; with none, it stays where it is;
 * with nothing selected, the newest pass there is.
 */
export const followed = (state: LiveState): string | undefined =>
  newestInProgress(state) ?? state.selection.passId ?? state.passOrder[0];

export const samePlace = (left: Selection, right: Selection): boolean =>
  left.passId === right.passId &&
  left.vehicleIndex === right.vehicleIndex &&
  left.position === right.position &&
  left.alertId === right.alertId &&
  left.followLive === right.followLive;
