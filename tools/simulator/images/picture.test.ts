import { PNG } from 'pngjs';
import { describe, expect, test } from 'vitest';
import { imageIdentity, readImageIdentity } from './image-id.ts';
import type { PictureContent } from './image-id.ts';
import { drawPicture } from './picture.ts';

const content: PictureContent = {
  passId: '0b9f1c1e',
  at: Date.UTC(2026, 10, 21, 9, 14, 3),
  vehicleIndex: 12,
  vehicleNumber: '9870 1034',
  axle: 3,
  side: 'left',
  nest: 'trail',
  heightMm: 228.41,
  defect: 'none',
};

describe('the identity of an image', () => {
  test('carries all that the picture shows', () => {
    for (const change of [
      {},
      { heightMm: undefined, defect: 'missing' },
      { vehicleNumber: '' },
      { side: 'right', nest: 'lead' },
    ] as const) {
      const meant = { ...content, ...change };
      const identity = imageIdentity(meant);
      expect(identity).toMatch(/^[\w-]{1,128}$/);
      expect(readImageIdentity(identity)).toEqual(meant);
    }
  });

  test('is nothing else', () => {
    for (const text of [
      '',
      'x',
      '../../etc/passwd',
      `${imageIdentity(content)}x`,
      '0b9f1c1e-1-9Ll-h1-n-0-',
    ]) {
      expect(readImageIdentity(text)).toBeUndefined();
    }
  });
});

describe('the picture', () => {
  const defects = ['none', 'broken', 'missing', 'solid', 'displaced'] as const;

  test('is the same for the same content, another for another defect, and small', () => {
    const pictures = defects.map((defect) => drawPicture({ ...content, defect }));
    expect(drawPicture(content).equals(pictures[0] ?? Buffer.alloc(0))).toBe(true);
    expect(new Set(pictures.map((picture) => picture.toString('base64'))).size).toBe(defects.length);
    for (const picture of pictures) {
      expect(picture.length).toBeLessThan(100_000);
      const { width, height } = PNG.sync.read(picture);
      expect([width, height]).toEqual([480, 360]);
    }
  });

  test('can be drawn at the limits of the protocol', () => {
    for (const heightMm of [0, 600, undefined]) {
      for (const defect of defects)
        expect(drawPicture({ ...content, heightMm, defect }).length).toBeGreaterThan(1000);
    }
  });
});
