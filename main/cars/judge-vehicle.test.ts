import { describe, expect, test } from 'vitest';
import { addMeasurement } from '../springs/evidence.ts';
import type { SpringEvidence } from '../springs/evidence.ts';
import { judgeSprings } from '../springs/judge-springs.ts';
import type { Measurement } from '../springs/measurement.ts';
import { positionCode, positionCount } from '../springs/position.ts';
import { defaultThresholds, limitsFor } from '../springs/thresholds.ts';
import { judgeEndedVehicle, stateInProgress } from './judge-vehicle.ts';
import type { EndedVehicle, PastOfVehicle, VehicleFacts } from './judge-vehicle.ts';

interface Given {
  readonly axles?: number;
  readonly facts?: Partial<VehicleFacts>;
  readonly past?: Partial<PastOfVehicle>;
  readonly blind?: readonly ('left' | 'right')[];
  /** What is different from a sure 230 mm, by fixed code; undefined: never measured. */
  readonly springs?: Readonly<Record<string, Partial<Measurement> | undefined>>;
}

const seen: Measurement = {
  axle: 1,
  side: 'left',
  nest: 'lead',
  heightCmm: 23_000,
  confidence: 0.9,
  defect: 'none',
};

function judge(given: Given): EndedVehicle & { readonly rules: readonly string[] } {
  const { axles = 4, springs = {}, blind = [], past } = given;
  const evidence = Array.from({ length: positionCount(axles) }, (_, index): SpringEvidence | undefined => {
    const code = positionCode(index);
    if (code in springs && springs[code] === undefined) return undefined;
    return addMeasurement(undefined, { ...seen, ...springs[code] }, { cameraId: 'F1', at: 0 }, 0.6);
  });
  const limits = limitsFor(defaultThresholds, 'carrier-truck');
  const facts = { identified: true, contradicted: false, leadingEnd: 'A', ...given.facts, evidence } as const;
  const judged = judgeEndedVehicle(
    facts,
    judgeSprings(evidence, limits, defaultThresholds, true),
    new Set(blind),
    { baseline: () => [], blankInLatest: () => false, ...past },
    limits,
    defaultThresholds,
  );
  const rules = judged.findings.map((finding) => [finding.position, finding.rule].filter(Boolean).join(' '));
  return { ...judged, rules };
}

const blankAt = (...codes: readonly string[]): Record<string, undefined> =>
  Object.fromEntries(codes.map((code) => [code, undefined]));

describe('rule 5 (trend)', () => {
  const past = { baseline: () => [100, 100, 100, 100, 100] };

  test.each([
    [23_000 - 499, []],
    [23_000 - 500, ['1La trend']],
    [23_000 - 501, ['1La trend']],
  ])('a height of %d, 5 mm above its baseline of +1 mm, gives %j', (heightCmm, rules) => {
    const judged = judge({
      springs: { '1La': { heightCmm } },
      past: { baseline: (index) => (index === 0 ? past.baseline() : []) },
    });
    expect(judged.rules).toEqual(rules);
  });

  test('looks at the height relative to the side, not at the load', () => {
    const lower = Object.fromEntries(
      Array.from({ length: 16 }, (_, index) => [positionCode(index), { heightCmm: 20_500 }]),
    );
    expect(judge({ springs: lower, past }).rules).toEqual([]);
  });

  test.each([
    [4, 0],
    [5, 1],
    [6, 1],
  ])('a baseline of %d entries gives %d findings', (length, count) => {
    const judged = judge({
      springs: { '1La': { heightCmm: 22_300 } },
      past: { baseline: (index) => (index === 0 ? Array.from({ length }, () => 0) : []) },
    });
    expect(judged.findings.filter(({ rule }) => rule === 'trend')).toHaveLength(count);
  });

  test.each([
    ['a credible defect', { heightCmm: 22_300, defect: 'displaced' }],
    ['a height finding', { heightCmm: 19_400 }],
    ['no credible height', { heightCmm: 22_300, confidence: 0.5 }],
  ] as const)('is silent with %s', (_, measurement) => {
    const judged = judge({
      springs: { '1La': measurement },
      past: { baseline: (index) => (index === 0 ? past.baseline() : []) },
    });
    expect(judged.rules).not.toContain('1La trend');
  });

  test('speaks beside a defect that is not credible', () => {
    const judged = judge({ springs: { '1La': { heightCmm: 22_300 } }, past: { baseline: past.baseline } });
    expect(judged.rules).toContain('1La trend');
  });

  test('knows nothing of unidentified vehicles', () => {
    const judged = judge({ springs: { '1La': { heightCmm: 22_300 } }, past, facts: { identified: false } });
    expect(judged.rules).toEqual(['identity']);
  });
});

