import type { Journal } from '../passes/ports.ts';

type JournalRow = Awaited<ReturnType<Journal['read']>>[number];

/** What of the journal the shared record has, and from where on it still has to be kept for the replica. */
export interface StoredTrail {
  stored(rows: readonly JournalRow[]): void;
  /** Removes from the journal what shared record and replica both have. */
  remove(): Promise<void>;
}

interface Step {
  readonly position: number;
  readonly seqs: ReadonlyMap<string, number>;
}

function highestSeqs(rows: readonly JournalRow[]): ReadonlyMap<string, number> {
  const seqs = new Map<string, number>();
  for (const { entry } of rows) {
    const seq = 'seq' in entry ? entry.seq : undefined;
    if (seq !== undefined) seqs.set(entry.streamId, Math.max(seq, seqs.get(entry.streamId) ?? 0));
  }
  return seqs;
}

export function createStoredTrail(
  journal: Pick<Journal, 'removeThrough'>,
  replicaSeq: ((streamId: string) => number) | undefined,
): StoredTrail {
  const steps: Step[] = [];
  const replicaHas = (step: Step): boolean =>
    replicaSeq === undefined || [...step.seqs].every(([streamId, seq]) => seq <= replicaSeq(streamId));
  return {
    stored(rows) {
      const last = rows.at(-1);
      if (last) steps.push({ position: last.position, seqs: highestSeqs(rows) });
    },
    async remove() {
      let position: number | undefined;
      for (let step = steps[0]; step && replicaHas(step); step = steps[0]) {
        position = step.position;
        steps.shift();
      }
      if (position !== undefined) await journal.removeThrough(position);
    },
  };
}
