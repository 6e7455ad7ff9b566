import type { Ballast } from './ballast.ts';
import type { StoreWarning } from './protocol.ts';

export interface FullDisk {
  /** An operation found no room. Removing needs room too: for it the ballast is given up. */
  met(removing: boolean): void;
  /** An operation had room: takes the ballast again and, once that fits, takes the warning back. */
  worked(): void;
}

/** Not more often than this is the ballast tried again, ms. */
const restoreInterval = 2_000;

export const createFullDisk = (
  ballast: Ballast | undefined,
  /** Gives the journal's log back to the disk. */
  shrink: () => void,
  warn: (warning: StoreWarning) => void,
): FullDisk => {
  let full = false;
  let triedAt = 0;
  return {
    met(removing) {
      if (removing && ballast?.release() === true) shrink();
      triedAt = performance.now();
      if (full) return;
      full = true;
      warn({
        key: 'store-disk-full',
        active: true,
        message: 'The disk is full: what the cameras send is not acknowledged until there is room.',
      });
    },
    worked() {
      if (!full || performance.now() - triedAt < restoreInterval) return;
      triedAt = performance.now();
      if (ballast !== undefined && !ballast.restore()) return;
      full = false;
      warn({ key: 'store-disk-full', active: false, message: 'There is room on the disk again.' });
    },
  };
};
