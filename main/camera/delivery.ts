import { setTimeout as delay } from 'node:timers/promises';
import type { JournalEntry } from '../passes/events.ts';

const batchEntries = 500;
const roomEntries = 1_500;
const roomBytes = 8 * 1024 * 1024;
const retry = { least: 100, most: 5_000 };

export interface DeliveryOptions {
  /** Resolves when the entries are durable. */
  readonly deliver: (entries: readonly JournalEntry[]) => Promise<void>;
  readonly onDurable: (entries: readonly JournalEntry[]) => void;
  /** The entries could not be stored; they are kept and tried again. Undefined: stored after all. */
  readonly onFault: (reason: string | undefined) => void;
}

export interface Delivery {
  push(entries: readonly JournalEntry[]): void;
  /** Entries not durable yet. */
  readonly backlog: number;
  /** A promise when there is too much waiting to take more now; it resolves when there is room. */
  room(): Promise<void> | undefined;
  /** Resolves when everything pushed so far is durable, or delivery has stopped. */
  settled(): Promise<void>;
  /** Gives up retrying; what is not durable was not acknowledged and comes again. */
  stop(): void;
}

const costOf = (entry: JournalEntry): number => ('text' in entry ? entry.text.length : 64);

/** Hands entries on in order and in batches, one batch at a time, and never lets go of one before it is durable. */
export function createDelivery(options: DeliveryOptions): Delivery {
  let queue: JournalEntry[] = [];
  let underWay = 0;
  let bytes = 0;
  let running: Promise<void> | undefined;
  let waiting: (() => void)[] = [];
  const stopping = new AbortController();

  const full = (): boolean => queue.length + underWay > roomEntries || bytes > roomBytes;

  async function store(batch: readonly JournalEntry[]): Promise<boolean> {
    for (let attempt = 0; !stopping.signal.aborted; attempt += 1) {
      try {
        await options.deliver(batch);
        if (attempt > 0) options.onFault(undefined);
        return true;
      } catch (error) {
        options.onFault(error instanceof Error ? error.message : String(error));
      }
      // An abort ends the wait early; the loop's condition then ends the attempts.
      await delay(Math.min(retry.most, retry.least * 2 ** attempt), undefined, {
        signal: stopping.signal,
      }).catch(() => undefined);
    }
    return false;
  }

  async function run(): Promise<void> {
    while (queue.length > 0 && !stopping.signal.aborted) {
      const batch = queue.slice(0, batchEntries);
      queue = queue.slice(batchEntries);
      underWay = batch.length;
      const stored = await store(batch);
      underWay = 0;
      for (const entry of batch) bytes -= costOf(entry);
      if (stored) options.onDurable(batch);
      if (!full()) release();
    }
    running = undefined;
    release();
  }

  function release(): void {
    const released = waiting;
    waiting = [];
    for (const resolve of released) resolve();
  }

  return {
    push(entries) {
      if (entries.length === 0 || stopping.signal.aborted) return;
      for (const entry of entries) {
        queue.push(entry);
        bytes += costOf(entry);
      }
      running ??= run();
    },
    get backlog() {
      return queue.length + underWay;
    },
    room() {
      return full() && !stopping.signal.aborted ? new Promise((resolve) => waiting.push(resolve)) : undefined;
    },
    async settled() {
      while (running) await running;
    },
    stop() {
      stopping.abort();
    },
  };
}
