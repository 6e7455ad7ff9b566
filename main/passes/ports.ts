import type { Alert, AlertCounts, AlertEvent, Pass, ThresholdSet, Vehicle } from '../../contract/domain.ts';
import type { PassDetail } from '../../contract/changes.ts';
import type { Result } from '../../contract/errors.ts';
import type { Page } from '../../contract/results.ts';
import type { Act } from '../audit/act.ts';
import type { AlertCondition, AlertTransition } from '../alerts/transition.ts';
import type { HistoryReads, MaintenanceMark } from '../cars/history-row.ts';
import type { JournalEntry, StreamInfo } from './events.ts';

export type { AlertCondition, AlertTransition } from '../alerts/transition.ts';
export type { HistoryQuery, HistoryReads, HistoryRow, MaintenanceMark } from '../cars/history-row.ts';

/*
 * What the fold keeps and where. The same fold (fold.ts) runs against two stores: the SQLite replica, at once,
 * and PostgreSQL, when this workstation is the elected writer. Each store commits rows and stream position in
 * one transaction, so each event counts exactly once in each. The `work` fields are the fold's own memory,
 * plain JSON, opaque to the stores: what is needed to go on after a restart.
 */

export interface StreamState extends StreamInfo {
  /** Last `seq` applied; 0 before the first. */
  lastSeq: number;
  updatedAt: number;
}

export interface PassRecord extends Pass {
  readonly work: unknown;
}

/** `relativeCmm` is in layout order like `springs`: height minus the side's median; null where not
 * measured, and everywhere while the pass is in progress. */
export interface VehicleRecord extends Vehicle {
  readonly relativeCmm: readonly (number | null)[];
  /** Fixed sides (`L`, `R`) that ran on a camera-blind side (rule 7); empty while the pass is in progress. */
  readonly blindSides: readonly ('L' | 'R')[];
  /** The stream contradicted its identification: never history (rule 9). */
  readonly contradicted: boolean;
  readonly work: unknown;
}

export interface Rejection {
  readonly streamId: string;
  readonly seq?: number | undefined;
  readonly at: number;
  readonly reason: string;
  readonly text: string;
}

/** Everything known of one pass, enough to go on judging it. */
export interface PassBundle {
  readonly pass: PassRecord;
  readonly vehicles: readonly VehicleRecord[];
  readonly conditions: readonly AlertCondition[];
}

export interface FoldReads extends HistoryReads {
  loadStreams(streamIds: readonly string[]): Promise<readonly StreamState[]>;
  /** Ids of passes of the stream that have not ended. */
  openPasses(streamId: string): Promise<readonly string[]>;
  loadPasses(passIds: readonly string[]): Promise<readonly PassBundle[]>;
  /** The sets in force at or after any of the passes being judged; all of them is fine, they are few. */
  thresholds(): Promise<readonly ThresholdSet[]>;
}

/** What one batch of entries changed; a store commits it in one transaction. Last value wins for passes and vehicles. */
export interface FoldOutcome {
  readonly streams: readonly StreamState[];
  readonly passes: readonly PassRecord[];
  readonly vehicles: readonly VehicleRecord[];
  /** Vehicles that an identification replaced and whose rows (positions) must go: none survive in `vehicles`. */
  readonly transitions: readonly AlertTransition[];
  readonly rejections: readonly Rejection[];
  /** Entries of kind stream, camera and link, to be stored as they are. */
  readonly notes: readonly Extract<JournalEntry, { kind: 'stream' | 'camera' | 'link' }>[];
}

/** What a commit made of the transitions: the alerts and passes as they now are. */
export interface Committed {
  readonly alerts: readonly Alert[];
  /** Passes whose row the commit itself changed further (re-opened by an alert), and all passes of the outcome. */
  readonly passes: readonly Pass[];
}

/** The durable journal: appended before anything is acknowledged, removed when every store has it. */
export interface Journal {
  /** Resolves when the entries are on disk (group commit). */
  append(entries: readonly JournalEntry[]): Promise<void>;
  /** Entries with a position above `after`, in order. */
  read(
    after: number,
    limit: number,
  ): Promise<readonly { readonly position: number; readonly entry: JournalEntry }[]>;
  /** Removes everything up to and including `position`. */
  removeThrough(position: number): Promise<void>;
  count(): Promise<number>;
  /** Last `seq` the journal ever held per stream (kept beyond removal). */
  lastSeqs(): Promise<ReadonlyMap<string, number>>;
}

/** The workstation's replica as the fold's store. */
export interface ReplicaStore extends FoldReads {
  commit(outcome: FoldOutcome): Promise<Committed>;
}

/** What windows ask of passes; answered by the replica. */
export interface PassReads {
  listPasses(query: {
    readonly cursor?: string | undefined;
    readonly limit: number;
    readonly search?: string | undefined;
  }): Promise<Page<Pass>>;
  getPass(passId: string): Promise<PassDetail | undefined>;
  alertCounts(): Promise<AlertCounts>;
}

/** Writes PostgreSQL alone may decide. */
export interface SharedPassActs {
  confirm(passId: string, notes: string | undefined, act: Act): Promise<Result<Pass>>;
}

/** Rows as PostgreSQL has them, for the replica: replaces what is older by `revision`, merges acts otherwise. */
export interface SharedRows {
  readonly passes: readonly PassRecord[];
  readonly vehicles: readonly VehicleRecord[];
  readonly alerts: readonly Alert[];
  readonly alertEvents: readonly AlertEvent[];
  readonly thresholds: readonly ThresholdSet[];
  readonly rejected: readonly Rejection[];
  readonly streams: readonly StreamState[];
  /** Of each vehicle that they name, the last one or all. */
  readonly maintenance?: readonly MaintenanceMark[] | undefined;
  /** Change cursor to store with the rows: where to go on after an interruption. */
  readonly cursor: string;
  /** True when this is a rebuild from scratch: everything not in our own unsent journal may be replaced. */
  readonly reset: boolean;
}

/**
 * An alert that this workstation raised and the shared record never told us of, although it has seen of the pass, which
 * has ended, everything that we have judged.
 */
export interface HereOnly {
  readonly alertId: string;
  readonly passId: string;
  /** Of the pass, here. */
  readonly revision: number;
}

export interface ReplicaFeed {
  /** Absent: never filled. */
  sharedCursor(): Promise<string | undefined>;
  applyShared(rows: SharedRows): Promise<Committed>;
  /** A few of them at a time. */
  hereOnly(): Promise<readonly HereOnly[]>;
  /**
   * The shared record has proved that it will never have these of what it knows: they end here, with what was kept of
   * them. One of which more was judged meanwhile stays. Gives them as closed.
   */
  endHereOnly(proved: readonly HereOnly[]): Promise<Committed>;
  /** Drops what is older than the replica's days, keeping rows that rules 5 and 6 still rest on. */
  prune(before: number): Promise<void>;
}
