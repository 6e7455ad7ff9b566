import type { ReferenceKind } from '../../contract/changes.ts';
import type { DatabaseHealth } from '../../contract/domain.ts';
import type { AdminRecord } from '../admin/ports.ts';
import type { SharedAlertActs } from '../alerts/ports.ts';
import type { AuditReads, SharedAudit } from '../audit/ports.ts';
import type { PersonDirectory } from '../auth/ports.ts';
import type { Journal, SharedPassActs } from '../passes/ports.ts';
import { createAdminRecord } from './admin-record.ts';
import { createAlarmFigures } from './alarm-figures.ts';
import { createAlertActs } from './alert-acts.ts';
import { createAlertPeople } from './alert-people.ts';
import { createAsk, type Hindrance } from './ask.ts';
import { createAuditReads } from './audit-reads.ts';
import type { ConnectionSettings } from './connection.ts';
import { describeFailure } from './failure.ts';
import { createFeed, type FeedReplica } from './feed.ts';
import { followWriter } from './follow.ts';
import { readGuidance } from './guidance.ts';
import { createLink, type LinkState } from './link.ts';
import { createPassActs } from './pass-acts.ts';
import { createPersons } from './persons.ts';
import { createPresence } from './presence.ts';
import { jsonRows } from './record-reads.ts';
import { createSecondConnection } from './second-connection.ts';
import { createSharedAudit } from './shared-audit.ts';
import { electionChannel } from './writer-lock.ts';
import { logWriterEvent } from './writer-log.ts';
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
  /** Each time that the database is there again, the first included. */
  readonly onConnected?: (() => void) | undefined;
  /** What admins look after was changed somewhere; comes with the change feed, so only where there is a replica. */
  readonly onReference?: ((abouts: readonly ReferenceKind[]) => void) | undefined;
  /** This workstation became the writer, or ceased to be it. */
  readonly onElection?: ((event: Election) => void) | undefined;
  /** When a critical alert that nobody acknowledges escalates; absent: as the shared setting says. */
  readonly escalateAfterSeconds?: (() => number) | undefined;
  /** Who is signed in here, for the list of workstations. */
  readonly person?: (() => string | undefined) | undefined;
}

export interface Election {
  readonly kind: 'elected' | 'resigned';
  readonly reason: string;
}

/** PostgreSQL as one workstation sees it: the change feed, the acts, and the writer when it is elected. */
export interface SharedRecord {
  readonly alerts: SharedAlertActs;
  readonly passes: SharedPassActs;
  readonly admin: AdminRecord;
  readonly audit: SharedAudit & AuditReads;
  readonly persons: PersonDirectory;
  start(): void;
  /** Ends within a few seconds whatever the database does. */
  stop(): Promise<void>;
  /** The journal has grown. */
  wake(): void;
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
  let connectedOn: unknown;
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
    logWriterEvent(log, event);
    if (event.kind === 'elected' || event.kind === 'resigned') options.onElection?.(event);
  }

  const writer = createWriter({
    settings,
    workstation,
    journal,
    replicaSeq,
    caughtUpStreams: options.caughtUpStreams,
    escalateAfterSeconds: options.escalateAfterSeconds,
    onEvent: onWriterEvent,
  });

  const presence = createPresence({
    workstation,
    version: options.version ?? '',
    person: () => options.person?.(),
  });

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
    const open = currentLink.connection();
    if (open) presence.tell(open).catch(noteFailure('the workstation’s presence could not be told'));
    if (open !== connectedOn) {
      connectedOn = open;
      options.onConnected?.();
    }
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
        onReference: options.onReference,
        onFault: noteFailure('changes of the shared record could not be taken over'),
      })
    : undefined;
  function hindrance(): Hindrance {
    const state = currentLink.state();
    return {
      reason: 'reason' in state ? state.reason : 'not connected yet',
      readOnly: ['read-only', 'schema-older', 'schema-newer'].includes(state.state),
    };
  }
  const debug: SharedRecordLog['debug'] = (fields, message) => log.debug(fields, message);
  const ask = createAsk({ connection: () => currentLink.connection(), hindrance, debug });
  const panel = createSecondConnection({ settings, workstation, main: () => currentLink.connection() });
  const askAside = createAsk({ connection: () => panel.connection(), hindrance, debug });

  return {
    alerts: {
      ...createAlertActs(ask),
      ...createAlertPeople(askAside),
      ...createAlarmFigures(askAside),
      readGuidance: () => readGuidance(ask),
    },
    passes: createPassActs(ask),
    admin: createAdminRecord(askAside),
    audit: { ...createSharedAudit(ask), ...createAuditReads(askAside) },
    persons: createPersons(ask),
    start: () => currentLink.start(),
    async stop() {
      await writer.stop();
      panel.stop();
      await currentLink.stop();
      await Promise.all([feed?.settled(), following]);
    },
    wake: () => writer.wake(),
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
