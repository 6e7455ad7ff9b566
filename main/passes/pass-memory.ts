import type { FoldReads } from './ports.ts';
import { restorePass } from './restore-pass.ts';
import { isEnded } from './working-pass.ts';
import type { WorkingPass } from './working-pass.ts';

/** Ended passes kept in memory for late messages; others are read again when something of them comes. */
const endedKept = 24;

export interface PassMemory {
  /** Reads what is on record of these passes, and of all open ones of these streams. */
  load(passIds: Iterable<string>, streamIds: Iterable<string>): Promise<void>;
  /** Undefined: unknown. Only of passes that were loaded. */
  get(passId: string): WorkingPass | undefined;
  add(pass: WorkingPass): void;
  openOf(streamId: string): Iterable<WorkingPass>;
  /** Lets go of the ended passes that were used longest ago. Only between batches. */
  trim(): void;
  reset(): void;
}

export function createPassMemory(reads: FoldReads): PassMemory {
  /** In order of use, longest ago first. */
  const passes = new Map<string, WorkingPass>();
  const openByStream = new Map<string, Set<WorkingPass>>();

  function keep(pass: WorkingPass): void {
    const { id, streamId } = pass.row;
    passes.delete(id);
    passes.set(id, pass);
    if (!isEnded(pass)) openByStream.get(streamId)?.add(pass);
  }

  return {
    async load(passIds, streamIds) {
      const wanted = new Set<string>();
      for (const streamId of streamIds) {
        if (openByStream.has(streamId)) continue;
        openByStream.set(streamId, new Set());
        for (const passId of await reads.openPasses(streamId)) wanted.add(passId);
      }
      for (const passId of passIds) wanted.add(passId);
      const missing = [...wanted].filter((passId) => !passes.has(passId));
      if (missing.length === 0) return;
      const bundles = await reads.loadPasses(missing);
      if (bundles.length === 0) return;
      const sets = await reads.thresholds();
      for (const bundle of bundles) keep(restorePass(bundle, sets));
    },

    get(passId) {
      const pass = passes.get(passId);
      if (pass) keep(pass);
      return pass;
    },

    add: keep,

    *openOf(streamId) {
      const open = openByStream.get(streamId) ?? new Set();
      for (const pass of open) {
        if (isEnded(pass)) open.delete(pass);
        else yield pass;
      }
    },

    trim() {
      let ended = 0;
      for (const pass of passes.values()) if (isEnded(pass)) ended += 1;
      for (const [id, pass] of passes) {
        if (ended <= endedKept) return;
        if (!isEnded(pass)) continue;
        passes.delete(id);
        ended -= 1;
      }
    },

    reset() {
      passes.clear();
      openByStream.clear();
    },
  };
}
