import type pg from 'pg';
import type { Fold } from '../passes/fold.ts';
import { createFold } from '../passes/fold.ts';
import type { JournalEntry } from '../passes/events.ts';
import type { FoldOutcome, StreamState } from '../passes/ports.ts';
import { backoffMs, pause } from './backoff.ts';
import { describeFailure, failureCode, isPassing, isPoison } from './failure.ts';
import { createRecordReads, jsonRows, streamColumns } from './record-reads.ts';
import { storeOutcome } from './record-store.ts';

export interface DrainOptions {
  readonly client: pg.Client;
  readonly workstation: string;
  readonly signal: AbortSignal;
  /** An entry that PostgreSQL cannot store, or the fold cannot judge, was listed as rejected instead. */
  readonly onSetAside: (entry: JournalEntry, reason: string) => void;
  /** A batch is tried again: deadlock, lock time-out and the like. */
  readonly onRetry: (error: unknown) => void;
}

export interface Drain {
  /** Stores the entries, exactly once whatever was stored before. Rejects when the connection is of no use any more. */
  store(entries: readonly JournalEntry[]): Promise<void>;
  /** Ends passes that have fallen silent on a stream that is caught up (docs/domain.md, contradictions). */
  expireSilent(streamId: string, now: number): Promise<void>;
}

interface LockedStream extends StreamState {
  readonly workstation: string;
  /** The newest maintenance mark, 0 before the first. */
  readonly mark: number;
}

class Unjudgeable extends Error {}

const mostRetries = 6;
const lockText = `select ${streamColumns}, s.workstation,
  coalesce((select max(id) from vicore.maintenance_mark), 0) as mark from vicore.lock_streams($1) s`;

function setAside(entry: JournalEntry, reason: string): JournalEntry {
  const { streamId, receivedAt } = entry;
  const seq = 'seq' in entry ? entry.seq : undefined;
  const text = 'text' in entry ? entry.text : JSON.stringify(entry);
  return {
    kind: 'rejected',
    streamId,
    receivedAt,
    seq,
    reason: `could not be stored: ${reason}`,
    text: text.slice(0, 4096),
  };
}

/** Brings entries through the fold into PostgreSQL: rows and position in one transaction, under the position's lock. */
export function createDrain(options: DrainOptions): Drain {
  const { client, workstation, signal, onSetAside, onRetry } = options;
  const reads = createRecordReads(() => client);
  /** As of the transaction under way: a batch may start many passes. */
  let thresholds: ReturnType<typeof reads.thresholds> | undefined;
  const fold: Fold = createFold({ ...reads, thresholds: () => (thresholds ??= reads.thresholds()) });
  /** Positions as our last commit left them; another one means that somebody else wrote. */
  const known = new Map<string, number>();
  let mark = 0;

  async function lockStreams(streamIds: readonly string[]): Promise<readonly LockedStream[]> {
    const locked = await jsonRows<LockedStream>(client, 'lock-streams', lockText, [streamIds]);
    const foreign = locked.some(
      (stream) => stream.lastSeq !== known.get(stream.streamId) || stream.workstation !== workstation,
    );
    const newest = Math.max(mark, ...locked.map((stream) => stream.mark));
    // Springs were renewed: what the fold remembers of the vehicle's earlier passes is no baseline any more.
    if (foreign || newest !== mark) fold.reset();
    mark = newest;
    for (const stream of locked) known.set(stream.streamId, stream.lastSeq);
    return locked;
  }

  async function transaction(
    streamIds: readonly string[],
    judge: (streams: readonly LockedStream[]) => Promise<FoldOutcome>,
  ): Promise<void> {
    try {
      thresholds = undefined;
      await client.query('begin');
      const outcome = await judge(await lockStreams(streamIds));
      await storeOutcome(client, outcome, workstation);
      await client.query('commit');
      for (const stream of outcome.streams) known.set(stream.streamId, stream.lastSeq);
    } catch (error) {
      // What the fold remembers may be ahead of the record now.
      fold.reset();
      known.clear();
      const alive = await client.query('rollback').then(
        () => true,
        () => false,
      );
      // The connection is sound and the database did not complain: the entry is beyond the fold.
      if (alive && failureCode(error) === undefined) throw new Unjudgeable(describeFailure(error));
      throw error;
    }
  }

  const streamsOf = (entries: readonly JournalEntry[]): string[] => [
    ...new Set(entries.map((entry) => entry.streamId)),
  ];

  async function retried(work: () => Promise<void>): Promise<void> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        await work();
        return;
      } catch (error) {
        if (!isPassing(error) || attempt >= mostRetries) throw error;
        onRetry(error);
        if (!(await pause(backoffMs(attempt, 50, 2_000), signal))) throw error;
      }
    }
  }

  async function store(entries: readonly JournalEntry[]): Promise<void> {
    if (entries.length === 0) return;
    try {
      await retried(() => transaction(streamsOf(entries), () => fold.apply(entries)));
    } catch (error) {
      if (!(error instanceof Unjudgeable) && !isPoison(error)) throw error;
      const [entry] = entries;
      if (entries.length > 1 || !entry) {
        // Halves, in order, until the one that is at fault stands alone.
        const middle = Math.ceil(entries.length / 2);
        await store(entries.slice(0, middle));
        await store(entries.slice(middle));
        return;
      }
      const reason = describeFailure(error);
      onSetAside(entry, reason);
      const replacement = setAside(entry, reason);
      await retried(() => transaction([entry.streamId], () => fold.apply([replacement])));
    }
  }

  return {
    store,
    expireSilent: (streamId, now) =>
      retried(() =>
        transaction([streamId], async (streams) => {
          const outcome = await fold.expireSilent(streamId, now);
          if (outcome.passes.length === 0) return outcome;
          // The position names who wrote last, so that another writer reads the passes anew.
          const own = streams.map((stream) => ({ ...stream, updatedAt: now }));
          return { ...outcome, streams: own };
        }),
      ),
  };
}
