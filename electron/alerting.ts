import { app } from 'electron';
import type { Session } from 'electron';
import type { Alert, AlertCounts, SoundState } from '../contract/domain.ts';
import type { Core, Handlers, Log } from '../main/core.ts';
import { createAttention } from './attention.ts';
import { callerOf, createPersonRun } from './menu/person.ts';
import { mayAdminister } from './menu/session-menu.ts';
import { createNotifier } from './notifications/notifier.ts';
import type { PreferenceKeeper } from './preferences.ts';
import { createTray } from './tray/tray.ts';
import { createSoundWindow } from './windows/sound-window.ts';
import type { WindowRecord } from './windows/window-record.ts';
import type { Windows } from './windows/windows.ts';

/** A first window that has not loaded by then is not waited for: the sound does not depend on it. */
const soundAtLatestMs = 3_000;

export interface AlertingOptions {
  readonly core: Core;
  readonly session: Session;
  readonly windows: Windows;
  readonly preferences: PreferenceKeeper;
  readonly log: Log;
  readonly monotonic: () => number;
  readonly onSoundWindowGone: (id: number) => void;
}

export interface Alerting {
  readonly handlers: Handlers<'sound.report'>;
  /** Opens the window that plays, once the first one is there; safe mode has it too. */
  start(first: WindowRecord): void;
  findSoundWindow(id: number): WindowRecord | undefined;
  /** Brings the car view forward at the alert's spring. */
  openAlertById(alertId: string): void;
  /** Session or preferences changed. */
  refresh(): void;
  stop(): void;
}

const noCounts: AlertCounts = {
  criticalUnacknowledged: 0,
  warningUnacknowledged: 0,
  acknowledged: 0,
  shelved: 0,
};

/** How alerts reach people outside of the windows: sound, notifications, task bar, tray, links. */
export function createAlerting(options: AlertingOptions): Alerting {
  const { core, windows, preferences, log, monotonic } = options;
  const run = createPersonRun(core, log);
  const attention = createAttention(windows.shown);
  const sound = createSoundWindow({
    session: options.session,
    core,
    log,
    monotonic,
    isWanted: () => windows.shown().length > 0,
    onGone: options.onSoundWindowGone,
  });
  let stopped = false;
  let counts = noCounts;
  let soundState: SoundState | undefined;
  let timeZone: string | undefined;

  const openAlert = (alert: Alert | undefined) => {
    if (alert?.passId === undefined) {
      windows.bringForward('system');
      return;
    }
    const { passId, vehicleIndex, position } = alert;
    if (vehicleIndex === undefined) windows.showPass(passId);
    else windows.openCar({ passId, vehicleIndex, position }, false);
  };

  const tray = createTray(
    {
      onOpen: () => {
        windows.bringForward('system');
      },
      onSilence: () => {
        run('the sound could not be silenced', (person) => core.handlers['alerts.silence']({}, person));
      },
      onQuit: () => {
        app.quit();
      },
      onSession: (act) => {
        run('a choice of the tray failed', (person) => core.handlers[act]({}, person));
      },
      onAdmin: () => {
        // The rights may have gone while the menu was open.
        if (mayAdminister(core.session())) windows.openAdmin(undefined);
      },
    },
    log,
  );
  const refresh = () => {
    const { language } = preferences.current();
    if (!stopped) tray.show({ counts, sound: soundState, session: core.session(), language, timeZone });
  };
  const setCounts = (next: AlertCounts) => {
    counts = next;
    attention.counts(next);
  };

  const notifier = createNotifier({
    core,
    preferences: preferences.current,
    monotonic,
    log,
    onOpen: openAlert,
  });
  const unsubscribeAlerts = core.onAlert((alert) => {
    notifier.notify(alert);
    if (alert.severity === 'critical') attention.critical();
  });
  const unsubscribeChanges = core.onChanges((changes) => {
    const alerts = changes.flatMap((change) => (change.kind === 'alert' ? [change.alert] : []));
    if (alerts.length > 0) notifier.changed(alerts);
    for (const change of changes) {
      if (change.kind === 'counts') setCounts(change.counts);
      else if (change.kind === 'sound') soundState = change.sound;
      else if (change.kind === 'status') timeZone = change.status.timeZone;
    }
    if (changes.some(({ kind }) => kind === 'counts' || kind === 'sound')) refresh();
  });

  return {
    handlers: {
      'sound.report': (report, caller) => {
        sound.heard();
        return core.handlers['sound.report'](report, caller);
      },
    },
    start(first) {
      const open = () => {
        if (stopped) return;
        sound.open();
        refresh();
      };
      first.window.webContents.once('did-finish-load', open);
      setTimeout(open, soundAtLatestMs);
      core.snapshot(undefined).then(
        (snapshot) => {
          soundState ??= snapshot.sound;
          timeZone ??= snapshot.status.timeZone;
          if (counts === noCounts) setCounts(snapshot.counts);
          refresh();
        },
        (error: unknown) => {
          log.warn({ error }, 'the tray does not know the counts yet');
        },
      );
    },
    findSoundWindow: sound.find,
    openAlertById(alertId) {
      run('the alert of a link could not be read', async () => {
        const found = await core.handlers['alerts.get']({ alertId }, callerOf(core));
        openAlert(found.ok ? found.value.alert : undefined);
        return found;
      });
    },
    refresh,
    stop() {
      if (stopped) return;
      stopped = true;
      unsubscribeAlerts();
      unsubscribeChanges();
      sound.stop();
      tray.stop();
    },
  };
}
