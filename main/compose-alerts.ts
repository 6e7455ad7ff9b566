import type { ReferenceKind } from '../contract/changes.ts';
import type { Alert } from '../contract/domain.ts';
import type { MethodName } from '../contract/methods.ts';
import type { Settings } from './admin/settings.ts';
import { createAcknowledgement } from './alerts/acknowledgement.ts';
import { createAlertExport } from './alerts/export.ts';
import { createGuidanceBook } from './alerts/guidance.ts';
import type { SharedAlertActs } from './alerts/ports.ts';
import { createSoundController } from './alerts/sound-controller.ts';
import type { SoundController } from './alerts/sound-controller.ts';
import { alertHandlers } from './api/alerts.ts';
import { actOf } from './api/act.ts';
import { soundHandlers } from './api/sound.ts';
import type { Session } from '../contract/domain.ts';
import type { AuditTrail } from './audit/trail.ts';
import type { Core, CoreMethods, Handlers, KeyValueStore, Log } from './core.ts';
import { openAlertFile } from './files/alert-export.ts';
import type { Announcer } from './live-changes.ts';
import type { StatusBoard } from './monitoring/status-board.ts';
import type { LocalStore } from './sqlite/local-store.ts';

/** How soon a shelf that ends is noticed here, ms. */
const shelfMs = 1_000;
const pageAlerts = 200;

type AlertMethods = Extract<MethodName, CoreMethods & (`alerts.${string}` | `sound.${string}`)>;

export interface ComposedAlerts {
  readonly handlers: Handlers<AlertMethods>;
  readonly sound: SoundController;
  readonly exportAlerts: Core['exportAlerts'];
  /** Sends what was acknowledged here while the database was away. */
  reconcile(): Promise<void>;
  /** Considers all that wait: those of which nobody was told are told (fault 48). */
  tellAgain(): Promise<void>;
  databaseBack(): void;
  /** The replica was filled anew: what is not in it any more rings no longer. */
  filled(): void;
  /** Somebody changed something on some workstation. */
  changed(abouts: readonly ReferenceKind[]): void;
  stop(): void;
}

/** What people do about alerts, and what this workstation does to be heard: acts, guidance, sound, shelves that end. */
export async function composeAlerts(options: {
  readonly store: LocalStore;
  readonly shared: SharedAlertActs;
  readonly keyValue: KeyValueStore;
  readonly settings: Settings;
  readonly session: () => Session;
  readonly trail: AuditTrail;
  readonly announcer: Announcer;
  readonly board: Pick<StatusBoard, 'status'>;
  readonly log: Log;
  readonly countsChanged: () => void;
  readonly consider: (alerts: readonly Alert[]) => void;
  /** The shared record decided otherwise: its row is to be read again. */
  readonly reread: (alertIds: readonly string[]) => void;
}): Promise<ComposedAlerts> {
  const { store, shared, keyValue, announcer, log, countsChanged } = options;
  const unexpected = (message: string) => (error: unknown) => log.error({ error }, message);

  const announceAlerts = (alerts: readonly Alert[]): void =>
    announcer.announce(alerts.map((alert) => ({ kind: 'alert', alert })));
  const acknowledgement = createAcknowledgement({
    shared,
    local: store,
    onProvisional: (alert) => {
      announceAlerts([alert]);
      countsChanged();
    },
    onTakenBack: (alert) => {
      announceAlerts([alert]);
      countsChanged();
      options.consider([alert]);
      // Sends what is kept as soon as the shared record can be asked.
      options.reread([alert.id]);
    },
    onSettled: (alertId) => options.reread([alertId]),
    onRefused: (alertId, act, reason, alert) => {
      log.warn({ alertId, act, reason }, 'what was kept of an acknowledgement was refused');
      if (alert) {
        announceAlerts([alert]);
        countsChanged();
      }
      options.reread([alertId]);
    },
  });
  const guidance = await createGuidanceBook({
    record: shared,
    local: keyValue,
    onFault: (message, fields) => log.error(fields, message),
  });
  const refreshGuidance = (): void => {
    guidance.refresh().catch(unexpected('the guidance could not be read'));
  };

  const sound = createSoundController({
    keyValue,
    trail: options.trail,
    settings: options.settings,
    session: options.session,
    clock: { now: Date.now, monotonic: () => performance.now() },
    log,
    onState: (state) => announcer.announce([{ kind: 'sound', sound: state }]),
  });
  announcer.onChanges((changes) => sound.changed(changes));
  sound.changed([{ kind: 'status', status: options.board.status() }]);

  /** Those that are active and nobody's, however many there are, a page at a time. */
  async function forWaiting(take: (page: readonly Alert[]) => void): Promise<void> {
    let cursor: string | undefined;
    do {
      const page = await store.listAlerts({ state: 'active-unacknowledged', limit: pageAlerts, cursor });
      take(page.items);
      cursor = page.cursor;
    } while (cursor !== undefined);
  }
  const compareSound = (): void => {
    void sound.compare(async () => {
      const alerts: Alert[] = [];
      await forWaiting((page) => alerts.push(...page));
      return alerts;
    });
  };
  // What rang when the program ended rings again.
  compareSound();

  let shelvesSince = 0;
  async function lookForShelves(): Promise<void> {
    const { now, alerts } = await store.shelvesEnded(shelvesSince);
    shelvesSince = now;
    if (alerts.length === 0) return;
    announceAlerts(alerts);
    countsChanged();
    options.consider(alerts);
  }
  const shelfTimer = setInterval(() => {
    lookForShelves().catch(unexpected('looking for shelves that ended failed'));
  }, shelfMs);

  const exportAlerts = createAlertExport({ reads: store, openFile: openAlertFile, trail: options.trail });
  return {
    handlers: {
      ...alertHandlers({ reads: store, acknowledgement, shared, guidance }),
      ...soundHandlers(sound),
    },
    sound,
    exportAlerts: (filter, path, caller) => exportAlerts(filter, path, actOf(caller)),
    reconcile: () => acknowledgement.reconcile(),
    tellAgain: () => forWaiting(options.consider),
    databaseBack: refreshGuidance,
    filled: compareSound,
    changed(abouts) {
      if (abouts.includes('guidance')) refreshGuidance();
    },
    stop() {
      clearInterval(shelfTimer);
      sound.stop();
    },
  };
}
