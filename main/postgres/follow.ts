import type { JournalEntry } from '../passes/events.ts';
import type { Journal } from '../passes/ports.ts';
import type { Queryable } from './queryable.ts';
import { storableJson } from './text.ts';

export interface FollowOptions {
  readonly journal: Pick<Journal, 'read' | 'removeThrough'>;
  readonly workstation: string;
  readonly replicaSeq?: ((streamId: string) => number) | undefined;
}

const pageSize = 1_000;

type LinkEntry = Extract<JournalEntry, { kind: 'link' }>;

/**
 * What a workstation that does not write does with its journal: entries that the writer has stored, by the streams'
 * positions, are removed up to the first that it has not. Changes of our own links are stored first: nobody else
 * knows them. Gives the first entry that the shared record does not have.
 */
export async function followWriter(
  database: Queryable,
  positions: ReadonlyMap<string, number>,
  { journal, workstation, replicaSeq }: FollowOptions,
): Promise<JournalEntry | undefined> {
  const isStored = (entry: JournalEntry): boolean | undefined => {
    const seq = 'seq' in entry ? entry.seq : undefined;
    if (seq === undefined) return undefined;
    const { streamId } = entry;
    return seq <= (positions.get(streamId) ?? 0) && seq <= (replicaSeq?.(streamId) ?? Infinity);
  };
  for (;;) {
    const rows = await journal.read(0, pageSize);
    const end = rows.findIndex(({ entry }) => isStored(entry) === false);
    const candidates = end < 0 ? rows : rows.slice(0, end);
    // Entries without a seq go with the next one that has one.
    const last = candidates.findLastIndex(({ entry }) => isStored(entry) === true);
    const removable = candidates.slice(0, last + 1);
    const through = removable.at(-1);
    const waiting = rows.find(
      ({ entry }) => 'seq' in entry && (entry.seq ?? 0) > (positions.get(entry.streamId) ?? 0),
    )?.entry;
    if (!through) return waiting;
    const links = removable.flatMap(({ entry }): LinkEntry[] => (entry.kind === 'link' ? [entry] : []));
    if (links.length > 0) {
      await database.query({
        text: 'select vicore.store_links($1, $2)',
        values: [workstation, storableJson(links)],
      });
    }
    await journal.removeThrough(through.position);
    if (removable.length < pageSize) return waiting;
  }
}
