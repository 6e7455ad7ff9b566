import { expect, test } from 'vitest';
import { drawTrayIcon } from './tray-icon.ts';

const pixel = (icon: ReturnType<typeof drawTrayIcon>, x: number, y: number) => [
  ...icon.pixels.subarray((y * icon.width + x) * 4, (y * icon.width + x) * 4 + 4),
];
const ink = ({ pixels }: ReturnType<typeof drawTrayIcon>) =>
  pixels.filter((value, index) => index % 4 === 3 && value > 127).length;

test('each state has its shape and colour', () => {
  expect(pixel(drawTrayIcon('critical', false), 16, 20)).toEqual([0x60, 0x40, 0xff, 255]);
  expect(pixel(drawTrayIcon('warning', false), 16, 16)).toEqual([0x1c, 0x9f, 0xff, 255]);
  expect(pixel(drawTrayIcon('calm', false), 16, 16)).toEqual([0xa0, 0x96, 0x8c, 255]);
  // The triangle has nothing in its upper corners, nothing has anything at the edge.
  expect(pixel(drawTrayIcon('critical', false), 4, 4)).toEqual([0, 0, 0, 0]);
  expect(pixel(drawTrayIcon('warning', false), 0, 0)).toEqual([0, 0, 0, 0]);
  const areas = (['critical', 'warning', 'calm'] as const).map((state) => ink(drawTrayIcon(state, false)));
  expect(new Set(areas).size).toBe(3);
});

test('a stroke says that nothing can be heard', () => {
  const heard = drawTrayIcon('warning', false);
  const mute = drawTrayIcon('warning', true);
  expect(mute.pixels.equals(heard.pixels)).toBe(false);
  expect(pixel(mute, 16, 16)[3]).toBe(255);
  expect(ink(mute)).toBeLessThan(ink(heard));
});

test('no colour is brighter than its opacity allows', () => {
  const { pixels } = drawTrayIcon('critical', true);
  for (let index = 0; index < pixels.length; index += 4) {
    const opacity = pixels[index + 3] ?? 0;
    expect(Math.max(pixels[index] ?? 0, pixels[index + 1] ?? 0, pixels[index + 2] ?? 0)).toBeLessThanOrEqual(
      opacity,
    );
  }
});
