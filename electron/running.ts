import { Menu, app, powerMonitor } from 'electron';
import type { Session } from 'electron';
import type { Alert } from '../contract/domain.ts';
import { events } from '../contract/methods.ts';
import { createLivePublisher } from '../main/api/live.ts';
import type { Core, Log } from '../main/core.ts';
import { createProgramHandlers, createWindowHandlers, describeProgram } from './ipc/shell-handlers.ts';
import { showAbout, showShortcuts } from './menu/about.ts';
import { buildMenu } from './menu/menu.ts';
import { createNotifier } from './notifications/notifier.ts';
import type { PreferenceKeeper } from './preferences.ts';
import type { Stage } from './stage.ts';
import { textsOf } from './texts/texts.ts';
import { watchDisplays } from './windows/displays.ts';
import { createLayoutKeeper, layoutKey } from './windows/layout-keeper.ts';
import { watchWindow } from './windows/recovery.ts';
import { readLayout } from './windows/saved-layout.ts';
import { createWindows } from './windows/windows.ts';

export interface RunningOptions {
  readonly core: Core;
  readonly session: Session;
  readonly preferences: PreferenceKeeper;
  readonly logDirectory: string;
  readonly log: Log;
  readonly monotonic: () => number;
  readonly safeMode: boolean;
  readonly onWindowGone: (id: number) => void;
}

export interface Running extends Stage {
  /** Opens what was open last time, the system view at least. */
  restore(): void;
}

/** The program with a core: windows, live changes, notifications, menu, places. */
export async function runWithCore(options: RunningOptions): Promise<Running> {
  const { core, session, preferences, log, monotonic } = options;
  const layout = readLayout(await core.keyValue.get(layoutKey));
  let zoomLevel = layout.zoomLevel;
  const texts = () => textsOf(preferences.current().language);
  const publisher = createLivePublisher(core, monotonic);

  const windows = createWindows({
    session,
    log,
    onCreated(record) {
      const { window } = record;
      const { webContents } = window;
      publisher.attach(record.id, (batch) => {
        if (!window.isDestroyed()) webContents.send(events.changes, batch);
      });
      watchWindow(record, { log, texts, monotonic, onPageGone: ({ id }) => publisher.reset(id) });
      keeper.watch(record);
      webContents.on('did-finish-load', () => {
        webContents.setZoomLevel(zoomLevel);
      });
    },
    onClosed({ id }) {
      publisher.detach(id);
      options.onWindowGone(id);
      // Only the spare is left: the person has closed everything.
      if (windows.shown().length === 0) app.quit();
    },
    onChanged() {
      keeper.changed();
      showMenu();
    },
  });
  const keeper = createLayoutKeeper(core.keyValue, windows.shown, () => zoomLevel, log);

  const zoom = (change: 'in' | 'out' | 'reset') => {
    const next = change === 'reset' ? 0 : zoomLevel + (change === 'in' ? 0.5 : -0.5);
    zoomLevel = Math.min(4, Math.max(-2, next));
    for (const { window } of windows.shown()) window.webContents.setZoomLevel(zoomLevel);
    keeper.changed();
  };

  const failed = (what: string) => (error: unknown) => {
    log.warn({ error }, what);
  };

  let menuShows = '';
  const showMenu = () => {
    const entries = windows.shown().map(({ kind, context, window }) => ({
      kind,
      number: context.number,
      focus: () => {
        if (window.isMinimized()) window.restore();
        window.focus();
      },
    }));
    const current = preferences.current();
    const shows = JSON.stringify([current, entries]);
    if (shows === menuShows) return;
    menuShows = shows;
    const { language } = current;
    Menu.setApplicationMenu(
      buildMenu({
        preferences: current,
        windows: entries,
        onPreferences: (change) => {
          preferences.change(change).catch(failed('a preference could not be kept'));
        },
        onNewCar: () => windows.openCar(undefined, true),
        onZoom: zoom,
        onAbout: () => {
          showAbout(describeProgram(core.schemaVersion()), language).catch(
            failed('the about box did not show'),
          );
        },
        onShortcuts: () => {
          showShortcuts(language).catch(failed('the shortcuts did not show'));
        },
        onLogs: () => {
          const open = programHandlers['diagnostics.openLogs'];
          void open({}, systemCaller(core)).catch(failed('the log folder did not open'));
        },
      }),
    );
  };

  const programHandlers = createProgramHandlers({
    preferences,
    logDirectory: options.logDirectory,
    schemaVersion: () => core.schemaVersion(),
  });

  preferences.onChange((current) => {
    windows.broadcast(events.preferences, current);
    showMenu();
  });

  const openAlert = (alert: Alert | undefined) => {
    if (alert?.passId === undefined || alert.vehicleIndex === undefined) {
      windows.bringForward('system');
      return;
    }
    const { passId, vehicleIndex, position } = alert;
    windows.openCar({ passId, vehicleIndex, position }, false);
  };

  const notify = createNotifier({
    core,
    preferences: preferences.current,
    monotonic,
    log,
    onOpen: openAlert,
  });
  const unsubscribeAlerts = core.onAlert((alert) => {
    notify(alert);
    const system = windows.shown().find(({ kind }) => kind === 'system');
    if (
      alert.severity === 'critical' &&
      system &&
      !windows.shown().some(({ window }) => window.isFocused())
    ) {
      system.window.flashFrame(true);
    }
  });
  const unsubscribeCounts = core.onChanges((changes) => {
    for (const change of changes) {
      if (change.kind !== 'counts') continue;
      app.setBadgeCount(change.counts.criticalUnacknowledged + change.counts.warningUnacknowledged);
    }
  });

  app.on('child-process-gone', (_event, { type, reason, exitCode, name }) => {
    log.error({ type, reason, exitCode, name }, 'a helper process is gone');
    if (type === 'GPU') core.setWarning('gpu-process-gone', true);
  });
  watchDisplays(windows.shown, log);
  powerMonitor.on('shutdown', () => {
    app.quit();
  });
  if (options.safeMode) core.setWarning('safe-mode', true);

  return {
    handlers: { ...core.handlers, ...programHandlers, ...createWindowHandlers(windows, publisher) },
    find: windows.find,
    session: () => core.session(),
    language: () => preferences.current().language,
    refused: (refusal) => {
      core.refused(refusal);
    },
    comeForward(link) {
      if (link) windows.openCar(link, false);
      else windows.bringForward('system');
    },
    freeze() {
      keeper.freeze().catch(failed('the places of the windows could not be saved'));
    },
    restore() {
      const system = windows.openSystem(layout.windows.find(({ kind }) => kind === 'system'));
      if (options.safeMode) return;
      for (const saved of layout.windows) if (saved.kind === 'car') windows.restoreCar(saved);
      // Not before the first window is there: it would take its time from it.
      system.window.webContents.once('did-finish-load', () => {
        windows.prepareSpare();
      });
    },
    async stop() {
      unsubscribeAlerts();
      unsubscribeCounts();
      publisher.stop();
      await keeper.freeze();
      await core.stop();
    },
  };
}

/** A menu item is the person at this workstation, in no window. */
const systemCaller = (core: Core) => ({
  windowId: 0,
  kind: 'system' as const,
  session: core.session(),
  at: Date.now(),
  correlationId: 'menu',
});
