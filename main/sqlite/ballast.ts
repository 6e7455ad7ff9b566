import { closeSync, existsSync, fsyncSync, openSync, rmSync, statSync, writeSync } from 'node:fs';

/**
 * Room on the disk that is given up when the disk is full: without it SQLite could not even delete or
 * checkpoint, and would stay full for ever.
 */
export interface Ballast {
  /** Gives the room back to the disk; false when it had been given already. */
  release(): boolean;
  /** Takes the room again once there is some; false while there is not. */
  restore(): boolean;
}

export const createBallast = (file: string, bytes: number): Ballast => {
  const whole = (): boolean => existsSync(file) && statSync(file).size >= bytes;
  return {
    release() {
      if (!existsSync(file)) return false;
      rmSync(file, { force: true });
      return true;
    },
    restore() {
      if (whole()) return true;
      try {
        const descriptor = openSync(file, 'w');
        try {
          // Written, not just sized: a sparse file would hold no room at all.
          const block = Buffer.alloc(Math.min(bytes, 1 << 20), 0x56);
          for (let written = 0; written < bytes; written += block.length) {
            writeSync(descriptor, block, 0, Math.min(block.length, bytes - written));
          }
          fsyncSync(descriptor);
        } finally {
          closeSync(descriptor);
        }
        return true;
      } catch {
        // No room yet is an answer, not a fault: the caller tries again later.
        rmSync(file, { force: true });
        return false;
      }
    },
  };
};
