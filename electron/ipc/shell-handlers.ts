import { app, shell } from 'electron';
import { failure, success } from '../../contract/errors.ts';
import type { About } from '../../contract/results.ts';
import type { LivePublisher } from '../../main/api/live.ts';
import type { Handlers, ShellMethods } from '../../main/core.ts';
import type { PreferenceKeeper } from '../preferences.ts';
import type { Windows } from '../windows/windows.ts';

type DiagnosticMethods = Extract<ShellMethods, `diagnostics.${string}` | `preferences.${string}`>;

const gone = failure('not-found', 'the window is gone');

export function describeProgram(schema: number | undefined): About {
  return {
    application: app.getVersion(),
    electron: process.versions.electron,
    chromium: process.versions.chrome,
    node: process.versions.node,
    schema,
    commit: process.env['VICORE_COMMIT'],
  };
}

/** What every window may ask, with a core or without. */
export function createProgramHandlers(options: {
  readonly preferences: PreferenceKeeper;
  readonly logDirectory: string;
  readonly schemaVersion: () => number | undefined;
}): Handlers<DiagnosticMethods> {
  return {
    'preferences.get': () => Promise.resolve(success(options.preferences.current())),
    'preferences.set': async (input) => success(await options.preferences.change(input)),
    'diagnostics.about': () => Promise.resolve(success(describeProgram(options.schemaVersion()))),
    'diagnostics.openLogs': async () => {
      // A folder of ours, never a path from a window (docs/security.md point 15).
      const problem = await shell.openPath(options.logDirectory);
      return problem === '' ? success({ path: options.logDirectory }) : failure('internal', problem);
    },
  };
}

/** What concerns windows and what is sent to them. */
export function createWindowHandlers(
  windows: Windows,
  publisher: LivePublisher,
): Handlers<Exclude<ShellMethods, DiagnosticMethods | 'audit.export' | 'alerts.export'>> {
  return {
    'monitoring.snapshot': async ({ passId }, caller) =>
      success(await publisher.snapshot(caller.windowId, passId)),
    'monitoring.received': ({ sequence }, caller) => {
      publisher.received(caller.windowId, sequence);
      return Promise.resolve(success({}));
    },
    'windows.context': (_input, caller) => {
      const record = windows.find(caller.windowId);
      return Promise.resolve(record ? success(record.context) : gone);
    },
    'windows.openCar': ({ newWindow, ...target }) => {
      const record = windows.openCar(target, newWindow ?? false);
      return Promise.resolve(success({ number: record.context.number }));
    },
    'windows.openAdmin': ({ page }) => {
      windows.openAdmin(page);
      return Promise.resolve(success({}));
    },
    'windows.setContext': (input, caller) => {
      const context = windows.setContext(caller.windowId, input);
      return Promise.resolve(context ? success(context) : gone);
    },
  };
}
