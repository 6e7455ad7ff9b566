import { describe, expect, test } from 'vitest';
import { addMeasurement } from './evidence.ts';
import type { SpringEvidence } from './evidence.ts';
import { judgeSprings } from './judge-springs.ts';
import type { SpringsJudgement } from './judge-springs.ts';
import type { Measurement } from './measurement.ts';
import { layoutIndex, positionCode, positionCount } from './position.ts';
import { defaultThresholds, limitsFor } from './thresholds.ts';

type Given = Partial<Measurement> & { readonly mm?: number };

/** Judges a carrier-truck (critical 180/280, warning 195/265, asymmetry 12/20); all other springs are 230 mm. */
function judge(
  given: readonly Given[],
  { axles = 4, end = 'A', type = 'carrier-truck' }: { axles?: number; end?: 'A' | 'B'; type?: string } = {},
): SpringsJudgement & { at: (code: string) => string | undefined; rules: readonly string[] } {
  const evidence = Array.from({ length: positionCount(axles) }, (): SpringEvidence | undefined => undefined);
  const touched = new Set<number>();
  const add = (index: number, measurement: Measurement): void => {
    evidence[index] = addMeasurement(evidence[index], measurement, { cameraId: 'F1', at: 0 }, 0.6);
  };
  const base = { axle: 1, side: 'left', nest: 'lead', confidence: 0.95, defect: 'none' } as const;
  for (const { mm, ...overrides } of given) {
    const heightCmm = mm === undefined ? undefined : Math.round(mm * 100);
    const measurement: Measurement = { ...base, heightCmm, ...overrides };
    const index = layoutIndex(measurement, axles, end);
    touched.add(index);
    add(index, measurement);
  }
  for (let index = 0; index < evidence.length; index += 1) {
    if (!touched.has(index)) add(index, { ...base, heightCmm: 23_000 });
  }
  const judged = judgeSprings(evidence, limitsFor(defaultThresholds, type), defaultThresholds, true);
  const codes = evidence.map((_, index) => positionCode(index));
  return {
    ...judged,
    at: (code) => judged.states[codes.indexOf(code)],
    rules: judged.findings.map((finding) => `${finding.position} ${finding.rule} ${finding.severity}`),
  };
}

describe('rule 1 (defect)', () => {
  test.each([
    ['broken', 0.59, 'warning'],
    ['broken', 0.6, 'critical'],
    ['missing', 0.61, 'critical'],
    ['solid', 0.6, 'critical'],
    ['displaced', 0.59, 'warning'],
    ['displaced', 0.6, 'warning'],
    ['displaced', 1, 'warning'],
    ['broken', 0, 'warning'],
  ] as const)('%s with confidence %d is %s', (defect, confidence, state) => {
    const judged = judge([{ defect, confidence }]);
    expect(judged.at('1La')).toBe(state);
    expect(judged.rules).toEqual([`1La defect ${state}`]);
  });

  test.each([
    [0.79, false],
    [0.8, true],
  ])('with confidence %d is sure: %s', (confidence, sure) => {
    expect(judge([{ defect: 'broken', confidence }]).findings[0]?.sure).toBe(sure);
  });
});

describe('rule 2 (height)', () => {
  test.each([
    [179.99, 'critical'],
    [180, 'critical'],
    [180.01, 'warning'],
    [194.99, 'warning'],
    [195, 'warning'],
    [195.01, 'ok'],
    [264.99, 'ok'],
    [265, 'warning'],
    [265.01, 'warning'],
    [279.99, 'warning'],
    [280, 'critical'],
    [280.01, 'critical'],
  ] as const)('%d mm is %s', (mm, state) => {
    // The opposite spring is just as high, so that asymmetry is silent.
    const judged = judge([{ mm }, { mm, side: 'right' }]);
    expect(judged.at('1La')).toBe(state);
    expect(judged.at('1Ra')).toBe(state);
    expect(judged.at('2La')).toBe('ok');
  });

  test('a height that is not credible is not judged', () => {
    const judged = judge([{ mm: 100, confidence: 0.59 }]);
    expect(judged.at('1La')).toBe('unmeasured');
    expect(judged.rules).toEqual([]);
  });

  test.each([
    [190, 'critical'],
    [190.01, 'ok'],
    [269.99, 'ok'],
    [270, 'critical'],
  ] as const)('of an unknown type, %d mm is %s: the strictest critical limits, no warnings', (mm, state) => {
    const judged = judge([{ mm }, { mm, side: 'right' }], { type: 'carrier-x9' });
    expect(judged.at('1La')).toBe(state);
  });
});

