import type { KeyValueStore, Log } from '../../main/core.ts';
import type { SavedLayout, SavedWindow } from './saved-layout.ts';
import { rememberHome } from './displays.ts';
import type { WindowRecord } from './window-record.ts';

export const layoutKey = 'windows.layout';
const settleMs = 400;

export interface LayoutKeeper {
  watch(record: WindowRecord): void;
  changed(): void;
  /** From here on the windows close because the program ends: what was open stays saved. */
  freeze(): Promise<void>;
}

function describe(record: WindowRecord): SavedWindow | undefined {
  const { window, kind, home } = record;
  if (kind === 'setup' || record.spare || window.isDestroyed() || !home) return undefined;
  const { passId, vehicleIndex, position, following, number } = record.context;
  return {
    kind,
    bounds: home.bounds,
    displayId: home.displayId,
    maximized: window.isMaximized(),
    fullScreen: window.isFullScreen(),
    context: { passId, vehicleIndex, position, following, number },
  };
}

/** Saves places and contexts a moment after they changed, so that even a killed program starts with its windows (fault 47). */
export function createLayoutKeeper(
  store: KeyValueStore,
  windows: () => readonly WindowRecord[],
  zoomLevel: () => number,
  log: Log,
): LayoutKeeper {
  let timer: NodeJS.Timeout | undefined;
  let frozen = false;

  const save = async () => {
    timer = undefined;
    const saved = windows().flatMap((record) => describe(record) ?? []);
    const layout: SavedLayout = { zoomLevel: zoomLevel(), windows: saved };
    try {
      await store.set(layoutKey, JSON.stringify(layout));
      log.debug({ windows: saved.map(({ bounds }) => bounds) }, 'the places of the windows are saved');
    } catch (error) {
      log.warn({ error }, 'the places of the windows could not be saved');
    }
  };

  const changed = () => {
    if (frozen || timer) return;
    timer = setTimeout(() => void save(), settleMs);
  };

  return {
    watch(record) {
      const moved = () => {
        setTimeout(() => {
          rememberHome(record);
          changed();
        }, settleMs);
      };
      record.window.on('show', moved);
      record.window.on('move', moved);
      record.window.on('resize', moved);
      record.window.on('enter-full-screen', changed);
      record.window.on('leave-full-screen', changed);
    },
    changed,
    async freeze() {
      if (frozen) return;
      frozen = true;
      clearTimeout(timer);
      await save();
    },
  };
}
