import type {
  Alert,
  AlertCounts,
  AlertEvent,
  Pass,
  Rule,
  Severity,
  Spring,
  ThresholdSet,
  Vehicle,
} from '../../contract/domain.ts';
import type { PassDetail } from '../../contract/changes.ts';
import type { Result } from '../../contract/errors.ts';
import type { Page } from '../../contract/results.ts';
import type { Act } from '../alerts/ports.ts';
import type { JournalEntry, StreamInfo } from './events.ts';

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

/** `relativeCmm` is in layout order like `springs`: height minus the side's median; null where not measured. */
export interface VehicleRecord extends Vehicle {
  readonly relativeCmm: readonly (number | null)[];
  /** The stream contradicted its identification: never history (rule 9). */
  readonly contradicted: boolean;
  readonly work: unknown;
}

/** The condition behind an alert as the fold left it; lifecycle state is computed from it by main/alerts/lifecycle.ts. */
export interface AlertCondition {
  readonly alertId: string;
  readonly passId?: string | undefined;
  readonly vehicleIndex?: number | undefined;
  readonly position?: string | undefined;
  readonly rule: Rule;
  readonly severity: Severity;
  readonly present: boolean;
  readonly value?: number | undefined;
  readonly limit?: number | undefined;
}

/** One change of one condition, in the order in which they happened. */
export interface AlertTransition extends AlertCondition {
  readonly kind: 'raised' | 'severity-raised' | 'cleared' | 'returned';
  readonly streamId: string;
  /** The event that caused it. */
  readonly seq: number;
  readonly at: number;
  readonly receivedAt: number;
  readonly trainNumber?: string | undefined;
  readonly track?: string | undefined;
  readonly vehicleNumber?: string | undefined;
  readonly defect?: Spring['defect'];
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

/** One earlier ended pass of one vehicle at one site, as rules 5 and 6 need it. */
export interface HistoryRow {
  readonly passId: string;
  readonly startedAt: number;
  readonly axles: number;
  readonly relativeCmm: readonly (number | null)[];
  /** Layout order. */
  readonly states: readonly (string | undefined)[];
  readonly blank: readonly boolean[];
  /** Fixed sides of the vehicle (`L`, `R`) that were on a camera-blind running side in that pass. */
  readonly blindSides: readonly ('L' | 'R')[];
}

export interface HistoryQuery {
  readonly site: string;
  readonly siteTrack: string;
  readonly vehicleNumbers: readonly string[];
  /** Only passes that started before this time (and are ended, the vehicle identified, not contradicted). */
  readonly before: number;
  /** `earliest`: ascending, only since the last maintenance mark; `latest`: descending. */
  readonly order: 'earliest' | 'latest';
  /** Rows to pass over, per vehicle (for the next page). */
  readonly offset: number;
  /** Rows per vehicle. */
  readonly limit: number;
}

export interface FoldReads {
  loadStreams(streamIds: readonly string[]): Promise<readonly StreamState[]>;
  /** Ids of passes of the stream that have not ended. */
  openPasses(streamId: string): Promise<readonly string[]>;
  loadPasses(passIds: readonly string[]): Promise<readonly PassBundle[]>;
  history(query: HistoryQuery): Promise<ReadonlyMap<string, readonly HistoryRow[]>>;
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
  /** Change cursor to store with the rows: where to go on after an interruption. */
  readonly cursor: string;
  /** True when this is a rebuild from scratch: everything not in our own unsent journal may be replaced. */
  readonly reset: boolean;
}

export interface ReplicaFeed {
  /** Absent: never filled. */
  sharedCursor(): Promise<string | undefined>;
  applyShared(rows: SharedRows): Promise<Committed>;
  /** Drops what is older than the replica's days, keeping rows that rules 5 and 6 still rest on. */
  prune(before: number): Promise<void>;
}
