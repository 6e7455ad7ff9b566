import { describe, expect, test } from 'vitest';
import { addMeasurement, evidenceOf, isBlank, isMeasured, springRecord, storedExtremes } from './evidence.ts';
import type { SpringEvidence } from './evidence.ts';
import type { Measurement } from './measurement.ts';

const of = (overrides: Partial<Measurement>): Measurement => ({
  axle: 1,
  side: 'left',
  nest: 'lead',
  confidence: 0.9,
  defect: 'none',
  ...overrides,
});

function after(...measurements: readonly Partial<Measurement>[]): SpringEvidence | undefined {
  let known: SpringEvidence | undefined;
  for (const [index, overrides] of measurements.entries()) {
    known = addMeasurement(known, of(overrides), { cameraId: `F${index}`, at: index }, 0.6);
  }
  return known;
}

describe('height', () => {
  test('the surest counts, the later on a tie', () => {
    expect(after({ heightCmm: 1, confidence: 0.7 }, { heightCmm: 2, confidence: 0.6 })?.heightCmm).toBe(1);
    expect(after({ heightCmm: 1, confidence: 0.7 }, { heightCmm: 2, confidence: 0.8 })?.heightCmm).toBe(2);
    expect(after({ heightCmm: 1, confidence: 0.7 }, { heightCmm: 2, confidence: 0.7 })?.heightCmm).toBe(2);
  });

  test('a measurement without a height never displaces one with a height', () => {
    expect(after({ heightCmm: 1, confidence: 0.1 }, { confidence: 1 })?.heightCmm).toBe(1);
  });

  test.each([
    [0.59, false],
    [0.6, true],
    [0.61, true],
  ])('with confidence %d is measured: %s', (confidence, expected) => {
    expect(isMeasured(after({ heightCmm: 1, confidence }), 0.6)).toBe(expected);
  });
});

describe('defect', () => {
  test('a later none, however sure, does not remove it', () => {
    expect(after({ defect: 'broken', confidence: 0.2 }, { heightCmm: 1, confidence: 1 })?.defect).toBe(
      'broken',
    );
  });

  test('the surest counts, the later on a tie', () => {
    const tie = after({ defect: 'broken', confidence: 0.7 }, { defect: 'solid', confidence: 0.7 });
    expect(tie?.defect).toBe('solid');
    const less = after({ defect: 'broken', confidence: 0.7 }, { defect: 'solid', confidence: 0.69 });
    expect(less?.defect).toBe('broken');
  });

  test('of any confidence, it is not blank', () => {
    expect(isBlank(after({ defect: 'missing', confidence: 0 }), 0.6)).toBe(false);
    expect(isBlank(after({ heightCmm: 1, confidence: 0.59 }), 0.6)).toBe(true);
    expect(isBlank(undefined, 0.6)).toBe(true);
  });

  test('its picture is the one to look at', () => {
    const seen = after({ defect: 'broken', confidence: 0.4, imageId: 'd' }, { heightCmm: 1, imageId: 'h' });
    expect(seen).toMatchObject({ imageId: 'd', cameraId: 'F0', measuredAt: 0 });
  });
});

test('extremes keep the surest confidence of each, of credible heights only', () => {
  const known = after(
    { heightCmm: 100, confidence: 0.7 },
    { heightCmm: 300, confidence: 0.6 },
    { heightCmm: 100, confidence: 0.65 },
    { heightCmm: 300, confidence: 0.9 },
    { heightCmm: 900, confidence: 0.59 },
  );
  expect(known).toMatchObject({ lowCmm: 100, lowConfidence: 0.7, highCmm: 300, highConfidence: 0.9 });
});

test('what changes nothing keeps the identity', () => {
  const known = after({ heightCmm: 200, confidence: 0.9 });
  const again = addMeasurement(
    known,
    of({ heightCmm: 200, confidence: 0.8 }),
    { cameraId: 'F1', at: 9 },
    0.6,
  );
  expect(again).toBe(known);
});

test.each([
  [{ heightCmm: 200, confidence: 0.9 }],
  [{ heightCmm: 200, confidence: 0.5 }],
  [{ defect: 'solid', confidence: 0.5 }],
  [{ confidence: 0.5 }],
  [
    { heightCmm: 200, confidence: 0.7 },
    { heightCmm: 220, confidence: 0.8, defect: 'broken' },
  ],
] as readonly (readonly Partial<Measurement>[])[])('survives the record: %j', (...measurements) => {
  const known = after(...measurements);
  if (!known) throw new Error('there is evidence');
  const stored = JSON.parse(JSON.stringify(springRecord('1La', known, 'ok'))) as ReturnType<
    typeof springRecord
  >;
  const restored = evidenceOf(stored, storedExtremes(known), 0.6);
  expect(JSON.parse(JSON.stringify(restored))).toEqual(JSON.parse(JSON.stringify(known)));
});
