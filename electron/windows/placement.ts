export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface DisplayArea {
  readonly id: number;
  readonly workArea: Rectangle;
}

/** How much of a window's top edge must be on a display, so that a person can take hold of it. */
const gripWidth = 120;
const gripHeight = 32;

const overlap = (a: number, aSize: number, b: number, bSize: number): number =>
  Math.min(a + aSize, b + bSize) - Math.max(a, b);

/** Whether a person can see the window's title and drag it. */
export function isReachable(bounds: Rectangle, displays: readonly DisplayArea[]): boolean {
  return displays.some(
    ({ workArea }) =>
      overlap(bounds.x, bounds.width, workArea.x, workArea.width) >= Math.min(gripWidth, bounds.width) &&
      bounds.y >= workArea.y - 1 &&
      bounds.y + gripHeight <= workArea.y + workArea.height,
  );
}

/** The same size where it fits, moved (and if need be shrunk) into the area. */
export function fitInto(bounds: Rectangle, area: Rectangle): Rectangle {
  const width = Math.min(bounds.width, area.width);
  const height = Math.min(bounds.height, area.height);
  return {
    x: Math.round(Math.min(Math.max(bounds.x, area.x), area.x + area.width - width)),
    y: Math.round(Math.min(Math.max(bounds.y, area.y), area.y + area.height - height)),
    width,
    height,
  };
}

/** Where a window opens: as saved when that can be reached, else moved onto the primary display; never off-screen. */
export function placeOnDisplays(
  saved: Rectangle | undefined,
  fallback: { readonly width: number; readonly height: number },
  displays: readonly DisplayArea[],
  primary: DisplayArea,
): Rectangle {
  if (saved && isReachable(saved, displays)) return saved;
  if (saved) return fitInto(saved, primary.workArea);
  const { workArea } = primary;
  const centred = {
    x: workArea.x + (workArea.width - fallback.width) / 2,
    y: workArea.y + (workArea.height - fallback.height) / 2,
    ...fallback,
  };
  return fitInto(centred, workArea);
}

/** A small window in the middle of the one that asked for it, wholly on a display; else in the middle of the primary. */
export function placeOver(
  asking: Rectangle | undefined,
  size: { readonly width: number; readonly height: number },
  displays: readonly DisplayArea[],
  primary: DisplayArea,
): Rectangle {
  if (!asking) return placeOnDisplays(undefined, size, displays, primary);
  const display = displays.find(({ workArea }) => contains(workArea, asking)) ?? primary;
  const x = asking.x + (asking.width - size.width) / 2;
  const y = asking.y + (asking.height - size.height) / 2;
  return fitInto({ x, y, ...size }, display.workArea);
}

const contains = (area: Rectangle, window: Rectangle): boolean => {
  const x = window.x + window.width / 2;
  const y = window.y + window.height / 2;
  return x >= area.x && x < area.x + area.width && y >= area.y && y < area.y + area.height;
};

/** A display on which none of the windows lies, for a live window that nobody has placed yet: it may fill it. */
export const emptyDisplay = (
  windows: readonly Rectangle[],
  displays: readonly DisplayArea[],
): DisplayArea | undefined =>
  displays.find(({ workArea }) => !windows.some((window) => contains(workArea, window)));
