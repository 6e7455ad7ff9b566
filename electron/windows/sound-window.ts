import type { BrowserWindow, Session } from 'electron';
import { events } from '../../contract/methods.ts';
import type { SoundCommand } from '../../contract/results.ts';
import type { Core, Log } from '../../main/core.ts';
import { createWindow, windowAddress } from './create-window.ts';
import { crashLoopCount, recentCrashes } from './crash-loop.ts';
import type { WindowRecord } from './window-record.ts';

/** A page that was told to play and says nothing for so long hangs. */
const answersWithinMs = 5_000;
/** A program that ends closes all its windows: one that is opened in between would keep it from ending. */
const settleMs = 250;
/** Until the next try after its process went again and again: it is never given up. */
const patienceMs = 10_000;

export interface SoundWindowOptions {
  readonly session: Session;
  readonly core: Pick<Core, 'onSound' | 'soundWindowGone'>;
  readonly log: Log;
  readonly monotonic: () => number;
  /** Whether the program goes on: people have windows. */
  readonly isWanted: () => boolean;
  /** Its web contents will not call any more. */
  readonly onGone: (id: number) => void;
}

export interface SoundWindow {
  /** Opens it, once. */
  open(): void;
  find(id: number): WindowRecord | undefined;
  /** The page has spoken: it lives. */
  heard(): void;
  /** The program ends: it stays closed from here on. */
  stop(): void;
}

/**
 * The window that plays: hidden, in no list, layout or menu. It is a window of its own so that the sound goes on while
 * others are reloaded, minimised or closed, and it comes back whatever happens to it.
 */
export function createSoundWindow(options: SoundWindowOptions): SoundWindow {
  const { core, log } = options;
  let record: WindowRecord | undefined;
  let stopped = false;
  let silence: NodeJS.Timeout | undefined;

  const heard = (): void => {
    clearTimeout(silence);
    silence = undefined;
  };
  const gone = (): void => {
    heard();
    core.soundWindowGone();
  };

  function load(window: BrowserWindow): void {
    window.loadURL(windowAddress('sound')).catch((error: unknown) => {
      log.warn({ error }, 'the window that plays did not load');
    });
  }

  function restart(opened: WindowRecord): void {
    opened.crashes = recentCrashes(opened.crashes, options.monotonic());
    const wait = opened.crashes.length < crashLoopCount ? 0 : patienceMs;
    setTimeout(() => {
      if (!stopped && !opened.window.isDestroyed()) load(opened.window);
    }, wait);
  }

  function open(): void {
    if (stopped || record) return;
    const bounds = { x: 0, y: 0, width: 480, height: 320 };
    const window = createWindow(options.session, bounds, 'sound');
    window.setSkipTaskbar(true);
    const { webContents } = window;
    const opened: WindowRecord = {
      id: webContents.id,
      kind: 'sound',
      window,
      context: { following: false, number: 0, recovered: false },
      spare: false,
      home: { displayId: 0, bounds },
      opening: undefined,
      displaced: false,
      crashes: [],
    };
    record = opened;
    webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
      log.error({ reason, exitCode }, 'the process of the window that plays is gone');
      gone();
      restart(opened);
    });
    webContents.on('did-start-navigation', (event) => {
      if (event.isMainFrame && !event.isSameDocument) gone();
    });
    window.on('closed', () => {
      record = undefined;
      options.onGone(opened.id);
      if (stopped) return;
      gone();
      setTimeout(() => {
        if (options.isWanted()) open();
      }, settleMs);
    });
    load(window);
  }

  function send(command: SoundCommand): void {
    const window = record?.window;
    if (!window || window.isDestroyed()) return;
    window.webContents.send(events.sound, command);
    if (command.kind === 'stop') return;
    silence ??= setTimeout(() => {
      silence = undefined;
      if (window.isDestroyed()) return;
      log.error({}, 'the window that plays does not answer');
      window.webContents.forcefullyCrashRenderer();
    }, answersWithinMs);
  }
  const unsubscribe = core.onSound(send);

  return {
    open,
    find: (id) => (record?.id === id ? record : undefined),
    heard,
    stop() {
      if (stopped) return;
      stopped = true;
      heard();
      unsubscribe();
      if (record && !record.window.isDestroyed()) record.window.destroy();
    },
  };
}
