import { screen } from 'electron';
import type { Log } from '../../main/core.ts';
import { fitInto } from './placement.ts';
import type { Rectangle } from './placement.ts';
import type { WindowRecord } from './window-record.ts';
import { primaryArea } from './windows.ts';

/** A display that flickers off and on leaves its windows where they are. */
const settleMs = 1_500;

const centreIsOn = (bounds: Rectangle, display: Rectangle): boolean => {
  const x = bounds.x + bounds.width / 2;
  const y = bounds.y + bounds.height / 2;
  return x >= display.x && x < display.x + display.width && y >= display.y && y < display.y + display.height;
};

/** Remembers where a person puts the window, unless it was us or the loss of a display that moved it. */
export function rememberHome(record: WindowRecord): void {
  if (record.displaced || record.opening || record.window.isDestroyed() || record.window.isMinimized())
    return;
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
      record.window.setBounds(fitInto(record.home.bounds, area));
    }
  };

  screen.on('display-removed', (_event, display) => {
    log.warn({ display: display.id }, 'a display is gone');
    for (const record of windows()) {
      if (record.displaced || record.window.isDestroyed()) continue;
      const bounds = record.window.getNormalBounds();
      // Moved there so recently that it has not been remembered yet.
      const justThere = centreIsOn(bounds, display.bounds);
      if (justThere) record.home = { displayId: display.id, bounds };
      record.displaced = justThere || record.home.displayId === display.id;
    }
    clearTimeout(timer);
    timer = setTimeout(rescue, settleMs);
  });

  screen.on('display-added', (_event, display) => {
    log.info({ display: display.id }, 'a display is there');
    for (const record of windows()) {
      if (!record.displaced || record.home.displayId !== display.id || record.window.isDestroyed()) continue;
      record.window.setBounds(record.home.bounds);
      record.displaced = false;
    }
  });
}
