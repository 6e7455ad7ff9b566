import { Menu, Tray, nativeImage } from 'electron';
import type { NativeImage } from 'electron';
import type { Log } from '../../main/core.ts';
import { drawTrayIcon } from './tray-icon.ts';
import type { TrayState } from './tray-icon.ts';
import { isMute, trayMenu, trayState, trayTooltip } from './tray-menu.ts';
import type { TrayActs, TrayFacts } from './tray-menu.ts';

/** Pixels a point: the icon is sharp on dense displays, and small enough for others. */
const scaleFactor = 2;

export interface TrayKeeper {
  show(facts: TrayFacts): void;
  /** The icon goes; nothing is shown after this. */
  stop(): void;
}

const images = new Map<string, NativeImage>();

/** The icon as an image, drawn once for each state. */
export function trayImage(state: TrayState, mute: boolean): NativeImage {
  const key = `${state} ${mute}`;
  const known = images.get(key);
  if (known) return known;
  const { width, height, pixels } = drawTrayIcon(state, mute);
  const image = nativeImage.createFromBitmap(pixels, { width, height, scaleFactor });
  images.set(key, image);
  return image;
}

/** The icon in the desktop's tray: state and counts with all windows minimised. A desktop without a tray has none. */
export function createTray(acts: TrayActs, log: Log): TrayKeeper {
  let tray: Tray | undefined;
  let stopped = false;
  let shows = '';

  function trayNow(image: NativeImage): Tray | undefined {
    if (tray) return tray;
    try {
      tray = new Tray(image);
      tray.on('click', acts.onOpen);
    } catch (error) {
      stopped = true;
      log.warn({ error }, 'this desktop has no tray');
    }
    return tray;
  }

  return {
    show(facts) {
      const next = JSON.stringify(facts);
      if (stopped || next === shows) return;
      shows = next;
      const image = trayImage(trayState(facts.counts), isMute(facts.sound));
      const icon = trayNow(image);
      if (!icon) return;
      icon.setImage(image);
      icon.setToolTip(trayTooltip(facts));
      icon.setContextMenu(Menu.buildFromTemplate(trayMenu(facts, acts)));
    },
    stop() {
      stopped = true;
      tray?.destroy();
      tray = undefined;
    },
  };
}
