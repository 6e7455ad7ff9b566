import { BrowserWindow, screen } from 'electron';
import type { Session } from 'electron';
import { events } from '../../contract/methods.ts';
import type { WindowKind } from '../../contract/methods.ts';
import type { AdminPage, WindowContext } from '../../contract/results.ts';
import type { Log } from '../../main/core.ts';
import type { CarLink } from '../deep-link.ts';
import { createWindow, windowAddress } from './create-window.ts';
import { emptyDisplay, placeOnDisplays } from './placement.ts';
import type { DisplayArea, Rectangle } from './placement.ts';
import type { SavedWindow } from './saved-layout.ts';
import { showWhenReady } from './show-when-ready.ts';
import type { WindowRecord } from './window-record.ts';

type Selection = Pick<WindowContext, 'passId' | 'vehicleIndex' | 'position'>;

export interface WindowsOptions {
  readonly session: Session;
  readonly log: Log;
  /** Called for each window when it is made, before its page is loaded. */
  readonly onCreated: (record: WindowRecord) => void;
  readonly onClosed: (record: WindowRecord) => void;
  /** A person has one more window; it may not be shown yet. */
  readonly onOpened: () => void;
  /** Bounds, contexts or the set of windows changed. */
  readonly onChanged: () => void;
}

export interface Windows {
  /** Windows a person has, in the order in which they were opened. */
  readonly shown: () => readonly WindowRecord[];
  readonly find: (id: number) => WindowRecord | undefined;
  openSystem(saved?: SavedWindow): WindowRecord;
  openSetup(): WindowRecord;
  /** Selects a pass in the system view and brings it forward. */
  showPass(passId: string): void;
  /** Reuses the window that follows, unless a new one is wanted. */
  openCar(target: CarLink | undefined, newWindow: boolean): WindowRecord;
  /** There is one at most: it comes forward, on that page when one is given. */
  openAdmin(page: AdminPage | undefined): WindowRecord;
  /** A car or admin window of the last time. */
  restore(saved: SavedWindow): WindowRecord;
  /** Makes the spare car window that lets the next one open at once. */
  prepareSpare(): void;
  /** What a window says it shows now; car windows that follow go with the system view's selection. */
  setContext(id: number, change: Partial<WindowContext>): WindowContext | undefined;
  bringForward(kind?: WindowKind): void;
  /** To every window, the spare included. */
  broadcast(channel: string, value: unknown): void;
}

/** Windows that people see; the one that plays is looked after in sound-window.ts. */
type ShownKind = Exclude<WindowKind, 'sound'>;

const sizes: Readonly<Record<ShownKind, { width: number; height: number }>> = {
  system: { width: 1600, height: 960 },
  car: { width: 1280, height: 860 },
  admin: { width: 1440, height: 900 },
  setup: { width: 900, height: 760 },
};

/** From a car view's opening to the making of the next spare one. */
const spareDelayMs = 1_000;

export const displayAreas = (): readonly DisplayArea[] =>
  screen.getAllDisplays().map(({ id, workArea }) => ({ id, workArea }));

export const primaryArea = (): DisplayArea => {
  const { id, workArea } = screen.getPrimaryDisplay();
  return { id, workArea };
};

