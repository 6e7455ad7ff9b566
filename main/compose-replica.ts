import type { Alert } from '../contract/domain.ts';
import { applyTransition } from './alerts/lifecycle.ts';
import type { Log } from './core.ts';
import { changesOf, visibleVehicle } from './live-changes.ts';
import type { Announcer } from './live-changes.ts';
import type { StatusBoard } from './monitoring/status-board.ts';
import { createNotices } from './notices.ts';
import type { JournalEntry } from './passes/events.ts';
import { createFold } from './passes/fold.ts';
import { createIntake } from './passes/intake.ts';
import type { Committed, FoldOutcome, HereOnly, SharedRows, StreamState } from './passes/ports.ts';
import type { LocalStore } from './sqlite/local-store.ts';

export interface ComposedReplica {
  /** What the cameras say; resolves when it is durable. */
  deliver(entries: readonly JournalEntry[]): Promise<void>;
  /** What the shared record says. */
  applyShared(rows: SharedRows): Promise<Committed>;
  /** The shared record has proved that it will not have these: they end here. */
  endHereOnly(proved: readonly HereOnly[]): Promise<Committed>;
  /** Up to where the replica has the stream, judged here or taken from the shared record. */
  lastSeq(streamId: string): number;
  /** The shared record is taken over as far as it goes; true when a first fill ended with that. */
  caughtUp(): boolean;
  /** Tells of those of which nobody was told yet. */
  consider(alerts: readonly Alert[]): void;
  countsChanged(): void;
  /** Judges what the journal holds and the replica has not. */
  recover(): Promise<void>;
  expireSilent(streamIds: readonly string[]): void;
  /** The replica was begun anew: what the fold remembers is not in it. */
  forget(): void;
  settled(): Promise<void>;
}

/** What becomes of camera events and of shared rows here: judged, committed to the replica, announced, told of. */
export function composeReplica(options: {
  readonly store: LocalStore;
  readonly announcer: Announcer;
  readonly board: Pick<StatusBoard, 'setRejected'>;
  readonly log: Log;
  /** The journal has more than the shared record may have. */
  readonly onJudged: () => void;
  /** Entries were put into the audit outbox with what they tell of. */
  readonly onAuditFound: () => void;
}): ComposedReplica {
  const { store, announcer, board, log, onJudged, onAuditFound } = options;
  const unexpected = (message: string) => (error: unknown) => log.error({ error }, message);
  const notices = createNotices(
    store,
    (alerts) => announcer.announceAlerts(alerts),
    unexpected('notification marks failed'),
  );
  const committedSeq = new Map<string, number>();
  const replicaHas = (streams: readonly StreamState[]): void => {
    for (const { streamId, lastSeq } of streams) {
      committedSeq.set(streamId, Math.max(lastSeq, committedSeq.get(streamId) ?? 0));
    }
  };
  const countsChanged = (): void => {
    store
      .alertCounts()
      .then((counts) => announcer.announceCounts(counts), unexpected('counting alerts failed'));
  };
  const rejectionsChanged = (): void => {
    store.countRejected().then((count) => board.setRejected(count), unexpected('counting rejections failed'));
  };

  function onCommitted(committed: Committed, outcome: FoldOutcome | undefined): void {
    announcer.announce(changesOf(committed, outcome));
    if (committed.alerts.length > 0) countsChanged();
    if (!outcome) return;
    notices.consider(committed.alerts);
    replicaHas(outcome.streams);
    if (outcome.rejections.length > 0) rejectionsChanged();
    onJudged();
  }

  function onFault(error: unknown, outcome?: FoldOutcome): void {
    log.error({ error }, 'a batch could not be stored in the replica; it will be tried again');
    // An alert must not wait for the disk: it is told from the judgement alone.
    const alerts = (outcome?.transitions ?? []).map(
      (transition): Alert => applyTransition(undefined, transition).alert,
    );
    announcer.announce(alerts.map((alert) => ({ kind: 'alert', alert })));
    notices.consider(alerts);
  }

  const intake = createIntake({
    journal: store,
    replica: store,
    fold: createFold(store),
    onCommitted,
    onFault,
  });

  /** A first fill brings what others have dealt with, or are dealing with: listed, but no news. */
  let filling = false;

  return {
    deliver: (entries) => intake.deliver(entries),
    async applyShared(rows) {
      const committed = await intake.applyShared(rows);
      replicaHas(rows.streams);
      if (rows.reset) filling = true;
      if (filling) notices.alreadyKnown(committed.alerts);
      else notices.consider(committed.alerts);
      const taken = new Map(committed.passes.map((pass) => [pass.id, pass.revision]));
      const current = new Map(rows.passes.map((pass) => [pass.id, pass.revision]));
      announcer.announce(
        rows.vehicles
          .filter(({ passId }) => taken.has(passId) && taken.get(passId) === current.get(passId))
          .map((vehicle) => ({ kind: 'vehicle', vehicle: visibleVehicle(vehicle) })),
      );
      if (rows.rejected.length > 0) rejectionsChanged();
      return committed;
    },
    async endHereOnly(proved) {
      const committed = await intake.endHereOnly(proved);
      if (committed.alerts.length === 0) return committed;
      log.warn(
        { alerts: committed.alerts },
        'alerts that the shared record judged otherwise have ended here',
      );
      notices.consider(committed.alerts);
      onAuditFound();
      return committed;
    },
    lastSeq: (streamId) => committedSeq.get(streamId) ?? 0,
    caughtUp() {
      const filled = filling;
      filling = false;
      return filled;
    },
    consider: (alerts) => notices.consider(alerts),
    countsChanged,
    async recover() {
      await intake.recover();
      // What of the journal the replica had before gives nothing to commit.
      replicaHas(await store.loadStreams([...(await store.lastSeqs()).keys()]));
      rejectionsChanged();
    },
    expireSilent(streamIds) {
      for (const streamId of streamIds) {
        intake.expireSilent(streamId, Date.now()).catch(unexpected('ending silent passes failed'));
      }
    },
    forget() {
      intake.forget().catch(unexpected('the fold could not start anew'));
    },
    settled: () => intake.settled(),
  };
}
