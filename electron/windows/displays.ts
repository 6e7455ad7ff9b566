import { screen } from 'electron';
import type { Log } from '../../main/core.ts';
import { fitInto } from './placement.ts';
import type { WindowRecord } from './window-record.ts';
import { primaryArea } from './windows.ts';

/** A display that flickers off and on leaves its windows where they are. */
const settleMs = 1_500;

/** Remembers where a person puts the window, unless it was us or the loss of a display that moved it. */
export function rememberHome(record: WindowRecord): void {
  if (record.displaced || record.window.isDestroyed() || record.window.isMinimized()) return;
  const bounds = record.window.getNormalBounds();
  record.home = { displayId: screen.getDisplayMatching(record.window.getBounds()).id, bounds };
}

/** Windows of a display that goes move to the primary one after 1.5 s and return when it does (fault 55). */
export function watchDisplays(windows: () => readonly WindowRecord[], log: Log): void {
  let timer: NodeJS.Timeout | undefined;

  const rescue = () => {
    const area = primaryArea().workArea;
    for (const record of windows()) {
      if (!record.displaced || record.window.isDestroyed()) continue;
      record.window.setBounds(fitInto(record.home?.bounds ?? record.window.getBounds(), area));
    }
  };

  screen.on('display-removed', (_event, display) => {
    log.warn({ display: display.id }, 'a display is gone');
    for (const record of windows()) {
      if (record.home?.displayId === display.id) record.displaced = true;
    }
    clearTimeout(timer);
    timer = setTimeout(rescue, settleMs);
  });

  screen.on('display-added', (_event, display) => {
    log.info({ display: display.id }, 'a display is there');
    for (const record of windows()) {
      if (!record.displaced || record.home?.displayId !== display.id || record.window.isDestroyed()) continue;
      record.window.setBounds(record.home.bounds);
      record.displaced = false;
    }
  });
}
