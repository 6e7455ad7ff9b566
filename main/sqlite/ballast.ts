import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';

/**
 * Room on the disk that is given up when the disk is full: without it SQLite could not even delete or
 * checkpoint, and would stay full for ever.
 */
export interface Ballast {
  /** Gives the room back to the disk; false when it had been given already. */
  release(): boolean;
  /** Takes the room, if it has not yet, when there is as much and some to spare; false while there is not. */
  restore(): boolean;
}

/** So much more must fit beside it: a reserve that takes the last room is what makes the disk full. */
const margin = 1 / 8;

export const createBallast = (file: string, bytes: number): Ballast => {
  const present = (): number => (existsSync(file) ? Math.min(bytes, statSync(file).size) : 0);
  return {
    release() {
      if (!existsSync(file)) return false;
      rmSync(file, { force: true });
      return true;
    },
    restore() {
      const before = present();
      const wanted = bytes + Math.ceil(bytes * margin);
      let fits = false;
      try {
        const descriptor = openSync(file, 'a');
        try {
          // Written, not just sized: a sparse file would hold no room at all.
          const block = Buffer.alloc(Math.min(wanted, 1 << 20), 0x56);
          for (let written = before; written < wanted;) {
            written += writeSync(descriptor, block, 0, Math.min(block.length, wanted - written));
          }
          fsyncSync(descriptor);
          fits = true;
        } finally {
          ftruncateSync(descriptor, fits || before === bytes ? bytes : 0);
          closeSync(descriptor);
        }
      } catch {
        // No room yet is an answer, not a fault: the caller tries again later.
        if (before < bytes) rmSync(file, { force: true });
      }
      return fits;
    },
  };
};
