import { app, powerMonitor } from 'electron';
import type { Session } from 'electron';
import { events } from '../contract/methods.ts';
import { createLivePublisher } from '../main/api/live.ts';
import type { Core, Log } from '../main/core.ts';
import { createAlerting } from './alerting.ts';
import { followSession } from './follow-session.ts';
import { createAlertExport } from './ipc/alert-export.ts';
import { createAuditExport } from './ipc/audit-export.ts';
import { chooseExportFile } from './ipc/choose-export-file.ts';
import { createProgramHandlers, createWindowHandlers } from './ipc/shell-handlers.ts';
import { createMenuKeeper } from './menu/menu-keeper.ts';

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
    onOpened() {
      keeper.opened();
      showMenu();
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

  const programHandlers = createProgramHandlers({
    preferences,
    logDirectory: options.logDirectory,
    schemaVersion: () => core.schemaVersion(),
  });
  const showMenu = createMenuKeeper({
    core,
    windows,
    preferences,
    openLogs: programHandlers['diagnostics.openLogs'],
    onZoom: zoom,
    log,
  });

  const stopSession = followSession(core, (current) => {
    windows.broadcast(events.session, current);
    showMenu();
    alerting.refresh();
  });
  preferences.onChange((current) => {
    windows.broadcast(events.preferences, current);
    showMenu();
    alerting.refresh();
  });

  const alerting = createAlerting({
    core,
    session,
    windows,
    preferences,
    log,
    monotonic,
    onSoundWindowGone: options.onWindowGone,
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
    handlers: {
      ...core.handlers,
      ...programHandlers,
      ...createWindowHandlers(windows, publisher),
      ...createAuditExport({
        core,
        firstFolder: () => app.getPath('documents'),
        choose: chooseExportFile(windows.find, texts, 'auditExport'),
        log,
      }),
      ...createAlertExport({
        core,
        firstFolder: () => app.getPath('documents'),
        choose: chooseExportFile(windows.find, texts, 'alertExport'),
        log,
      }),
      ...alerting.handlers,
    },
    find: (id) => windows.find(id) ?? alerting.findSoundWindow(id),
    session: () => core.session(),
    language: () => preferences.current().language,
    refused: (refusal) => {
      core.refused(refusal);
    },
    comeForward(link) {
      if (!link) windows.bringForward('system');
      else if ('alertId' in link) alerting.openAlertById(link.alertId);
      else windows.openCar(link, false);
    },
    freeze() {
      alerting.stop();
      keeper.freeze().catch(failed('the places of the windows could not be saved'));
    },
    restore() {
      const system = windows.openSystem(layout.windows.find(({ kind }) => kind === 'system'));
      alerting.start(system);
      if (options.safeMode) return;
      for (const saved of layout.windows) if (saved.kind !== 'system') windows.restore(saved);
      // Not before the first window is there: it would take its time from it.
      system.window.webContents.once('did-finish-load', () => {
        windows.prepareSpare();
      });
    },
    async stop() {
      alerting.stop();
      stopSession();
      publisher.stop();
      await keeper.freeze();
      await core.stop();
    },
  };
}
