import type { JournalEntry } from '../passes/events.ts';
import type { Journal } from '../passes/ports.ts';
import { backoffMs, pause } from './backoff.ts';
import { type ConnectionSettings, openConnection, type OpenConnection, usualTimeouts } from './connection.ts';
import { createDrain, type Drain } from './drain.ts';
import { isComplaint } from './failure.ts';
import { createStoredTrail, type StoredTrail } from './stored-trail.ts';
import { writerConnectionName, writerLock } from './writer-lock.ts';

export interface WriterOptions {
  readonly settings: ConnectionSettings;
  readonly workstation: string;
  readonly journal: Pick<Journal, 'read' | 'removeThrough'>;
  /** Last `seq` of a stream that the replica has; absent where there is no replica. */
  readonly replicaSeq?: ((streamId: string) => number) | undefined;
  /** Streams whose links are live and have delivered everything. */
  readonly caughtUpStreams: () => readonly string[];
  /** When a critical alert that nobody acknowledges escalates; absent: as the shared setting says. */
  readonly escalateAfterSeconds?: (() => number) | undefined;
  readonly onEvent: (event: WriterEvent) => void;
}

export type WriterEvent =
  | { readonly kind: 'elected' | 'resigned'; readonly reason: string }
  | { readonly kind: 'stored'; readonly entries: number; readonly milliseconds: number }
  | { readonly kind: 'set-aside'; readonly entry: JournalEntry; readonly reason: string }
  | { readonly kind: 'retry'; readonly error: unknown }
  | { readonly kind: 'without-partition'; readonly rows: number };

export interface Writer {
  /** Nobody holds the lock: try to take it; sooner when there is something to write. */
  stand(hasEntries: boolean): void;
  /** Somebody else has entries that are not stored: if we have none, let them write. */
  giveWay(): void;
  /** The journal has grown. */
  wake(): void;
  isWriting(): boolean;
  stop(): Promise<void>;
}

/** Entries in one transaction: halved when one does not come through a thin link, doubled when it does. */
const fewestEntries = 20;
const mostEntries = 2_000;
/**
 * A batch is hundreds of kilobytes: over a thin line it is long on its way, and all of that counts, here and in the
 * database. That either has vanished is noticed by the lock's beats and by TCP, not by these.
 */
const batchTimeouts = { queryMs: 120_000, idleMs: 60_000 };
/** A batch that took longer is large enough. */
const growsWithinMs = 10_000;
const idleMs = 1_000;
const expiryMs = 10_000;
const lockBeatMs = 2_000;
const floodBeatMs = 100;
/** What `alert_tick` does of each at once. */
const mostAtOnce = 200;
const stopPatienceMs = 3_000;
const maintenanceMs = 3_600_000;
/** Candidates spread out, so that a hundred workstations do not all connect at once. */
const standingSpreadMs = 400;
/** Workstations that have nothing to write leave the others the first try. */
const emptyHandedMs = 1_000;
/** So long without anything to store, a writer gives way to one that has. */
const givesWayAfterMs = 2_000;

/**
 * The elected writer: holds a session's advisory lock on a connection of its own, which PostgreSQL releases when
 * that connection ends, and brings the journal into the shared record on another. Two at once do no harm: the
 * position's lock and the fold's idempotence see to that (docs/decisions/0002-one-elected-writer.md).
 */
