import { describe, expect, test } from 'vitest';
import {
  asymmetryBand,
  asymmetryFields,
  asymmetryZones,
  dragTo,
  handles,
  heightBand,
  heightFields,
  heightZones,
  keyTo,
  placeOn,
  ticks,
} from './band-geometry.ts';
import type { Handle } from './band-geometry.ts';
import { truckLimits } from './test-limits.ts';

const band = heightBand([truckLimits]);

const handleOf = (field: Handle['field'], limits = truckLimits): Handle => {
  const found = handles(limits, heightFields).find((each) => each.field === field);
  if (found === undefined) throw new Error(`no handle ${field}`);
  return found;
};
const criticalLow = handleOf('criticalLowCmm');
const warningLow = handleOf('warningLowCmm');
const warningHigh = handleOf('warningHighCmm');
const criticalHigh = handleOf('criticalHighCmm');

describe('the band of heights', () => {
  test('shows every limit with room beyond, in whole centimetres', () => {
    expect(band).toEqual({ lowCmm: 16_000, highCmm: 30_000 });
    expect(placeOn(band, 16_000)).toBe(0);
    expect(placeOn(band, 23_000)).toBe(0.5);
    expect(placeOn(band, 99_999)).toBe(1);
  });

  test('has five zones that touch each other', () => {
    expect(heightZones(band, truckLimits)).toEqual([
      { state: 'critical', fromCmm: 16_000, toCmm: 18_000 },
      { state: 'warning', fromCmm: 18_000, toCmm: 19_500 },
      { state: 'ok', fromCmm: 19_500, toCmm: 26_500 },
      { state: 'warning', fromCmm: 26_500, toCmm: 28_000 },
      { state: 'critical', fromCmm: 28_000, toCmm: 30_000 },
    ]);
  });

  test('of an impossible order never runs backwards', () => {
    const crossed = heightZones(band, { ...truckLimits, warningLowCmm: 27_000 });
    expect(crossed.map(({ state }) => state)).toEqual(['critical', 'warning', 'warning', 'critical']);
    expect(crossed.every(({ fromCmm, toCmm }) => fromCmm < toCmm)).toBe(true);
  });

  test('of a type without warning limits has no warning zone', () => {
    const zones = heightZones(band, { ...truckLimits, warningLowCmm: undefined, warningHighCmm: undefined });
    expect(zones.map(({ state }) => state)).toEqual(['critical', 'ok', 'critical']);
  });
});

describe('handles', () => {
  test('stop half a millimetre before their neighbours', () => {
    expect(warningLow).toEqual({
      field: 'warningLowCmm',
      valueCmm: 19_500,
      leastCmm: 18_050,
      mostCmm: 26_450,
      severity: 'warning',
    });
    expect(dragTo(band, warningLow, 0)).toBe(18_050);
    expect(dragTo(band, warningLow, 1)).toBe(26_450);
  });

  test('follow the pointer in steps of half a millimetre, to the ends of the band', () => {
    expect(dragTo(band, criticalLow, 0.1001)).toBe(17_400);
    expect(dragTo(band, criticalLow, -3)).toBe(16_000);
    expect(dragTo(band, criticalHigh, 7)).toBe(30_000);
  });

  test('go half a millimetre by arrows, five with Shift, on from where they stand', () => {
    expect(keyTo(band, warningHigh, 'ArrowRight', false)).toBe(26_550);
    expect(keyTo(band, warningHigh, 'ArrowDown', true)).toBe(26_000);
    expect(keyTo(band, { ...warningHigh, valueCmm: 26_512 }, 'ArrowUp', false)).toBe(26_562);
    expect(keyTo(band, warningHigh, 'PageUp', false)).toBe(27_000);
    expect(keyTo(band, warningHigh, 'Home', false)).toBe(19_550);
    expect(keyTo(band, criticalHigh, 'End', false)).toBe(30_000);
    expect(keyTo(band, warningHigh, 'x', false)).toBeUndefined();
  });

  test('that already stand the wrong way round can be moved back', () => {
    const low = handleOf('warningLowCmm', { ...truckLimits, warningLowCmm: 27_000 });
    expect(low).toMatchObject({ valueCmm: 27_000, mostCmm: 27_000 });
    expect(keyTo(band, low, 'ArrowLeft', true)).toBe(26_500);
  });
});

test('the band of differences begins at zero and has three zones', () => {
  const small = asymmetryBand([truckLimits]);
  expect(small).toEqual({ lowCmm: 0, highCmm: 3_000 });
  expect(asymmetryZones(small, truckLimits).map(({ state }) => state)).toEqual(['ok', 'warning', 'critical']);
  expect(handles(truckLimits, asymmetryFields).map(({ severity }) => severity)).toEqual([
    'warning',
    'critical',
  ]);
});

test('ticks are round heights, no more than there is room for', () => {
  expect(ticks(band, 8)).toEqual([16_000, 18_000, 20_000, 22_000, 24_000, 26_000, 28_000, 30_000]);
  expect(ticks({ lowCmm: 15_500, highCmm: 30_000 }, 3)).toEqual([20_000, 25_000, 30_000]);
});
