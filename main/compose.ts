import { pathToFileURL } from 'node:url';
import type { Alert, DatabaseHealth, StreamHealth } from '../contract/domain.ts';
import { failure } from '../contract/errors.ts';
import { applyTransition } from './alerts/lifecycle.ts';
import { carHandlers } from './api/cars.ts';
import { monitoringHandlers } from './api/monitoring.ts';
import { passHandlers } from './api/passes.ts';
import { springHandlers } from './api/springs.ts';
import { actOf } from './api/act.ts';
import { refusalEntry } from './audit/refusal.ts';
import { createCameraClient } from './camera/client.ts';
import { composeAlerts } from './compose-alerts.ts';
import { composeAudit } from './compose-audit.ts';
import { composePeople } from './compose-people.ts';
import type { Configuration } from './configuration/schema.ts';
import type { Compose, Core, KeyValueStore } from './core.ts';
import { decodeEvent } from './decode-event.ts';
import { changesOf, createAnnouncer, visibleVehicle } from './live-changes.ts';
import { createStatusBoard } from './monitoring/status-board.ts';
import { createNotices } from './notices.ts';
import { createFold } from './passes/fold.ts';
import { createIntake } from './passes/intake.ts';
import type { Committed, FoldOutcome, HereOnly, SharedRows, StreamState } from './passes/ports.ts';
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
  const notices = createNotices(
    store,
    (alerts) => announcer.announceAlerts(alerts),
    unexpected('notification marks failed'),
  );

  const fold = createFold(store);
  /** Up to where the replica has each stream, judged here or taken from the shared record. */
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
    sharedRecord.wake();
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

  const intake = createIntake({ journal: store, replica: store, fold, onCommitted, onFault });

  /** A first fill brings what others have dealt with, or are dealing with: listed, but no news. */
  let filling = false;
  async function applyShared(rows: SharedRows): Promise<Committed> {
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
  }

  async function endHereOnly(proved: readonly HereOnly[]): Promise<Committed> {
    const committed = await intake.endHereOnly(proved);
    if (committed.alerts.length === 0) return committed;
    log.warn({ alerts: committed.alerts }, 'alerts that the shared record judged otherwise have ended here');
    notices.consider(committed.alerts);
    audit.trail.found();
    return committed;
  }

  const clients = configuration.camera.streams.map((stream) =>
    createCameraClient({
      stream,
      resumeFrom: async (streamId) => {
        const [lastSeqs, streams] = await Promise.all([store.lastSeqs(), store.loadStreams([streamId])]);
        const last = Math.max(lastSeqs.get(streamId) ?? 0, streams[0]?.lastSeq ?? 0);
        return last > 0 ? last : undefined;
      },
      deliver: (entries) => intake.deliver(entries),
      onHealth: (health) => board.setStream(stream.url, health),
    }),
  );
  const caughtUpStreams = (): string[] =>
    clients.flatMap((client) => {
      const { link, lag, streamId } = client.health();
      return link === 'live' && lag === 0 && streamId !== undefined ? [streamId] : [];
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
      applyShared,
      hereOnly: () => store.hereOnly(),
      endHereOnly,
      get days() {
        return people.settings.current('cache.days');
      },
    },
    replicaSeq: (streamId) => committedSeq.get(streamId) ?? 0,
    caughtUpStreams,
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
      if (filling) alerts.filled();
      filling = false;
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
    countsChanged,
    consider: (ended) => notices.consider(ended),
    reread: (alertIds) => sharedRecord.reread(alertIds),
  });

  onReplicaRebuilt = () => {
    intake.forget().catch(unexpected('the fold could not start anew'));
    sharedRecord.refillReplica();
  };

  await intake.recover();
  // What of the journal the replica had before gives nothing to commit.
  replicaHas(await store.loadStreams([...(await store.lastSeqs()).keys()]));
  rejectionsChanged();
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
    setInterval(() => {
      for (const streamId of caughtUpStreams()) {
        intake.expireSilent(streamId, Date.now()).catch(unexpected('ending silent passes failed'));
      }
    }, expiryMs),
    setInterval(() => {
      store
        .prune(Date.now() - people.settings.current('cache.days') * dayMs)
        .catch(unexpected('pruning the replica failed'));
    }, pruneMs),
  ];
  sharedRecord.start();
  for (const client of clients) client.start();

  return {
    handlers: {
      ...people.handlers,
      ...passHandlers(store, sharedRecord.passes),
      ...carHandlers(store, sharedRecord.alerts),
      ...springHandlers(store, async (streamId, imageId) => {
        const client = clients.find((candidate) => candidate.health().streamId === streamId) ?? clients[0];
        return client ? client.fetchImage(imageId) : failure('not-found', 'No camera link for this picture.');
      }),
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
      await Promise.all(clients.map((client) => client.stop()));
      await intake.settled();
      await people.stop();
      await audit.stop();
      await sharedRecord.stop();
      await age.write();
      await store.close();
    },
  };
};
