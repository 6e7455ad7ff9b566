import { pathToFileURL } from 'node:url';
import type { DatabaseHealth, StreamHealth } from '../contract/domain.ts';
import { carHandlers } from './api/cars.ts';
import { monitoringHandlers } from './api/monitoring.ts';
import { passHandlers } from './api/passes.ts';
import { springHandlers } from './api/springs.ts';
import { actOf } from './api/act.ts';
import { refusalEntry } from './audit/refusal.ts';
import { composeAlerts } from './compose-alerts.ts';
import { composeAudit } from './compose-audit.ts';
import { composeCameras } from './compose-cameras.ts';
import { composePeople } from './compose-people.ts';
import { composeReplica } from './compose-replica.ts';
import type { Configuration } from './configuration/schema.ts';
import type { Compose, Core, KeyValueStore } from './core.ts';
import { decodeEvent } from './decode-event.ts';
import { createAnnouncer } from './live-changes.ts';
import { createStatusBoard } from './monitoring/status-board.ts';
import { createSharedRecord } from './postgres/shared-record.ts';
import { readReplicaAge } from './replica-age.ts';
import { createLocalStore } from './sqlite/local-store.ts';

const beatMs = 1_000;
const expiryMs = 30_000;
const pruneMs = 3_600_000;
const dayMs = 86_400_000;
const ageMs = 5_000;
/** What a live window starts from. */
const snapshotPasses = 50;
const snapshotAlerts = 200;

