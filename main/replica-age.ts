import type { KeyValueStore } from './core.ts';

const key = 'shared.as-of';

/** When the replica last was known to hold everything the shared record has; outlives a restart. */
export interface ReplicaAge {
  /** ms since the epoch; undefined: it never did. */
  current(): number | undefined;
  learn(asOf: number | undefined): void;
  /** Writes it down when it changed, so that a start without the database can tell it. */
  write(): Promise<void>;
}

/** A replica without a cursor (new, or rebuilt) has no age. */
export async function readReplicaAge(store: KeyValueStore, hasCursor: boolean): Promise<ReplicaAge> {
  const kept = hasCursor ? await store.get(key) : undefined;
  let asOf = kept === undefined ? undefined : Number(kept);
  let written = asOf;
  return {
    current: () => asOf,
    learn(at) {
      asOf = at ?? asOf;
    },
    async write() {
      if (asOf === written) return;
      written = asOf;
      await store.set(key, String(asOf));
    },
  };
}
