import type { Alert } from '../../contract/domain.ts';
import { createFold } from '../../main/passes/fold.ts';
import type { Fold } from '../../main/passes/fold.ts';
import type { JournalEntry } from '../../main/passes/events.ts';
import type { AlertTransition } from '../../main/passes/ports.ts';
import { createMemoryStore } from './memory-store.ts';
import type { MemoryStore } from './memory-store.ts';

export interface Folded {
  readonly store: MemoryStore;
  readonly fold: Fold;
  readonly transitions: readonly AlertTransition[];
  /** `index position rule severity state`, sorted. */
  readonly alerts: () => readonly string[];
  readonly rejectedSeqs: () => readonly (number | undefined)[];
  readonly expire: (streamId: string, now: number) => Promise<void>;
}

const describeAlert = ({ vehicleIndex, position, rule, severity, state }: Alert): string =>
  [vehicleIndex ?? '-', position ?? '-', rule, severity, state].join(' ');

/** Applies entries to a fold on a store in memory, in batches of `size`. */
export async function folded(
  entries: readonly JournalEntry[],
  { size = 1, store = createMemoryStore() }: { readonly size?: number; readonly store?: MemoryStore } = {},
): Promise<Folded> {
  const fold = createFold(store);
  const transitions: AlertTransition[] = [];
  for (let at = 0; at < entries.length; at += size) {
    const outcome = await fold.apply(entries.slice(at, at + size));
    transitions.push(...outcome.transitions);
    await store.commit(outcome);
  }
  return {
    store,
    fold,
    transitions,
    alerts: () => [...store.alerts.values()].map(describeAlert).toSorted(),
    rejectedSeqs: () => store.rejections.map((rejection) => rejection.seq),
    expire: async (streamId, now) => {
      await store.commit(await fold.expireSilent(streamId, now));
    },
  };
}
