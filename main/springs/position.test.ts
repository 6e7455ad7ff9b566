import { describe, expect, test } from 'vitest';
import { layoutIndex, pairCode, positionCode, runningSide } from './position.ts';

const fixed = (
  axle: number,
  side: 'left' | 'right',
  nest: 'lead' | 'trail',
  axles: number,
  end: 'A' | 'B',
): string => positionCode(layoutIndex({ axle, side, nest }, axles, end));

describe('running to fixed', () => {
  test.each([
    [1, 'left', 'lead', 4, 'A', '1La'],
    [3, 'right', 'trail', 4, 'A', '3Rb'],
    [1, 'left', 'lead', 4, 'B', '4Rb'],
    [4, 'right', 'trail', 4, 'B', '1La'],
    [2, 'left', 'trail', 4, 'B', '3Ra'],
    [6, 'right', 'lead', 6, 'A', '6Ra'],
    [1, 'right', 'lead', 6, 'B', '6Lb'],
    [6, 'left', 'trail', 6, 'B', '1Ra'],
  ] as const)('%i %s %s of %i axles, %s leading, is %s', (axle, side, nest, axles, end, code) => {
    expect(fixed(axle, side, nest, axles, end)).toBe(code);
  });

  test.each(['A', 'B'] as const)('every position has a place of its own, %s leading', (end) => {
    for (const axles of [2, 4, 6, 8]) {
      const codes = new Set<string>();
      for (let axle = 1; axle <= axles; axle += 1) {
        for (const side of ['left', 'right'] as const) {
          for (const nest of ['lead', 'trail'] as const) codes.add(fixed(axle, side, nest, axles, end));
        }
      }
      expect(codes.size).toBe(axles * 4);
    }
  });
});

test('layout order is 1La 1Lb 1Ra 1Rb 2La', () => {
  expect([0, 1, 2, 3, 4].map(positionCode)).toEqual(['1La', '1Lb', '1Ra', '1Rb', '2La']);
});

test('a pair is named by axle and nest', () => {
  expect([8, 9, 10, 11].map(pairCode)).toEqual(['3a', '3b', '3a', '3b']);
});

test('the running side of a fixed side turns with the vehicle', () => {
  expect(runningSide('L', 'A')).toBe('left');
  expect(runningSide('L', 'B')).toBe('right');
  expect(runningSide('R', 'B')).toBe('left');
});