describe('rule 6 (unseen)', () => {
  const past = { blankInLatest: (_: number, passes: number) => passes === 2 };

  test('a blank spring that was blank in the two passes before is a warning', () => {
    const judged = judge({ springs: blankAt('3Rb'), past });
    expect(judged.rules).toEqual(['3Rb unseen']);
    expect(judged.states[11]).toBe('warning');
    expect(judged.blankCount).toBe(1);
  });

  test('is silent when it was not, when it is seen, and for unidentified vehicles', () => {
    expect(judge({ springs: blankAt('3Rb') }).rules).toEqual([]);
    expect(judge({ past }).rules).toEqual([]);
    expect(judge({ springs: blankAt('3Rb'), past, facts: { identified: false } }).rules).toEqual([
      'identity',
    ]);
  });

  test.each([
    ['A', 'right', []],
    ['A', 'left', ['3Rb unseen']],
    ['B', 'left', []],
    ['B', 'right', ['3Rb unseen']],
  ] as const)('end %s leading and %s camera-blind: %j', (leadingEnd, side, rules) => {
    expect(judge({ springs: blankAt('3Rb'), past, facts: { leadingEnd }, blind: [side] }).rules).toEqual(
      rules,
    );
  });
});

describe('rule 8 (incomplete)', () => {
  test.each([
    [['1La', '4Rb'], [], 'ok'],
    [['1La', '4Rb', '2Ra'], ['incomplete'], 'unmeasured'],
    [['1La', '4Rb', '2Ra', '2Rb'], ['incomplete'], 'unmeasured'],
  ] as const)('%j blank gives %j, state %s', (codes, rules, state) => {
    const judged = judge({ springs: blankAt(...codes) });
    expect([judged.rules, judged.state]).toEqual([rules, state]);
  });

  test('does not count a blind side, but the state does', () => {
    const springs = blankAt('1La', '1Lb', '2La', '2Lb');
    expect(judge({ springs, blind: ['left'] })).toMatchObject({
      rules: [],
      state: 'unmeasured',
      blindSides: ['L'],
    });
    const turned = judge({ springs, blind: ['right'], facts: { leadingEnd: 'B' } });
    expect(turned).toMatchObject({ rules: [], blindSides: ['L'] });
    expect(judge({ springs, blind: ['right'] }).rules).toEqual(['incomplete']);
  });

  test('a spring with a doubtful defect is not blank', () => {
    const springs = { ...blankAt('1La', '1Lb'), '2La': { heightCmm: undefined, defect: 'solid' } } as const;
    expect(judge({ springs }).rules).toEqual(['2La defect']);
  });
});

describe('rule 9 (identity)', () => {
  test.each([
    [{ identified: true, contradicted: false }, [], 'ok'],
    [{ identified: true, contradicted: true }, ['identity'], 'warning'],
    [{ identified: false, contradicted: false }, ['identity'], 'warning'],
  ])('%j gives %j, state %s', (facts, rules, state) => {
    const judged = judge({ facts });
    expect([judged.rules, judged.state]).toEqual([rules, state]);
  });
});

test('nothing measured at all is unmeasured', () => {
  const all = Array.from({ length: 24 }, (_, index) => positionCode(index));
  const judged = judge({ axles: 6, springs: blankAt(...all) });
  expect([judged.state, judged.blankCount]).toEqual(['unmeasured', 24]);
});

test('in progress the state is the worst so far, and absent when there is none', () => {
  expect(stateInProgress([undefined, 'unmeasured'], false)).toBeUndefined();
  expect(stateInProgress([undefined, 'ok', 'unmeasured'], false)).toBe('ok');
  expect(stateInProgress(['ok'], true)).toBe('warning');
  expect(stateInProgress(['ok', 'critical', 'warning'], true)).toBe('critical');
});
