import { describe, expect, test } from 'vitest';
import type { VehicleFacts } from '../cars/judge-vehicle.ts';
import { judgeSprings } from '../springs/judge-springs.ts';
import { defaultThresholds, strictestLimits } from '../springs/thresholds.ts';
import { countMismatch, judgeSides } from './pass-rules.ts';

/** A vehicle of four positions a side with the first `blank` of fixed side L blank. */
function vehicle(blank: number, leadingEnd: 'A' | 'B') {
  let left = 0;
  const evidence = Array.from({ length: 8 }, (_, index) => {
    const isBlank = index % 4 < 2 && left < blank;
    if (index % 4 < 2) left += 1;
    return isBlank ? undefined : { heightCmm: 23_000, heightConfidence: 0.9 };
  });
  const facts: VehicleFacts = { identified: true, contradicted: false, leadingEnd, evidence };
  const limits = strictestLimits(defaultThresholds);
  return { facts, springs: judgeSprings(evidence, limits, defaultThresholds, true) };
}

describe('rule 7 (camera-blind)', () => {
  test.each([
    [1, []],
    [2, ['left']],
    [3, ['left']],
  ])('%d of 4 blank, end A leading: %j', (blank, sides) => {
    expect([...judgeSides([vehicle(blank, 'A')], 0.5).blind]).toEqual(sides);
  });

  test('is about running sides, over all vehicles', () => {
    const turned = [vehicle(4, 'A'), vehicle(4, 'B')];
    expect([...judgeSides(turned, 0.5).blind]).toEqual(['left', 'right']);
    expect([...judgeSides([...turned, vehicle(0, 'A')], 0.5).blind]).toEqual([]);
    expect(judgeSides([vehicle(4, 'B')], 0.5).findings).toMatchObject([
      { rule: 'camera-blind', position: 'right', severity: 'critical', value: 1, limit: 0.5 },
    ]);
  });

  test('is silent without vehicles', () => {
    expect(judgeSides([], 0.5).findings).toEqual([]);
  });
});

describe('rule 10 (count-mismatch)', () => {
  test.each([
    [[1, 2, 3], 4, undefined],
    [[1, 2, 3], 3, undefined],
    [[1, 2, 4], 3, 'warning'],
    [[1], 0, 'warning'],
    [[], 0, undefined],
    [[1, 200], undefined, undefined],
  ])('vehicles %j of %s: %s', (indices, count, severity) => {
    expect(countMismatch(indices, count)?.severity).toBe(severity);
  });
});
