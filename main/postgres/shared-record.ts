import type { DatabaseHealth } from '../../contract/domain.ts';
import type { SharedAlertActs } from '../alerts/ports.ts';
import type { Journal, SharedPassActs } from '../passes/ports.ts';
import { createActs } from './acts.ts';
import type { ConnectionSettings } from './connection.ts';
import { describeFailure } from './failure.ts';
import { createFeed, type FeedReplica } from './feed.ts';
import { followWriter } from './follow.ts';
import { createLink, type LinkState } from './link.ts';
import { jsonRows } from './record-reads.ts';
import { electionChannel } from './writer-lock.ts';
import { createRefusalAudit } from './refusals.ts';
import type { Refusal } from '../audit/refusal.ts';
import { createWriter, type WriterEvent } from './writer.ts';

export interface SharedRecordLog {
  debug(fields: Readonly<Record<string, unknown>>, message: string): void;
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

export interface SharedRecordOptions {
  readonly connection: ConnectionSettings;
  readonly workstation: string;
  /** Of this program, for the list of workstations. */
  readonly version?: string | undefined;
  readonly journal: Pick<Journal, 'read' | 'removeThrough' | 'count'>;
  /** Absent: a core without windows. */
  readonly replica?: FeedReplica | undefined;
  /** Last `seq` of a stream that the replica has: until then its journal entries are kept. */
  readonly replicaSeq?: ((streamId: string) => number) | undefined;
  /** Streams whose links are live and have delivered everything. */
  readonly caughtUpStreams: () => readonly string[];
  readonly log: SharedRecordLog;
  readonly onHealth: (health: DatabaseHealth) => void;
  /** After each time that the replica caught up with the shared record. */
  readonly onCaughtUp?: (() => void) | undefined;
}

/** PostgreSQL as one workstation sees it: the change feed, the acts, and the writer when it is elected. */
export interface SharedRecord {
  readonly alerts: SharedAlertActs;
  readonly passes: SharedPassActs;
  start(): void;
  /** Ends within a few seconds whatever the database does. */
  stop(): Promise<void>;
  /** The journal has grown. */
  wake(): void;
  /** Writes a refused call to the audit log, at once or when the database is back. */
  auditRefusal(refusal: Refusal): void;
  /** Brings these alerts to the replica as they are in the shared record. */
  reread(alertIds: readonly string[]): void;
  /** The replica lost what it had. */
  refillReplica(): void;
  schemaVersion(): number | undefined;
  /** Last `seq` stored of each stream; undefined while the database is away. */
  streamPositions(): Promise<ReadonlyMap<string, number> | undefined>;
  /** Waits until the journal is empty, everything being stored; false when that took too long. */
  drained(milliseconds: number): Promise<boolean>;
}

const followMs = 3_000;
/** An entry that the writer has not stored for so long is overdue. */
const overdueMs = 3_000;
const requestText = `notify ${electionChannel}`;
const drainedPollMs = 50;

export function createSharedRecord(options: SharedRecordOptions): SharedRecord {
  const {
    connection: settings,
    workstation,
    journal,
    replica,
    replicaSeq,
    log,
    onHealth,
    onCaughtUp,
  } = options;
  let asOf: number | undefined;
  let filling: string | undefined;
  let told = '';
  let registeredOn: unknown;
  let lastFollow = -Infinity;
  let following: Promise<void> | undefined;

  function tellHealth(): void {
    const link = currentLink.state();
    const beat = 'beat' in link ? link.beat : undefined;
    const health: DatabaseHealth = {
      state: link.state,
      host: 'host' in link ? link.host : undefined,
      asOf,
      nextRetryAt: 'nextRetryAt' in link ? link.nextRetryAt : undefined,
      reason: 'reason' in link ? link.reason : filling,
      writer: beat?.writer,
    };
    const text = JSON.stringify(health);
    if (text === told) return;
    told = text;
    onHealth(health);
  }

  function onWriterEvent(event: WriterEvent): void {
    switch (event.kind) {
      case 'elected':
      case 'resigned':
        return log.info({ ...event }, `writer ${event.kind}`);
      case 'stored':
        return log.debug({ ...event }, 'journal entries stored in the shared record');
      case 'set-aside':
        return log.error({ ...event }, 'an entry cannot be stored and is listed as rejected');
      case 'retry':
        return log.warn({ reason: describeFailure(event.error) }, 'storing is tried again');
      case 'without-partition':
        return log.warn(
          { rows: event.rows },
          'measurements lie in the default partition: their month has none',
        );
    }
  }

  const writer = createWriter({
    settings,
    workstation,
    journal,
    replicaSeq,
    caughtUpStreams: options.caughtUpStreams,
    onEvent: onWriterEvent,
  });

  async function register(): Promise<void> {
    const open = currentLink.connection();
    if (!open || registeredOn === open) return;
    registeredOn = open;
    await open.shared.query({
      text: 'select vicore.register_workstation($1, $2)',
      values: [workstation, options.version ?? ''],
    });
  }

  async function streamPositions(): Promise<ReadonlyMap<string, number> | undefined> {
    const open = currentLink.connection();
    if (!open) return undefined;
    try {
      const rows = await jsonRows<{ readonly streamId: string; readonly lastSeq: number }>(
        open.shared,
        'positions',
        'select stream_id as "streamId", last_seq as "lastSeq" from vicore.stream_position',
        [],
      );
      return new Map(rows.map((row) => [row.streamId, row.lastSeq]));
    } catch (error) {
      log.warn({ reason: describeFailure(error) }, 'the streams’ positions could not be read');
      return undefined;
    }
  }

  async function follow(): Promise<void> {
    const open = currentLink.connection();
    const positions = await streamPositions();
    if (!open || !positions) return;
    const waiting = await followWriter(open.shared, positions, { journal, workstation, replicaSeq });
    // We have what the writer does not: it may have lost its cameras. If it has nothing to do it gives way.
    if (waiting && Date.now() - waiting.receivedAt > overdueMs)
      await open.shared.query({ text: requestText });
  }

  async function stand(): Promise<void> {
    writer.stand((await journal.count()) > 0);
  }

  const noteFailure = (message: string) => (error: unknown) =>
    log.warn({ reason: describeFailure(error) }, message);

  function onState(state: LinkState): void {
    tellHealth();
    if (state.state !== 'connected') return;
    register().catch(noteFailure('the workstation could not be registered'));
    refusals.flush();
    feed?.beat(state.beat.lastChange);
    if (state.beat.writer === undefined) stand().catch(noteFailure('the journal could not be counted'));
    if (writer.isWriting() || following || performance.now() - lastFollow < followMs) return;
    lastFollow = performance.now();
    following = follow()
      .catch(noteFailure('the journal could not be shortened'))
      .finally(() => {
        following = undefined;
      });
  }

  const currentLink = createLink({
    settings,
    workstation,
    onState,
    onNotified(channel) {
      if (channel === electionChannel) writer.giveWay();
      else feed?.wake();
    },
  });
  const feed = replica
    ? createFeed({
        replica,
        connection: () => currentLink.connection(),
        onCaughtUp(at, looked) {
          filling = undefined;
          asOf = at;
          tellHealth();
          if (looked) onCaughtUp?.();
        },
        onFilling(reason) {
          filling = `filling the local copy: ${reason}`;
          log.info({ reason }, 'filling the local copy from the shared record');
          tellHealth();
        },
        onFault: noteFailure('changes of the shared record could not be taken over'),
      })
    : undefined;
  const refusals = createRefusalAudit({
    workstation,
    connection: () => currentLink.connection(),
    onFault: noteFailure('refused calls could not be written to the audit log'),
  });
  const acts = createActs({
    connection: () => currentLink.connection(),
    hindrance() {
      const state = currentLink.state();
      return {
        reason: 'reason' in state ? state.reason : 'not connected yet',
        readOnly: ['read-only', 'schema-older', 'schema-newer'].includes(state.state),
      };
    },
  });

  return {
    alerts: acts,
    passes: acts,
    start: () => currentLink.start(),
    async stop() {
      await writer.stop();
      await currentLink.stop();
      await Promise.all([feed?.settled(), following]);
    },
    wake: () => writer.wake(),
    auditRefusal: (refusal) => refusals.add(refusal),
    reread: (alertIds) => feed?.reread(alertIds),
    refillReplica: () => feed?.refill(),
    schemaVersion() {
      const state = currentLink.state();
      return 'beat' in state ? state.beat?.schema : undefined;
    },
    streamPositions,
    async drained(milliseconds) {
      const until = performance.now() + milliseconds;
      while ((await journal.count()) > 0) {
        if (performance.now() >= until) return false;
        writer.wake();
        await new Promise((resolve) => {
          setTimeout(resolve, drainedPollMs);
        });
      }
      return true;
    },
  };
}
