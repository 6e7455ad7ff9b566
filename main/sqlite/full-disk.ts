import type { Ballast } from './ballast.ts';
import type { StoreWarning } from './protocol.ts';

export interface FullDisk {
  /** An operation found no room. Removing needs room too: for it the ballast is given up. */
  met(removing: boolean): void;
  /** Rows are gone, but the file and its log still take the room that they took. */
  removed(): void;
  /** There may be room again: takes the ballast and, once that fits with some to spare, takes the warning back. */
  look(): void;
}

/** Not more often than this is the ballast tried again, ms. */
const restoreInterval = 2_000;

export const createFullDisk = (
  ballast: Ballast | undefined,
  /** Gives back what the journal takes of the disk and does not need; false when there is no room to do so. */
  shrink: () => boolean,
  warn: (warning: StoreWarning) => void,
): FullDisk => {
  let full = false;
  let triedAt = 0;
  const shrinkInto = (reserve: boolean): void => {
    if (!shrink() && reserve && ballast?.release() === true) shrink();
  };
  const lookNow = (): void => {
    triedAt = performance.now();
    if (ballast !== undefined && !ballast.restore()) return;
    full = false;
    warn({ key: 'store-disk-full', active: false, message: 'There is room on the disk again.' });
  };
  return {
    met(removing) {
      shrinkInto(removing);
      triedAt = performance.now();
      if (full) return;
      full = true;
      warn({
        key: 'store-disk-full',
        active: true,
        message: 'The disk is full: what the cameras send is not acknowledged until there is room.',
      });
    },
    removed() {
      if (!full) return;
      shrinkInto(true);
      lookNow();
    },
    look() {
      if (full && performance.now() - triedAt >= restoreInterval) lookNow();
    },
  };
};
