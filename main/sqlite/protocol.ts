import type { PassDetail } from '../../contract/changes.ts';
import type { Alert, AlertCounts, Pass, RejectedMessage, ThresholdSet } from '../../contract/domain.ts';
import type { Result } from '../../contract/errors.ts';
import type { AlertDetail, CarDetail, CarPass, Page, Trend } from '../../contract/results.ts';
import type { AlertReads, KeptAct, Remark } from '../alerts/ports.ts';
import type { Act } from '../audit/act.ts';
import type { AuditEntry } from '../audit/ports.ts';
import type { CarReads } from '../cars/ports.ts';
import type { RejectedReads } from '../monitoring/ports.ts';
import type {
  Committed,
  FoldOutcome,
  HereOnly,
  HistoryQuery,
  HistoryRow,
  PassBundle,
  PassReads,
  StreamState,
} from '../passes/ports.ts';
import type { SpringReads } from '../springs/ports.ts';
import type { StoreFailure } from './failure.ts';
import type { SharedPortion } from './shared-portions.ts';

/** A journal entry as it is stored: the event's own text, or the JSON of what the other kinds carry. */
export interface JournalRow {
  readonly kind: 'event' | 'rejected' | 'gap' | 'stream' | 'camera' | 'link';
  readonly streamId: string;
  readonly seq: number | null;
  readonly receivedAt: number;
  readonly payload: string;
}

export interface StoredJournalRow extends JournalRow {
  readonly position: number;
}

export interface AcknowledgeInput {
  readonly alertId: string;
  readonly remark: Remark;
  readonly act: Act;
}

type Query<Read extends (query: never) => unknown> = Parameters<Read>[0];

/** Everything that can be asked of the worker: what goes in, what comes out. */
export interface Operations {
  'journal.append': { input: readonly JournalRow[]; result: void };
  'journal.read': {
    input: { readonly after: number; readonly limit: number };
    result: readonly StoredJournalRow[];
  };
  'journal.removeThrough': { input: number; result: void };
  'journal.count': { input: void; result: number };
  'journal.lastSeqs': { input: void; result: readonly (readonly [string, number])[] };
  'acts.acknowledge': { input: AcknowledgeInput; result: Result<Alert> };
  'acts.pending': { input: void; result: readonly KeptAct[] };
  'acts.undo': { input: Omit<AcknowledgeInput, 'remark'>; result: Result<Alert> | undefined };
  'acts.remove': { input: Pick<KeptAct, 'id' | 'undo'>; result: boolean };
  'acts.refuse': { input: number; result: Alert | undefined };
  'audit.keep': { input: readonly AuditEntry[]; result: void };
  'audit.pending': { input: number; result: readonly AuditEntry[] };
  'audit.remove': { input: readonly string[]; result: void };
  'notified.missing': { input: readonly string[]; result: readonly string[] };
  'notified.mark': { input: { readonly alertIds: readonly string[]; readonly at: number }; result: void };
  'settings.get': { input: string; result: string | undefined };
  'settings.set': { input: { readonly key: string; readonly value: string | undefined }; result: void };
  'fold.streams': { input: readonly string[]; result: readonly StreamState[] };
  'fold.openPasses': { input: string; result: readonly string[] };
  'fold.passes': { input: readonly string[]; result: readonly PassBundle[] };
  'fold.history': { input: HistoryQuery; result: ReadonlyMap<string, readonly HistoryRow[]> };
  'fold.thresholds': { input: void; result: readonly ThresholdSet[] };
  'fold.commit': { input: FoldOutcome; result: Committed };
  'shared.cursor': { input: void; result: string | undefined };
  'shared.apply': { input: SharedPortion; result: Committed };
  'shared.hereOnly': { input: void; result: readonly HereOnly[] };
  'shared.endHereOnly': { input: readonly HereOnly[]; result: Committed };
  'shared.prune': { input: number; result: void };
  'passes.list': { input: Query<PassReads['listPasses']>; result: Page<Pass> };
  'passes.get': { input: string; result: PassDetail | undefined };
  /** The newest ended passes, newest first. */
  'passes.latestEnded': { input: number; result: readonly string[] };
  'passes.alertCounts': { input: void; result: AlertCounts };
  'cars.get': {
    input: { readonly passId: string; readonly vehicleIndex: number };
    result: CarDetail | undefined;
  };
  'cars.history': { input: Query<CarReads['carHistory']>; result: Page<CarPass> };
  'springs.trend': { input: Query<SpringReads['springTrend']>; result: Trend | undefined };
  'alerts.list': { input: Query<AlertReads['listAlerts']>; result: Page<Alert> };
  'alerts.get': { input: string; result: AlertDetail | undefined };
  'alerts.byId': { input: readonly string[]; result: readonly Alert[] };
  'alerts.shelvesEnded': {
    input: number;
    result: { readonly now: number; readonly alerts: readonly Alert[] };
  };
  'rejected.list': { input: Query<RejectedReads['listRejected']>; result: Page<RejectedMessage> };
  'rejected.count': { input: void; result: number };
  close: { input: void; result: void };
}

export type OperationName = keyof Operations;

export interface Request<Name extends OperationName = OperationName> {
  readonly id: number;
  readonly name: Name;
  readonly input: Operations[Name]['input'];
}

/** Something a person must know; `key` is what the windows translate. `active: false` takes it back. */
export interface StoreWarning {
  readonly key:
    'store-memory-only' | 'store-disk-full' | 'store-stopped' | 'journal-damaged' | 'replica-rebuilt';
  readonly active: boolean;
  readonly message: string;
  /** The file that was set aside. */
  readonly setAside?: string | undefined;
}

export type WorkerMessage =
  | { readonly kind: 'opened' }
  | { readonly kind: 'refused'; readonly failure: StoreFailure }
  | { readonly kind: 'done'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: StoreFailure }
  | { readonly kind: 'warning'; readonly warning: StoreWarning }
  | { readonly kind: 'slow'; readonly name: string; readonly milliseconds: number };

export interface WorkerSettings {
  readonly directory: string;
  /** Named in the history of alerts. */
  readonly workstation: string;
  /** Directory of another better-sqlite3 than the installed one, for a runtime that cannot load that. */
  readonly sqliteModule?: string | undefined;
  /** Room kept on the disk to be given up when it is full. */
  readonly ballastBytes: number;
  /** From how long on a job is reported as slow, ms. */
  readonly slowAfter: number;
}