export function createWriter(options: WriterOptions): Writer {
  const { settings, workstation, journal, replicaSeq, caughtUpStreams, onEvent } = options;
  const ending = new AbortController();
  let term: Promise<void> | undefined;
  let writing = false;
  let batch = 500;
  let woken = new AbortController();
  let held: OpenConnection | undefined;
  let lastStored = 0;

  /** Escalations and ends of shelves: here, so that no backlog of the stream delays them. True: there may be more. */
  async function tick(lock: OpenConnection): Promise<boolean> {
    try {
      const { rows } = await lock.client.query<{ readonly more: boolean }>({
        name: 'alert-tick',
        text: `select greatest(escalated, ended) >= ${mostAtOnce} as more from vicore.alert_tick($1, $2)`,
        values: [options.escalateAfterSeconds?.() ?? null, workstation],
      });
      return rows[0]?.more === true;
    } catch (error) {
      // The lock stays ours; the next beat tries again.
      if (!isComplaint(error)) throw error;
      onEvent({ kind: 'retry', error });
      return false;
    }
  }

  async function hold(lock: OpenConnection, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const more = await tick(lock);
      // In a flood: people's acts come in between.
      await pause(more ? floodBeatMs : lockBeatMs, signal);
    }
  }

  async function maintain(work: OpenConnection): Promise<void> {
    try {
      const { rows } = await work.client.query<{ rows: number }>('select vicore.maintain()::float8 as rows');
      const left = rows[0]?.rows ?? 0;
      if (left > 0) onEvent({ kind: 'without-partition', rows: left });
    } catch (error) {
      // Rows go to the default partition meanwhile; the next hour tries again.
      onEvent({ kind: 'retry', error });
    }
  }

  async function idle(drain: Drain, trail: StoredTrail, signal: AbortSignal, expire: boolean): Promise<void> {
    if (expire) {
      for (const streamId of caughtUpStreams()) await drain.expireSilent(streamId, Date.now());
    }
    await trail.remove();
    if (woken.signal.aborted) woken = new AbortController();
    else await pause(idleMs, AbortSignal.any([signal, woken.signal]));
  }

  async function write(work: OpenConnection, signal: AbortSignal): Promise<void> {
    const drain = createDrain({
      client: work.client,
      workstation,
      signal,
      onSetAside: (entry, reason) => onEvent({ kind: 'set-aside', entry, reason }),
      onRetry: (error) => onEvent({ kind: 'retry', error }),
    });
    const trail = createStoredTrail(journal, replicaSeq);
    let after = 0;
    let lastExpiry = performance.now();
    let lastMaintenance = -Infinity;
    let reading = journal.read(after, batch);
    while (!signal.aborted) {
      const rows = await reading;
      const last = rows.at(-1);
      if (!last) {
        if (performance.now() - lastMaintenance > maintenanceMs) {
          lastMaintenance = performance.now();
          await maintain(work);
        }
        const expire = performance.now() - lastExpiry > expiryMs;
        if (expire) lastExpiry = performance.now();
        await idle(drain, trail, signal, expire);
        reading = journal.read(after, batch);
        continue;
      }
      after = last.position;
      // The next entries are read while these are stored.
      reading = journal.read(after, batch);
      reading.catch(() => undefined);
      const started = performance.now();
      // In the middle of a batch nobody gives way.
      lastStored = Infinity;
      await drain.store(rows.map((row) => row.entry));
      if (performance.now() - started < growsWithinMs) batch = Math.min(mostEntries, batch * 2);
      lastStored = performance.now();
      onEvent({ kind: 'stored', entries: rows.length, milliseconds: performance.now() - started });
      trail.stored(rows);
      await trail.remove();
    }
  }

  /** Asked to stop: the batch under way may end, but a database that hangs does not hold us. */
  async function outOfPatience(): Promise<Error> {
    await new Promise<void>((resolve) => {
      if (ending.signal.aborted) resolve();
      else ending.signal.addEventListener('abort', () => resolve(), { once: true });
    });
    await pause(stopPatienceMs, new AbortController().signal);
    return new Error('stopped in the middle of a batch');
  }

  async function serve(lock: OpenConnection): Promise<string> {
    const over = new AbortController();
    const signal = AbortSignal.any([over.signal, ending.signal]);
    const name = `vicore drain ${workstation}`;
    const work = await openConnection(settings, name, { ...usualTimeouts, ...batchTimeouts }, signal);
    try {
      // After a failover the lock may be on one server and the work on another.
      if (work.host !== lock.host) return 'the lock is held on another host';
      writing = true;
      held = lock;
      lastStored = performance.now();
      onEvent({ kind: 'elected', reason: lock.host });
      const lost = Promise.race([lock.lost, work.lost]).then((error) => {
        over.abort();
        work.destroy(error);
        return error;
      });
      const holding = hold(lock, signal).catch((error: unknown) => {
        lock.destroy(error instanceof Error ? error : new Error(String(error)));
      });
      const done = write(work, signal).then(
        () => new Error('stopped'),
        (error: unknown) => {
          batch = Math.max(fewestEntries, Math.floor(batch / 2));
          return error instanceof Error ? error : new Error(String(error));
        },
      );
      const reason = await Promise.race([lost, done, outOfPatience()]);
      over.abort();
      work.destroy();
      await Promise.all([done, holding]);
      return reason.message;
    } finally {
      writing = false;
      held = undefined;
      over.abort();
      work.destroy();
    }
  }

  async function candidate(hasEntries: boolean): Promise<void> {
    const wait = Math.random() * standingSpreadMs + (hasEntries ? 0 : emptyHandedMs);
    if (!(await pause(wait, ending.signal))) return;
    let lock: OpenConnection | undefined;
    try {
      lock = await openConnection(settings, writerConnectionName(workstation), usualTimeouts, ending.signal);
      const { rows } = await lock.client.query<{ held: boolean }>(
        `select pg_try_advisory_lock(${writerLock.space}, ${writerLock.key}) as held`,
      );
      if (rows[0]?.held !== true) return;
      onEvent({ kind: 'resigned', reason: await serve(lock) });
    } catch (error) {
      onEvent({ kind: 'retry', error });
    } finally {
      lock?.destroy();
    }
    // Whoever just failed leaves the others the first try.
    await pause(backoffMs(2, 250, 2_000), ending.signal);
  }

  return {
    stand(hasEntries) {
      if (ending.signal.aborted) return;
      term ??= candidate(hasEntries).finally(() => {
        term = undefined;
      });
    },
    giveWay() {
      if (performance.now() - lastStored > givesWayAfterMs) held?.destroy(new Error('gave way'));
    },
    wake: () => woken.abort(),
    isWriting: () => writing,
    async stop() {
      ending.abort();
      await term;
    },
  };
}