/** Puts the desktop's core together: the one place where adapters meet modules (docs/ARCHITECTURE.md). */
export const compose: Compose<Configuration> = async (options): Promise<Core> => {
  const { configuration, dataDirectory, log } = options;
  const workstation = configuration.workstation.name;
  const announcer = createAnnouncer();
  const board = createStatusBoard({
    workstation,
    timeZone: configuration.workstation.timeZone,
    streams: configuration.camera.streams.map(({ url }): StreamHealth => ({
      url,
      link: 'connecting',
      since: Date.now(),
      lag: 0,
      cameras: [],
    })),
    database: { state: 'connecting' },
    now: Date.now,
    soon: setImmediate,
  });
  board.subscribe((status) => announcer.announceStatus(status));

  /** Nothing to do while the store opens; the parts below begin with what they find. */
  let onReplicaRebuilt = (): void => undefined;
  const store = await createLocalStore({
    directory: dataDirectory,
    workerUrl: pathToFileURL(options.sqliteWorker),
    workstation,
    decodeEvent,
    sqliteModule: options.sqliteModule,
    onWarning: (warning) => {
      log.error({ warning }, warning.message);
      board.setWarning(warning.key, warning.active);
      if (warning.key === 'replica-rebuilt') onReplicaRebuilt();
    },
    onSlow: (name, milliseconds) => log.warn({ name, milliseconds }, 'slow in the local store'),
  });
  const unexpected = (message: string) => (error: unknown) => log.error({ error }, message);
  const replica = composeReplica({
    store,
    announcer,
    board,
    log,
    onJudged: () => sharedRecord.wake(),
    onAuditFound: () => audit.trail.found(),
  });
  const cameras = composeCameras({
    streams: configuration.camera.streams,
    resumeFrom: async (streamId) => {
      const [lastSeqs, streams] = await Promise.all([store.lastSeqs(), store.loadStreams([streamId])]);
      const last = Math.max(lastSeqs.get(streamId) ?? 0, streams[0]?.lastSeq ?? 0);
      return last > 0 ? last : undefined;
    },
    deliver: (entries) => replica.deliver(entries),
    onHealth: (url, health) => board.setStream(url, health),
  });

  const keyValue: KeyValueStore = {
    get: (key) => store.getSetting(key),
    set: (key, value) => store.setSetting(key, value),
  };
  const age = await readReplicaAge(keyValue, (await store.sharedCursor()) !== undefined);
  let databaseState = board.status().database.state;
  function tellDatabase(health: DatabaseHealth): void {
    if (health.state !== databaseState) {
      databaseState = health.state;
      const { state, host, reason } = health;
      log.info({ state, host, reason }, 'the database');
    }
    age.learn(health.asOf);
    board.setDatabase({ ...health, asOf: age.current() });
  }

  /** Resolves when the shared record knows who is signed in here. */
  let personKnown: Promise<void> = Promise.resolve();
  const sharedRecord = createSharedRecord({
    connection: configuration.postgres,
    workstation,
    version: options.version,
    journal: store,
    replica: {
      sharedCursor: () => store.sharedCursor(),
      applyShared: (rows) => replica.applyShared(rows),
      hereOnly: () => store.hereOnly(),
      endHereOnly: (proved) => replica.endHereOnly(proved),
      get days() {
        return people.settings.current('cache.days');
      },
    },
    replicaSeq: (streamId) => replica.lastSeq(streamId),
    caughtUpStreams: () => cameras.caughtUpStreams(),
    log,
    escalateAfterSeconds: () => people.settings.current('alerts.escalateAfterSeconds'),
    onHealth: tellDatabase,
    person: () => people.keeper.session().name || undefined,
    onConnected() {
      audit.connected();
      alerts.databaseBack();
      personKnown = people.databaseBack();
      personKnown.catch(unexpected('the person could not be entered in the shared record'));
    },
    onReference(abouts) {
      people.changed(abouts);
      alerts.changed(abouts);
      announcer.announce(abouts.map((about) => ({ kind: 'reference', about })));
    },
    onElection: (event) => audit.elected(event),
    onCaughtUp() {
      if (replica.caughtUp()) alerts.filled();
      // The database refuses an act of somebody it does not know yet.
      personKnown.then(() => alerts.reconcile()).catch(unexpected('sending kept acknowledgements failed'));
    },
  });
  const audit = composeAudit({
    configuration,
    dataDirectory,
    outbox: store,
    shared: sharedRecord.audit,
    log,
  });
  const people = await composePeople({
    configuration,
    log,
    sealer: options.sealer,
    openSignInPage: options.openSignInPage,
    keyValue,
    trial: store,
    record: sharedRecord.admin,
    reads: sharedRecord.audit,
    persons: sharedRecord.persons,
    audit,
    onNames: (names) => board.setNames(names),
  });
  const alerts = await composeAlerts({
    store,
    shared: sharedRecord.alerts,
    keyValue,
    settings: people.settings,
    session: () => people.keeper.session(),
    trail: audit.trail,
    announcer,
    board,
    log,
    countsChanged: () => replica.countsChanged(),
    consider: (ended) => replica.consider(ended),
    reread: (alertIds) => sharedRecord.reread(alertIds),
  });

  onReplicaRebuilt = () => {
    replica.forget();
    sharedRecord.refillReplica();
  };

  await replica.recover();
  const timers = [
    setInterval(() => {
      store
        .count()
        .then((count) => board.setJournalEntries(count), unexpected('counting the journal failed'));
      board.beat();
      audit.trail.flush();
    }, beatMs),
    setInterval(() => {
      age.write().catch(unexpected('the age of the replica could not be kept'));
    }, ageMs),
    setInterval(() => replica.expireSilent(cameras.caughtUpStreams()), expiryMs),
    setInterval(() => {
      store
        .prune(Date.now() - people.settings.current('cache.days') * dayMs)
        .catch(unexpected('pruning the replica failed'));
    }, pruneMs),
  ];
  sharedRecord.start();
  cameras.start();

  return {
    handlers: {
      ...people.handlers,
      ...passHandlers(store, sharedRecord.passes),
      ...carHandlers(store, sharedRecord.alerts),
      ...springHandlers(store, (streamId, imageId) => cameras.fetchImage(streamId, imageId)),
      ...alerts.handlers,
      ...monitoringHandlers(store),
    },
    keyValue,
    session: () => people.keeper.session(),
    onSession: (listener) => people.onSession(listener),
    idle: (seconds) => people.keeper.idle(seconds),
    exportAudit: (request, file, caller) => audit.exports.start(request, file, actOf(caller)),
    async snapshot(passId) {
      const [passes, open, counts, watched] = await Promise.all([
        store.listPasses({ limit: snapshotPasses }),
        store.listAlerts({ limit: snapshotAlerts, open: true }),
        store.alertCounts(),
        passId === undefined ? undefined : store.getPass(passId),
      ]);
      return {
        passes: passes.items,
        alerts: open.items,
        counts,
        status: board.status(),
        sound: alerts.sound.state(),
        watched,
      };
    },
    exportAlerts: alerts.exportAlerts,
    onSound: (listener) => alerts.sound.onCommand(listener),
    soundWindowGone: () => alerts.sound.windowGone(),
    onChanges: (listener) => announcer.onChanges(listener),
    onAlert(listener) {
      const stop = announcer.onAlert(listener);
      alerts.tellAgain().catch(unexpected('reading open alerts failed'));
      return stop;
    },
    markNotified: (alertIds) => store.markNotified(alertIds),
    setWarning: (warning, present) => board.setWarning(warning, present),
    refused(refusal) {
      log.warn({ ...refusal }, 'a call was refused');
      audit.trail.record(refusalEntry(refusal, workstation));
    },
    schemaVersion: () => sharedRecord.schemaVersion(),
    async stop() {
      for (const timer of timers) clearInterval(timer);
      alerts.stop();
      await cameras.stop();
      await replica.settled();
      await people.stop();
      await audit.stop();
      await sharedRecord.stop();
      await age.write();
      await store.close();
    },
  };
};
