import type { Alert, Pass } from '../../contract/domain.ts';
import type { TrialReads } from '../admin/ports.ts';
import type { AlertReads, ProvisionalActs, ShelfReads } from '../alerts/ports.ts';
import type { AuditOutbox } from '../audit/ports.ts';
import type { CarReads } from '../cars/ports.ts';
import type { RejectedReads } from '../monitoring/ports.ts';
import type { Journal, PassReads, ReplicaFeed, ReplicaStore } from '../passes/ports.ts';
import type { SpringReads } from '../springs/ports.ts';
import type { DecodeEvent } from './journal-entries.ts';
import { toEntry, toRow } from './journal-entries.ts';
import type { StoreWarning } from './protocol.ts';
import { portionsOf } from './shared-portions.ts';
import { startWorker } from './worker-client.ts';
import type { WorkerClient } from './worker-client.ts';

export interface LocalStoreOptions {
  /** Absolute; holds `journal.sqlite` and `replica.sqlite`. */
  readonly directory: string;
  /** `worker.ts` in plain Node, the bundled `sqlite-worker.js` in Electron. */
  readonly workerUrl: URL;
  /** This workstation's name, for the history of alerts. */
  readonly workstation: string;
  readonly decodeEvent: DecodeEvent;
  /** Directory of another better-sqlite3; only ever set in unpackaged programs. */
  readonly sqliteModule?: string | undefined;
  /** Bytes kept back to be given up when the disk is full; 24 MiB unless told. */
  readonly ballastBytes?: number | undefined;
  readonly onWarning: (warning: StoreWarning) => void;
  /** A job in the worker took 50 ms or more. */
  readonly onSlow?: ((name: string, milliseconds: number) => void) | undefined;
}

/** Which alerts a person was told of; durable, so that a crash between storing and telling loses none (fault 48). */
export interface NotificationMarks {
  /** Those of the alerts that are not marked. An alert that became active anew is unmarked again. */
  unnotified(alertIds: readonly string[]): Promise<readonly string[]>;
  markNotified(alertIds: readonly string[]): Promise<void>;
}

/** Small durable values of this workstation: preferences, window places, its id. They survive a rebuilt replica. */
export interface Settings {
  getSetting(key: string): Promise<string | undefined>;
  /** `undefined` removes it. */
  setSetting(key: string, value: string | undefined): Promise<void>;
}

/** Every promise may reject with a LocalStoreError; its `code` says what can be done. */
export interface LocalStore
  extends
    Journal,
    ReplicaStore,
    ReplicaFeed,
    PassReads,
    CarReads,
    SpringReads,
    AlertReads,
    ShelfReads,
    ProvisionalActs,
    AuditOutbox,
    TrialReads,
    RejectedReads,
    NotificationMarks,
    Settings {
  /** Requests that wait for the worker, for the status of the workstation. */
  pendingRequests(): number;
  /** Does what was asked before, then closes both files. */
  close(): Promise<void>;
}

const slowAfter = 50;
/** More than the journal's log, so that the log can be folded into the file when the disk is full. */
const ballastBytes = 24 * 1024 * 1024;

/**
 * Opens the workstation's local store (docs/ARCHITECTURE.md). Rejects only with `refused`: a directory that cannot
 * be written gives a store in memory, a damaged file a new one, each with a warning.
 */
export const createLocalStore = async (options: LocalStoreOptions): Promise<LocalStore> => {
  const { directory, sqliteModule, workstation } = options;
  const worker = await startWorker({
    workerUrl: options.workerUrl,
    settings: {
      directory,
      sqliteModule,
      workstation,
      ballastBytes: options.ballastBytes ?? ballastBytes,
      slowAfter,
    },
    onWarning: options.onWarning,
    onSlow: options.onSlow ?? (() => undefined),
  });
  return storeOn(worker, options.decodeEvent);
};

/** The store as its users see it, on whatever does the work. */
export const storeOn = (worker: WorkerClient, decodeEvent: DecodeEvent): LocalStore => {
  const call: typeof worker.call = (name, input) => worker.call(name, input);
  return {
    append: (entries) =>
      entries.length === 0 ? Promise.resolve() : call('journal.append', entries.map(toRow)),
    async read(after, limit) {
      const rows = await call('journal.read', { after, limit });
      return rows.map((row) => ({ position: row.position, entry: toEntry(row, decodeEvent) }));
    },
    removeThrough: (position) => call('journal.removeThrough', position),
    count: () => call('journal.count', undefined),
    lastSeqs: async () => new Map(await call('journal.lastSeqs', undefined)),

    loadStreams: (streamIds) => call('fold.streams', streamIds),
    openPasses: (streamId) => call('fold.openPasses', streamId),
    loadPasses: (passIds) => call('fold.passes', passIds),
    history: (query) => call('fold.history', query),
    thresholds: () => call('fold.thresholds', undefined),
    commit: (outcome) => call('fold.commit', outcome),

    sharedCursor: () => call('shared.cursor', undefined),
    async applyShared(rows) {
      const alerts = new Map<string, Alert>();
      const passes = new Map<string, Pass>();
      for (const portion of portionsOf(rows)) {
        const changed = await call('shared.apply', portion);
        for (const alert of changed.alerts) alerts.set(alert.id, alert);
        for (const pass of changed.passes) passes.set(pass.id, pass);
      }
      return { alerts: [...alerts.values()], passes: [...passes.values()] };
    },
    hereOnly: () => call('shared.hereOnly', undefined),
    endHereOnly: (proved) => call('shared.endHereOnly', proved),
    prune: (before) => call('shared.prune', before),

    listPasses: (query) => call('passes.list', query),
    getPass: (passId) => call('passes.get', passId),
    async *latestEnded(limit) {
      for (const passId of await call('passes.latestEnded', limit)) {
        const detail = await call('passes.get', passId);
        // Pruned meanwhile.
        if (detail !== undefined) yield detail;
      }
    },
    alertCounts: () => call('passes.alertCounts', undefined),
    getCar: (passId, vehicleIndex) => call('cars.get', { passId, vehicleIndex }),
    carHistory: (query) => call('cars.history', query),
    springTrend: (query) => call('springs.trend', query),
    listAlerts: (query) => call('alerts.list', query),
    getAlert: (alertId) => call('alerts.get', alertId),
    alertsById: (alertIds) => call('alerts.byId', alertIds),
    shelvesEnded: (since) => call('alerts.shelvesEnded', since),
    listRejected: (query) => call('rejected.list', query),
    countRejected: () => call('rejected.count', undefined),

    acknowledgeProvisionally: (alertId, remark, act) => call('acts.acknowledge', { alertId, remark, act }),
    pendingActs: () => call('acts.pending', undefined),
    undoProvisionally: (alertId, act) => call('acts.undo', { alertId, act }),
    removeAct: ({ id, undo }) => call('acts.remove', { id, undo }),
    refuseAct: (id) => call('acts.refuse', id),
    keepAudit: (entries) => (entries.length === 0 ? Promise.resolve() : call('audit.keep', entries)),
    pendingAudit: (limit) => call('audit.pending', limit),
    removeAudit: (entryIds) => call('audit.remove', entryIds),
    unnotified: (alertIds) => call('notified.missing', alertIds),
    markNotified: (alertIds) => call('notified.mark', { alertIds, at: Date.now() }),
    getSetting: (key) => call('settings.get', key),
    setSetting: (key, value) => call('settings.set', { key, value }),

    pendingRequests: () => worker.pending(),
    close: () => worker.close(),
  };
};