describe('rule 3 (asymmetry)', () => {
  test.each([
    [11.99, []],
    [12, ['1a asymmetry warning']],
    [12.01, ['1a asymmetry warning']],
    [19.99, ['1a asymmetry warning']],
    [20, ['1a asymmetry critical']],
    [20.01, ['1a asymmetry critical']],
  ] as const)('a difference of %d mm gives %j', (difference, rules) => {
    const judged = judge([{ mm: 230 }, { mm: 230 + difference, side: 'right' }]);
    expect(judged.rules).toEqual(rules);
    const state = rules.length === 0 ? 'ok' : rules[0].endsWith('critical') ? 'critical' : 'warning';
    expect([judged.at('1La'), judged.at('1Ra'), judged.at('1Lb')]).toEqual([state, state, 'ok']);
  });

  test('names the fixed pair whichever way the vehicle runs', () => {
    expect(judge([{ mm: 245 }], { end: 'B' }).rules).toEqual(['4b asymmetry warning']);
    expect(judge([{ mm: 245, axle: 6 }], { end: 'A', axles: 6 }).rules).toEqual(['6a asymmetry warning']);
    expect(judge([{ mm: 245, axle: 6 }], { end: 'B', axles: 6 }).rules).toEqual(['1b asymmetry warning']);
  });

  test('is silent beside a credible defect or a critical height', () => {
    expect(judge([{ mm: 255, defect: 'displaced' }]).rules).toEqual(['1La defect warning']);
    expect(judge([{ mm: 179 }]).rules).toEqual(['1La height critical']);
    expect(judge([{ mm: 179 }]).at('1Ra')).toBe('ok');
  });

  test('speaks beside a defect that is not credible', () => {
    const judged = judge([{ mm: 245 }, { defect: 'broken', confidence: 0.5 }]);
    expect(judged.rules).toEqual(['1a asymmetry warning', '1La defect warning']);
  });

  test.each([
    [249.99, ['1La height critical']],
    [250, ['1La height critical']],
    [250.01, ['1La height warning']],
  ])('speaks through a warning height of 270 beside %d mm: %j', (other, rules) => {
    const judged = judge([{ mm: 270 }, { mm: other, side: 'right' }]);
    expect(judged.rules).toEqual(rules);
    expect(judged.at('1Ra')).toBe('ok');
  });

  test('makes both warning heights critical', () => {
    const judged = judge([{ mm: 190 }, { mm: 266, side: 'right' }]);
    expect(judged.rules).toEqual(['1La height critical', '1Ra height critical']);
  });

  test('a height made critical rests on both springs', () => {
    const judged = judge([{ mm: 270 }, { mm: 230, side: 'right', confidence: 0.79 }]);
    expect(judged.findings).toMatchObject([{ rule: 'height', severity: 'critical', sure: false }]);
  });

  test.each([
    [0.79, false],
    [0.8, true],
  ])('with the other spring at %d is sure: %s', (confidence, sure) => {
    expect(judge([{ mm: 245 }, { mm: 230, side: 'right', confidence }]).findings[0]?.sure).toBe(sure);
  });
});

describe('rule 4 (conflict)', () => {
  test.each([
    [14.99, []],
    [15, ['1La conflict warning']],
    [15.01, ['1La conflict warning']],
  ])('heights that differ by %d mm give %j', (difference, rules) => {
    const judged = judge([
      { mm: 230 - difference, confidence: 0.6 },
      { mm: 230, confidence: 0.9 },
    ]);
    expect(judged.rules).toEqual(rules);
  });

  test('needs credible heights', () => {
    expect(judge([{ mm: 200, confidence: 0.59 }, { mm: 230 }]).rules).toEqual([]);
  });

  test('is sure when both extremes are', () => {
    const unsure = judge([{ mm: 210, confidence: 0.79 }, { mm: 230 }]);
    expect(unsure.findings[0]?.sure).toBe(false);
    const sure = judge([{ mm: 210, confidence: 0.79 }, { mm: 230 }, { mm: 210, confidence: 0.8 }]);
    expect(sure.findings[0]?.sure).toBe(true);
  });
});

test('a spring without a measurement has no state until the pass has ended', () => {
  const limits = limitsFor(defaultThresholds, 'loader');
  const unseen = [undefined, undefined, undefined, undefined];
  expect(judgeSprings(unseen, limits, defaultThresholds, false).states).toEqual(unseen);
  expect(judgeSprings(unseen, limits, defaultThresholds, true).states).toEqual([
    'unmeasured',
    'unmeasured',
    'unmeasured',
    'unmeasured',
  ]);
});
