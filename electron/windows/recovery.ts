import { dialog } from 'electron';
import type { Log } from '../../main/core.ts';
import type { Texts } from '../texts/texts.ts';
import { shellPageAddress } from '../security/application-scheme.ts';
import { windowAddress } from './create-window.ts';
import { crashLoopCount, recentCrashes } from './crash-loop.ts';
import type { WindowRecord } from './window-record.ts';

export interface RecoveryOptions {
  readonly log: Log;
  readonly texts: () => Texts;
  readonly monotonic: () => number;
  /** The page is gone: whatever was being sent to it must begin anew. */
  readonly onPageGone: (record: WindowRecord) => void;
}

/** Loads the window's page again with what it showed (fault 49). */
export function reloadWithContext(record: WindowRecord, log: Log): void {
  record.context = { ...record.context, recovered: true };
  record.window.loadURL(windowAddress(record.kind)).catch((error: unknown) => {
    log.warn({ error, kind: record.kind }, 'a window did not load again');
  });
}

/** Brings a window back whose process went or hangs; a loop of crashes ends in a plain page (faults 49, 50). */
export function watchWindow(record: WindowRecord, options: RecoveryOptions): void {
  const { window, kind } = record;
  const { log } = options;

  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    log.error({ kind, reason, exitCode }, 'the process of a window is gone');
    options.onPageGone(record);
    if (window.isDestroyed() || reason === 'clean-exit') return;
    record.crashes = recentCrashes(record.crashes, options.monotonic());
    if (record.crashes.length < crashLoopCount) {
      reloadWithContext(record, log);
      return;
    }
    window.loadURL(shellPageAddress('crash-loop')).catch((error: unknown) => {
      log.error({ error, kind }, 'not even the plain page loads');
    });
  });

  window.webContents.on('did-start-navigation', (event) => {
    if (event.isMainFrame && !event.isSameDocument) options.onPageGone(record);
  });

  let asked: AbortController | undefined;
  window.on('unresponsive', () => {
    log.warn({ kind }, 'a window does not answer');
    if (asked) return;
    const question = new AbortController();
    asked = question;
    const texts = options.texts();
    // Without a parent window, so that it blocks nothing.
    dialog
      .showMessageBox({
        type: 'warning',
        message: texts.unresponsive.message,
        buttons: [texts.unresponsive.wait, texts.unresponsive.reload],
        defaultId: 0,
        cancelId: 0,
        signal: question.signal,
      })
      .then(({ response }) => {
        if (response === 1 && !window.isDestroyed()) window.webContents.forcefullyCrashRenderer();
      })
      .catch((error: unknown) => {
        log.warn({ error }, 'the question about a window could not be asked');
      })
      .finally(() => {
        asked = undefined;
      });
  });
  window.on('responsive', () => {
    log.info({ kind }, 'the window answers again');
    asked?.abort();
  });
}
