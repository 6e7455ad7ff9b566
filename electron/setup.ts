import type { Session } from 'electron';
import { events } from '../contract/methods.ts';
import type { Preferences } from '../contract/results.ts';
import type { Handlers, KeyValueStore, Log, SetupMethodName } from '../main/core.ts';
import { createProgramHandlers } from './ipc/shell-handlers.ts';
import { loadPreferences } from './preferences.ts';
import { nobody } from './stage.ts';
import type { Stage } from './stage.ts';
import { textsOf } from './texts/texts.ts';
import { watchWindow } from './windows/recovery.ts';
import { createWindows } from './windows/windows.ts';

export interface SetupOptions {
  readonly session: Session;
  readonly handlers: Handlers<SetupMethodName>;
  readonly preferences: Preferences;
  readonly logDirectory: string;
  readonly log: Log;
  readonly monotonic: () => number;
  /** The configuration was written. */
  readonly onSaved: () => void;
  readonly onWindowGone: (id: number) => void;
}

/** Nothing is kept before there is a data store to keep it in. */
function forgetfulStore(): KeyValueStore {
  return { get: () => Promise.resolve(undefined), set: () => Promise.resolve() };
}

/** The first run: one window that asks for the connections and tests them, and no core behind it. */
export async function openSetup(options: SetupOptions): Promise<Stage & { close(): void }> {
  const { log, monotonic } = options;
  const preferences = await loadPreferences(forgetfulStore(), options.preferences);
  const windows = createWindows({
    session: options.session,
    log,
    onCreated(record) {
      const texts = () => textsOf(preferences.current().language);
      watchWindow(record, { log, texts, monotonic, onPageGone: () => undefined });
    },
    onClosed: ({ id }) => {
      options.onWindowGone(id);
    },
    onOpened: () => undefined,
    onChanged: () => undefined,
  });
  preferences.onChange((current) => {
    windows.broadcast(events.preferences, current);
  });
  const record = windows.openSetup();
  return {
    handlers: {
      ...createProgramHandlers({
        preferences,
        logDirectory: options.logDirectory,
        schemaVersion: () => undefined,
      }),
      ...options.handlers,
      'setup.save': async (input, caller) => {
        const saved = await options.handlers['setup.save'](input, caller);
        // After the answer is on its way: the window that gets it is closed by what follows.
        if (saved.ok) setImmediate(options.onSaved);
        return saved;
      },
    },
    find: windows.find,
    session: () => nobody,
    language: () => preferences.current().language,
    refused: (refusal) => {
      log.warn({ ...refusal }, 'a call was refused');
    },
    comeForward: () => {
      windows.bringForward('setup');
    },
    freeze: () => undefined,
    stop: () => Promise.resolve(),
    close() {
      if (!record.window.isDestroyed()) record.window.destroy();
    },
  };
}
