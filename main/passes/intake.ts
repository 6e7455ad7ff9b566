import { setTimeout as delay } from 'node:timers/promises';
import type { JournalEntry } from './events.ts';
import type { Fold } from './fold.ts';
import type {
  Committed,
  FoldOutcome,
  HereOnly,
  Journal,
  ReplicaFeed,
  ReplicaStore,
  SharedRows,
} from './ports.ts';

export interface IntakeOptions {
  readonly journal: Pick<Journal, 'append' | 'read'>;
  readonly replica: ReplicaStore & Pick<ReplicaFeed, 'applyShared' | 'endHereOnly'>;
  readonly fold: Fold;
  /** Called after each commit, in order, with what the windows and the notifications must learn. */
  readonly onCommitted: (committed: Committed, outcome: FoldOutcome | undefined) => void;
  /**
   * A batch could not be judged (no outcome) or not be stored (its outcome is given, so that its alerts are told
   * all the same). The journal still has it and it is tried again.
   */
  readonly onFault: (error: unknown, outcome?: FoldOutcome) => void;
}

export interface Intake {
  /** Resolves when the entries are durable; waits longer while judging is far behind (back-pressure). */
  deliver(entries: readonly JournalEntry[]): Promise<void>;
  /** Judges what the journal holds from before a restart. Call once, before the links start. */
  recover(): Promise<void>;
  /** Rows from the shared record, in turn with our own batches. */
  applyShared(rows: SharedRows): Promise<Committed>;
  /** Alerts that the shared record will not have, in turn with our own batches. */
  endHereOnly(proved: readonly HereOnly[]): Promise<Committed>;
  /** Ends passes of a link that is caught up and has been silent for them (docs/domain.md, time-outs). */
  expireSilent(streamId: string, now: number): Promise<void>;
  /** The replica was replaced: what the fold remembers of it counts no more. */
  forget(): Promise<void>;
  /** Resolves when everything delivered so far is judged. */
  settled(): Promise<void>;
}

/** Entries judged and committed together: large enough to share a commit, small enough to stay under a frame. */
const batchSize = 48;
/** Entries waiting to be judged before `deliver` makes the camera client wait. */
const backlogLimit = 2_000;
const recoveryBatch = 500;
const retryLimitMs = 5_000;

function setAside(entry: JournalEntry, error: unknown): JournalEntry {
  const reason = `could not be judged: ${error instanceof Error ? error.message : String(error)}`;
  const { streamId, receivedAt } = entry;
  return {
    kind: 'rejected',
    streamId,
    receivedAt,
    seq: 'seq' in entry ? entry.seq : undefined,
    reason,
    text: 'text' in entry ? entry.text : JSON.stringify(entry).slice(0, 4096),
  };
}

/**
 * A measurement's way from the wire to the eye at this workstation: journal first, then judged against the
 * replica, then told. One batch at a time, so that the fold and the rows of the feed never interleave.
 */
export function createIntake(options: IntakeOptions): Intake {
  const { journal, replica, fold, onCommitted, onFault } = options;
  const backlog: JournalEntry[] = [];
  let lane: Promise<unknown> = Promise.resolve();
  let draining: Promise<void> | undefined;
  /** The replica refuses at the moment. */
  let failing = false;
  /** Calls that wait for room in the backlog. */
  let waiting: (() => void)[] = [];
  /** Entries are in the journal alone, because the backlog was full while the replica refused. */
  let skipped = false;

  function inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = lane.then(task);
    lane = turn.catch(() => undefined);
    return turn;
  }

  function wake(): void {
    const woken = waiting;
    waiting = [];
    for (const resolve of woken) resolve();
  }

  async function commit(outcome: FoldOutcome): Promise<void> {
    onCommitted(await replica.commit(outcome), outcome);
  }

  /** The outcome of the entries; one that cannot be judged at all is set aside as rejected, the others count. */
  async function judgeEach(entries: readonly JournalEntry[]): Promise<void> {
    for (const entry of entries) {
      try {
        await commit(await fold.apply([entry]));
      } catch (error) {
        fold.reset();
        onFault(error);
        await commit(await fold.apply([setAside(entry, error)]));
      }
    }
  }

  async function judge(entries: readonly JournalEntry[]): Promise<void> {
    for (let attempt = 0; ; attempt += 1) {
      let outcome: FoldOutcome | undefined;
      try {
        outcome = await fold.apply(entries);
        await commit(outcome);
        failing = false;
        return;
      } catch (error) {
        // What the fold remembers may be ahead of the replica now; it reads the replica again.
        fold.reset();
        onFault(error, outcome);
        if (!outcome) return judgeEach(entries);
        failing = true;
        wake();
        await delay(Math.min(retryLimitMs, 100 * 2 ** attempt));
      }
    }
  }

  async function drain(): Promise<void> {
    while (backlog.length > 0 || skipped) {
      await inTurn(() => judge(backlog.splice(0, batchSize)));
      wake();
      if (skipped && backlog.length === 0) {
        skipped = false;
        await recover();
      }
    }
    draining = undefined;
  }

  async function recover(): Promise<void> {
    let after = 0;
    for (;;) {
      const rows = await journal.read(after, recoveryBatch);
      const last = rows.at(-1);
      if (!last) return;
      await inTurn(() => judge(rows.map((row) => row.entry)));
      after = last.position;
    }
  }

  return {
    async deliver(entries) {
      await journal.append(entries);
      if (backlog.length > backlogLimit && failing) {
        skipped = true;
        return;
      }
      for (const entry of entries) backlog.push(entry);
      draining ??= drain();
      // While the replica refuses, the journal goes on taking what comes.
      while (backlog.length > backlogLimit && !failing) {
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },

    recover,

    applyShared(rows) {
      return inTurn(async () => {
        const committed = await replica.applyShared(rows);
        const renewed = (rows.maintenance?.length ?? 0) > 0;
        // A baseline that the fold remembers is none any more when springs were renewed.
        const changed = committed.passes.length > 0 || committed.alerts.length > 0;
        if (changed || renewed) fold.reset();
        if (changed) onCommitted(committed, undefined);
        return committed;
      });
    },

    endHereOnly(proved) {
      return inTurn(async () => {
        const committed = await replica.endHereOnly(proved);
        if (committed.alerts.length === 0) return committed;
        fold.reset();
        onCommitted(committed, undefined);
        return committed;
      });
    },

    expireSilent(streamId, now) {
      return inTurn(async () => {
        const outcome = await fold.expireSilent(streamId, now);
        if (outcome.passes.length > 0) await commit(outcome);
      });
    },

    forget: () =>
      inTurn(() => {
        fold.reset();
        return Promise.resolve();
      }),

    async settled() {
      while (draining) await draining;
      await lane;
    },
  };
}