export function createWindows(options: WindowsOptions): Windows {
  const records = new Map<number, WindowRecord>();
  const shown = () => [...records.values()].filter((record) => !record.spare);

  const make = (
    kind: ShownKind,
    context: WindowContext,
    bounds: Rectangle,
    { spare, saved }: { readonly spare: boolean; readonly saved?: SavedWindow | undefined },
  ): WindowRecord => {
    const window = createWindow(options.session, bounds, kind);
    const id = window.webContents.id;
    const record: WindowRecord = {
      id,
      kind,
      window,
      context,
      spare,
      home: { displayId: screen.getDisplayMatching(bounds).id, bounds },
      opening: { maximized: saved?.maximized ?? false, fullScreen: saved?.fullScreen ?? false },
      displaced: false,
      crashes: [],
    };
    records.set(id, record);
    window.on('closed', () => {
      records.delete(id);
      options.onClosed(record);
      options.onChanged();
    });
    options.onCreated(record);
    window.loadURL(windowAddress(kind)).catch((error: unknown) => {
      // A page that was replaced while it loaded (reload, closing) rejects as well; the crash handling sees real ones.
      options.log.warn({ error, kind }, 'a window did not load');
    });
    if (spare) return record;
    showWhenReady(window, () => {
      if (record.opening?.maximized) window.maximize();
      if (record.opening?.fullScreen) window.setFullScreen(true);
      record.opening = undefined;
    });
    // Where a window was is known from its first moment on (fault 47).
    options.onOpened();
    return record;
  };

  const place = (kind: ShownKind, saved: Rectangle | undefined): Rectangle => {
    const bounds = placeOnDisplays(saved, sizes[kind], displayAreas(), primaryArea());
    if (saved) return bounds;
    if (kind === 'system') return primaryArea().workArea;
    const windows = shown().map(({ window }) => window.getBounds());
    const free = windows.length > 0 ? emptyDisplay(windows, displayAreas()) : undefined;
    if (free && kind === 'car') return free.workArea;
    // Not over the trains, where there is another place.
    if (free && kind === 'admin') return placeOnDisplays(undefined, sizes[kind], [free], free);
    // Windows opened one after another do not cover each other's title.
    const step = 32 * (shown().filter((record) => record.kind === kind).length % 8);
    return placeOnDisplays(
      { ...bounds, x: bounds.x + step, y: bounds.y + step },
      sizes[kind],
      displayAreas(),
      primaryArea(),
    );
  };

  const lowestFreeNumber = (): number => {
    const used = new Set(shown().flatMap((record) => (record.kind === 'car' ? [record.context.number] : [])));
    let number = 1;
    while (used.has(number)) number += 1;
    return number;
  };

  const send = (record: WindowRecord, channel: string, value: unknown) => {
    if (!record.window.isDestroyed()) record.window.webContents.send(channel, value);
  };

  const changeContext = (record: WindowRecord, change: Partial<WindowContext>, tell: boolean) => {
    record.context = { ...record.context, ...change };
    if (tell) send(record, events.context, record.context);
    options.onChanged();
    return record.context;
  };

  const forward = ({ window }: WindowRecord) => {
    if (window.isMinimized()) window.restore();
    window.show();
    window.moveTop();
    window.focus();
  };

  const newCar = (selection: Selection): WindowRecord => {
    const context = { ...selection, following: true, number: lowestFreeNumber(), recovered: false };
    const spare = [...records.values()].find((record) => record.spare && !record.window.isDestroyed());
    if (!spare) {
      return make('car', context, place('car', undefined), { spare: false });
    }
    const bounds = place('car', undefined);
    spare.window.setBounds(bounds);
    spare.home = { displayId: screen.getDisplayMatching(bounds).id, bounds };
    spare.spare = false;
    spare.opening = undefined;
    changeContext(spare, context, true);
    options.onOpened();
    spare.window.show();
    // Not while this one is being drawn: another page that loads would take its time.
    setTimeout(() => {
      if (shown().length > 0) windows.prepareSpare();
    }, spareDelayMs);
    return spare;
  };

  const windows: Windows = {
    shown,
    find: (id) => records.get(id),

    openSystem(saved) {
      const context = { ...saved?.context, following: false, number: 1, recovered: false };
      return make('system', context, place('system', saved?.bounds), { spare: false, saved });
    },

    openSetup() {
      const context = { following: false, number: 1, recovered: false };
      return make('setup', context, place('setup', undefined), { spare: false });
    },

    openCar(target, newWindow) {
      const selection: Selection = {
        passId: target?.passId,
        vehicleIndex: target?.vehicleIndex,
        position: target?.position,
      };
      const follower = shown().find((record) => record.kind === 'car' && record.context.following);
      if (newWindow || !follower) {
        const record = newCar(selection);
        if (!newWindow) record.window.focus();
        return record;
      }
      changeContext(follower, selection, true);
      forward(follower);
      return follower;
    },

    showPass(passId) {
      const system = shown().find(({ kind }) => kind === 'system');
      if (!system) return;
      changeContext(system, { passId, vehicleIndex: undefined, position: undefined }, true);
      forward(system);
    },

    openAdmin(page) {
      const open = shown().find(({ kind }) => kind === 'admin');
      if (!open) {
        const context = { following: false, number: 1, recovered: false, page };
        return make('admin', context, place('admin', undefined), { spare: false });
      }
      if (page) changeContext(open, { page }, true);
      forward(open);
      return open;
    },

    restore(saved) {
      const context = { ...saved.context, recovered: false };
      return make(saved.kind, context, place(saved.kind, saved.bounds), { spare: false, saved });
    },

    prepareSpare() {
      if ([...records.values()].some((record) => record.spare)) return;
      make('car', { following: true, number: 0, recovered: false }, place('car', undefined), {
        spare: true,
      });
    },

    setContext(id, change) {
      const record = records.get(id);
      if (!record) return undefined;
      // The window stands again once it says what it shows.
      const context = changeContext(record, { ...change, recovered: false }, false);
      if (record.kind === 'system') {
        const { passId, vehicleIndex, position } = context;
        for (const other of shown()) {
          if (other.kind !== 'car' || !other.context.following) continue;
          changeContext(other, { passId, vehicleIndex, position }, true);
        }
      }
      return context;
    },

    bringForward(kind = 'system') {
      const all = shown();
      const record = all.find((candidate) => candidate.kind === kind) ?? all[0];
      if (record) forward(record);
      // Pages of main's own, such as the one for a bad configuration, have no record.
      else BrowserWindow.getAllWindows()[0]?.focus();
    },

    broadcast(channel, value) {
      for (const record of records.values()) send(record, channel, value);
    },
  };
  return windows;
}
