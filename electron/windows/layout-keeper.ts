import type { KeyValueStore, Log } from '../../main/core.ts';
import type { SavedLayout, SavedWindow } from './saved-layout.ts';
import { rememberHome } from './displays.ts';
import type { WindowRecord } from './window-record.ts';

export const layoutKey = 'windows.layout';
const settleMs = 400;

export interface LayoutKeeper {
  watch(record: WindowRecord): void;
  /** Saves in a moment. */
  changed(): void;
  /** Saves as soon as what is being done is done: a window more must not be lost with a program that is killed now. */
  opened(): void;
  /** From here on the windows close because the program ends: what was open stays saved. */
  freeze(): Promise<void>;
}

function describe(record: WindowRecord): SavedWindow | undefined {
  const { window, kind, home, opening } = record;
  if (kind === 'setup' || kind === 'sound' || record.spare || window.isDestroyed()) return undefined;
  const { passId, vehicleIndex, position, following, number, page } = record.context;
  return {
    kind,
    bounds: home.bounds,
    displayId: home.displayId,
    maximized: opening?.maximized ?? window.isMaximized(),
    fullScreen: opening?.fullScreen ?? window.isFullScreen(),
    context: { passId, vehicleIndex, position, following, number, page },
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
  let immediate: NodeJS.Immediate | undefined;
  let frozen = false;

  const save = async () => {
    clearTimeout(timer);
    clearImmediate(immediate);
    timer = undefined;
    immediate = undefined;
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
    if (frozen || timer || immediate) return;
    timer = setTimeout(() => void save(), settleMs);
  };

  const opened = () => {
    if (frozen || immediate) return;
    // A start opens its windows one after another: what is saved has all of them.
    immediate = setImmediate(() => void save());
  };

  return {
    watch(record) {
      let settling: NodeJS.Timeout | undefined;
      const moved = () => {
        // The desktop moves windows off a display that goes before it says so: that is nobody's wish.
        clearTimeout(settling);
        settling = setTimeout(() => {
          rememberHome(record);
          opened();
        }, settleMs);
      };
      record.window.on('show', moved);
      record.window.on('move', moved);
      record.window.on('resize', moved);
      record.window.on('enter-full-screen', changed);
      record.window.on('leave-full-screen', changed);
    },
    changed,
    opened,
    async freeze() {
      if (frozen) return;
      frozen = true;
      await save();
    },
  };
}
