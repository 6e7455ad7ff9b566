import { describe, expect, test } from 'vitest';
import { emptyDisplay, fitInto, isReachable, placeOnDisplays, placeOver } from './placement.ts';
import type { DisplayArea } from './placement.ts';

const primary: DisplayArea = { id: 1, workArea: { x: 0, y: 28, width: 1920, height: 1052 } };
const right: DisplayArea = { id: 2, workArea: { x: 1920, y: 0, width: 1920, height: 1080 } };
const size = { width: 1280, height: 860 };

describe('a saved place', () => {
  test('is kept where its title can be reached, on any display', () => {
    const saved = { x: 2000, y: 100, width: 1200, height: 800 };
    expect(placeOnDisplays(saved, size, [primary, right], primary)).toEqual(saved);
  });

  test('is moved onto the primary display when its display is gone', () => {
    const saved = { x: 2000, y: 100, width: 1200, height: 800 };
    expect(placeOnDisplays(saved, size, [primary], primary)).toEqual({
      x: 720,
      y: 100,
      width: 1200,
      height: 800,
    });
  });

  test('is shrunk to a smaller display', () => {
    const saved = { x: 5000, y: -900, width: 3000, height: 2000 };
    expect(placeOnDisplays(saved, size, [primary], primary)).toEqual(primary.workArea);
  });

  test('is moved when only its lower part, a sliver or nothing can be seen', () => {
    for (const saved of [
      { x: 100, y: -500, width: 800, height: 700 },
      { x: -740, y: 100, width: 800, height: 700 },
      { x: 100, y: 1070, width: 800, height: 700 },
      { x: 90_000, y: 90_000, width: 800, height: 700 },
    ]) {
      expect(isReachable(saved, [primary])).toBe(false);
      expect(isReachable(placeOnDisplays(saved, size, [primary], primary), [primary])).toBe(true);
    }
  });
});

test('a window without a saved place is in the middle of the primary display', () => {
  expect(placeOnDisplays(undefined, size, [right, primary], primary)).toEqual({ x: 320, y: 124, ...size });
});

test('a place that fits is not touched', () => {
  const bounds = { x: 10, y: 40, width: 400, height: 300 };
  expect(fitInto(bounds, primary.workArea)).toEqual(bounds);
});

describe('a live window that nobody has placed', () => {
  const displays = [
    { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1080 } },
    { id: 2, workArea: { x: 1920, y: 0, width: 1920, height: 1080 } },
  ];

  test('goes to a display without windows', () => {
    expect(emptyDisplay([{ x: 100, y: 50, width: 800, height: 600 }], displays)?.id).toBe(2);
    expect(emptyDisplay([{ x: 2000, y: 50, width: 800, height: 600 }], displays)?.id).toBe(1);
  });

  test('finds none when every display has one', () => {
    const windows = displays.map(({ workArea }) => workArea);
    expect(emptyDisplay(windows, displays)).toBeUndefined();
  });
});

describe('a small window for another one', () => {
  const small = { width: 520, height: 720 };

  test('lies in its middle', () => {
    const asking = { x: 2000, y: 100, width: 1200, height: 900 };
    expect(placeOver(asking, small, [primary, right], primary)).toEqual({ x: 2340, y: 190, ...small });
  });

  test('stays on its display', () => {
    const asking = { x: 3500, y: 700, width: 300, height: 300 };
    expect(placeOver(asking, small, [primary, right], primary)).toEqual({ x: 3320, y: 360, ...small });
  });

  test('lies in the middle of the primary display when no window asked', () => {
    expect(placeOver(undefined, small, [primary, right], primary)).toEqual({ x: 700, y: 194, ...small });
  });
});
