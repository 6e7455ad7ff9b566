import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Cleaned up in the opposite order in which it was made. */
export interface Scratch {
  /** A directory of its own. */
  directory(): Promise<string>;
  atEnd(task: () => Promise<unknown>): void;
}

/** Runs a measurement and removes what it made, whatever happens. */
export async function withScratch<T>(task: (scratch: Scratch) => Promise<T>): Promise<T> {
  // Kept for looking into a failure.
  const kept = process.env['VICORE_BENCH_KEEP'] !== undefined;
  const endings: (() => Promise<unknown>)[] = [];
  const scratch: Scratch = {
    async directory() {
      const made = await mkdtemp(path.join(tmpdir(), 'vicore-bench-'));
      if (!kept) endings.push(() => rm(made, { recursive: true, force: true }));
      return made;
    },
    atEnd: (ending) => void endings.push(ending),
  };
  try {
    return await task(scratch);
  } finally {
    for (const ending of endings.toReversed()) await ending();
  }
}
