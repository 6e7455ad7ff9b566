import { Menu } from 'electron';
import type { Core, Handlers, Log } from '../../main/core.ts';
import { describeProgram } from '../ipc/shell-handlers.ts';
import type { PreferenceKeeper } from '../preferences.ts';
import type { Windows } from '../windows/windows.ts';
import { showAbout, showShortcuts } from './about.ts';
import { buildMenu } from './menu.ts';
import type { MenuOptions } from './menu.ts';
import { createPersonRun } from './person.ts';
import { mayAdminister } from './session-menu.ts';

export interface MenuKeeperOptions {
  readonly core: Core;
  readonly windows: Windows;
  readonly preferences: PreferenceKeeper;
  readonly openLogs: Handlers<'diagnostics.openLogs'>['diagnostics.openLogs'];
  readonly onZoom: MenuOptions['onZoom'];
  readonly log: Log;
}

/** Keeps the native menu as it should be: call what is returned when windows, preferences or session changed. */
export function createMenuKeeper(options: MenuKeeperOptions): () => void {
  const { core, windows, preferences, log } = options;

  const run = createPersonRun(core, log);
  const failed = (what: string) => (error: unknown) => {
    log.warn({ error }, what);
  };

  const build = (entries: MenuOptions['windows']): Menu => {
    const current = preferences.current();
    const { language } = current;
    return buildMenu({
      preferences: current,
      windows: entries,
      session: core.session(),
      onSession: (act) => {
        run('a choice of the session menu failed', (person) => core.handlers[act]({}, person));
      },
      onAdmin: () => {
        // The rights may have gone while the menu was open.
        if (mayAdminister(core.session())) windows.openAdmin(undefined);
      },
      onPreferences: (change) => {
        preferences.change(change).catch(failed('a preference could not be kept'));
      },
      onNewCar: () => windows.openCar(undefined, true),
      onZoom: options.onZoom,
      onAbout: () => {
        showAbout(describeProgram(core.schemaVersion()), language).catch(
          failed('the about box did not show'),
        );
      },
      onShortcuts: () => {
        showShortcuts(language).catch(failed('the shortcuts did not show'));
      },
      onLogs: () => {
        run('the log folder did not open', (person) => options.openLogs({}, person));
      },
    });
  };

  let shows = '';
  return () => {
    const entries = windows.shown().map(({ kind, context, window }) => ({
      kind,
      number: context.number,
      focus: () => {
        if (window.isMinimized()) window.restore();
        window.focus();
      },
    }));
    const { configured, signingIn, state, role } = core.session();
    const next = JSON.stringify([preferences.current(), entries, configured, signingIn, state, role]);
    if (next === shows) return;
    shows = next;
    Menu.setApplicationMenu(build(entries));
  };
}
