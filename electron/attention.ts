import { app } from 'electron';
import type { AlertCounts } from '../contract/domain.ts';
import { trayImage } from './tray/tray.ts';
import { trayState } from './tray/tray-menu.ts';
import type { WindowRecord } from './windows/window-record.ts';

export interface Attention {
  /** A critical alert came: the frame of the system view flashes until somebody looks or everything is taken. */
  critical(): void;
  counts(counts: AlertCounts): void;
}

/** What the desktop itself shows of unacknowledged alerts: badge or overlay in the task bar, flashing of the frame. */
export function createAttention(windows: () => readonly WindowRecord[]): Attention {
  const system = () =>
    windows().find(({ kind, window }) => kind === 'system' && !window.isDestroyed())?.window;
  let flashing = false;

  const stop = () => {
    if (!flashing) return;
    flashing = false;
    system()?.flashFrame(false);
  };
  app.on('browser-window-focus', stop);

  return {
    critical() {
      if (windows().some(({ window }) => window.isFocused())) return;
      flashing = true;
      system()?.flashFrame(true);
    },
    counts(counts) {
      const unacknowledged = counts.criticalUnacknowledged + counts.warningUnacknowledged;
      app.setBadgeCount(unacknowledged);
      if (unacknowledged === 0) stop();
      if (process.platform !== 'win32') return;
      const overlay = unacknowledged === 0 ? null : trayImage(trayState(counts), false);
      system()?.setOverlayIcon(overlay, String(unacknowledged));
    },
  };
}
