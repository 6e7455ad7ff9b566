import { keepAudit, pendingAudit, removeAudit } from './audit-outbox.ts';
import {
  alertsById,
  countRejected,
  getAlert,
  listAlerts,
  listRejected,
  shelvesEnded,
} from './alert-reads.ts';
import { acknowledgeHere, refuseHere, undoHere } from './acts-here.ts';
import { carHistory, getCar, springTrend } from './car-reads.ts';
import {
  forgetNotified,
  getSetting,
  markNotified,
  notNotified,
  pendingActs,
  pendingActsOf,
  removeAct,
  removeUnlessUndone,
  renewNotification,
  setSetting,
} from './durable-notes.ts';
import type { Files } from './files.ts';
import { commitOutcome } from './fold-commit.ts';
import type { CommitContext } from './fold-commit.ts';
import { endHereOnly, hereOnly } from './here-only.ts';
import { history, loadPasses, loadStreams, openPasses } from './fold-reads.ts';
import { countRows, firstUnsent, lastSeqs, readRows, removeRows } from './journal.ts';
import { alertCounts, getPass, latestEnded, listPasses, thresholdSets } from './pass-reads.ts';
import type { OperationName, Operations, StoreWarning } from './protocol.ts';
import { pruneReplica } from './removal.ts';
import { applySharedRows, sharedCursor } from './shared-apply.ts';
import type { Sliced } from './slices.ts';

export type SlicedName = 'journal.removeThrough' | 'shared.apply' | 'shared.prune';
export type DirectName = Exclude<OperationName, SlicedName | 'journal.append' | 'close'>;

export type DirectHandlers = {
  readonly [Name in DirectName]: (input: Operations[Name]['input']) => Operations[Name]['result'];
};
export type SlicedHandlers = {
  readonly [Name in SlicedName]: (input: Operations[Name]['input']) => Sliced<Operations[Name]['result']>;
};

export const createDirectHandlers = (
  files: Files,
  workstation: string,
  warn: (warning: StoreWarning) => void,
): DirectHandlers => {
  const context: CommitContext = {
    workstation,
    keptActs: (alertId) => pendingActsOf(files.journal, alertId),
  };
  return {
    'journal.read': ({ after, limit }) =>
      readRows(files.journal, after, limit, (position) => {
        warn({
          key: 'journal-damaged',
          active: true,
          message: `Entry ${String(position)} of the journal is damaged; it is listed as rejected.`,
        });
      }),
    'journal.count': () => countRows(files.journal),
    'journal.lastSeqs': () => lastSeqs(files.journal),
    'acts.acknowledge': (input) => acknowledgeHere(files, input),
    'acts.pending': () => pendingActs(files.journal),
    'acts.refuse': (id) => refuseHere(files, id),
    'acts.undo': (input) => undoHere(files, input),
    'acts.remove': ({ id, undo }) => {
      if (undo === undefined) return removeUnlessUndone(files.journal, id);
      removeAct(files.journal, id);
      return true;
    },
    'audit.keep': (entries) => {
      keepAudit(files.journal, entries);
    },
    'audit.pending': (limit) => pendingAudit(files.journal, limit),
    'audit.remove': (entryIds) => {
      removeAudit(files.journal, entryIds);
    },
    'notified.missing': (alertIds) => notNotified(files.journal, alertIds),
    'notified.mark': ({ alertIds, at }) => {
      markNotified(files.journal, alertIds, at);
    },
    'settings.get': (key) => getSetting(files.journal, key),
    'settings.set': ({ key, value }) => {
      setSetting(files.journal, key, value);
    },
    'fold.streams': (streamIds) => loadStreams(files.replica.sql, streamIds),
    'fold.openPasses': (streamId) => openPasses(files.replica.sql, streamId),
    'fold.passes': (passIds) => loadPasses(files.replica.sql, passIds),
    'fold.history': (query) => history(files.replica.sql, query),
    'fold.thresholds': () => thresholdSets(files.replica.sql),
    'fold.commit': (outcome) => {
      // Before the commit: dying in between notifies once too often, never once too little.
      const again = outcome.transitions.filter(
        ({ kind }) => kind === 'returned' || kind === 'severity-raised',
      );
      renewNotification(
        files.journal,
        again.map((transition) => transition.alertId),
      );
      const { database, sql } = files.replica;
      return database.transaction(() => commitOutcome(sql, outcome, context))();
    },
    'shared.cursor': () => sharedCursor(files.replica.sql),
    'shared.hereOnly': () => hereOnly(files.replica.sql),
    'shared.endHereOnly': (proved) => endHereOnly(files, proved),
    'passes.list': (query) => listPasses(files.replica.sql, query),
    'passes.get': (passId) => getPass(files.replica.sql, passId),
    'passes.latestEnded': (limit) => latestEnded(files.replica.sql, limit),
    'passes.alertCounts': () => alertCounts(files.replica.sql),
    'cars.get': ({ passId, vehicleIndex }) => getCar(files.replica.sql, passId, vehicleIndex),
    'cars.history': (query) => carHistory(files.replica.sql, query),
    'springs.trend': (query) => springTrend(files.replica.sql, query),
    'alerts.list': (query) => listAlerts(files.replica.sql, query),
    'alerts.get': (alertId) => getAlert(files.replica.sql, alertId),
    'alerts.byId': (alertIds) => alertsById(files.replica.sql, alertIds),
    'alerts.shelvesEnded': (since) => shelvesEnded(files.replica.sql, since),
    'rejected.list': (query) => listRejected(files.replica.sql, query),
    'rejected.count': () => countRejected(files.replica.sql),
  };
};

export const createSlicedHandlers = (files: Files, workstation: string): SlicedHandlers => ({
  'journal.removeThrough': (position) => removeRows(files.journal, position),
  'shared.apply': (rows) => {
    const { database, sql } = files.replica;
    return applySharedRows(database, sql, rows, {
      workstation,
      keptActs: (alertId) => pendingActsOf(files.journal, alertId),
      renewNotification: (alertIds) => renewNotification(files.journal, alertIds),
      unsent: rows.reset ? firstUnsent(files.journal) : new Map(),
    });
  },
  *'shared.prune'(before) {
    const { database, sql } = files.replica;
    yield* pruneReplica(database, sql, before, firstUnsent(files.journal));
    forgetNotified(files.journal, before);
  },
});
