import { describe, expect, test } from 'vitest';
import type { PassDetail } from '../../contract/changes.ts';
import type { Spring, ThresholdValues, Vehicle } from '../../contract/domain.ts';
import { defaultThresholds } from '../springs/thresholds.ts';
import { positionCode } from '../springs/position.ts';
import { createTrial } from './trial.ts';
import { saveThresholds } from './thresholds.ts';

const { version: _v, effectiveAt: _e, createdBy: _c, reason: _r, ...standard } = defaultThresholds;
const carrier = standard.types['carrier-car'];
if (!carrier) throw new Error('there is no carrier-car');

/** The standard values, with other limits for `carrier-car`: criticalLow 185, warningLow 200 mm there. */
const withCarrier = (limits: Partial<typeof carrier>): ThresholdValues => ({
  ...standard,
  types: { ...standard.types, 'carrier-car': { ...carrier, ...limits } },
});

const springs = (heightsMm: readonly number[]): Spring[] =>
  Array.from({ length: 16 }, (_, index) => ({
    position: positionCode(index),
    // What was recorded may rest on other rules; the trial judges anew.
    state: 'warning',
    heightCmm: Math.round((heightsMm[index] ?? 230) * 100),
    confidence: 0.9,
    defect: 'none',
  }));

const detailOf = (number: number, vehicles: readonly Partial<Vehicle>[]): PassDetail => ({
  pass: {
    id: `pass-${number}`,
    streamId: 's',
    site: 'Folkestone',
    siteTrack: 'T1',
    track: 'T1',
    trainNumber: String(6000 + number),
    direction: 'uk-fr',
    startedAt: number,
    status: 'pending',
    aborted: false,
    thresholdVersion: 1,
    reopened: false,
    revision: 1,
  },
  thresholds: defaultThresholds,
  vehicles: vehicles.map((vehicle, index) => ({
    passId: `pass-${number}`,
    index: index + 1,
    identified: true,
    vehicleNumber: `9870 ${index + 1}`,
    vehicleType: 'carrier-car',
    axles: 4,
    leadingEnd: 'A',
    blankCount: 0,
    springs: springs([]),
    ...vehicle,
  })),
});

function setUp(passes: readonly PassDetail[], stepMs = 0) {
  const seen = { pauses: 0, longest: 0 };
  let clock = 0;
  let since = 0;
  const trial = createTrial({
    reads: {
      async *latestEnded(limit) {
        for (const pass of passes.slice(0, limit)) yield await Promise.resolve(pass);
      },
    },
    pause: () => {
      seen.pauses += 1;
      since = clock;
      return Promise.resolve();
    },
    monotonic: () => {
      clock += stepMs;
      seen.longest = Math.max(seen.longest, clock - since);
      return clock;
    },
  });
  return { trial, seen };
}

describe('a trial', () => {
  test('counts the springs before and after, and lists those that differ, the worst first', async () => {
    const { trial } = setUp([
      detailOf(2, [{ springs: springs([201, 201, 201, 201]) }, {}]),
      detailOf(1, [{ springs: springs([184, 184, 198, 198]) }]),
    ]);
    const result = await trial.tryThresholds(
      withCarrier({ warningLowCmm: 20_200, criticalLowCmm: 19_900 }),
      50,
    );
    if (!result.ok) throw new Error(result.error.message);
    const { changed, ...counts } = result.value;
    // As the default judges: 184 critical (1La, 1Lb), 198 warning; with the others both are critical, 201 a warning.
    expect(counts).toEqual({
      passes: 2,
      before: { ok: 44, warning: 2, critical: 2, unmeasured: 0 },
      after: { ok: 40, warning: 4, critical: 4, unmeasured: 0 },
      changedCount: 6,
    });
    expect(changed.map(({ passId, position, from, to }) => [passId, position, from, to])).toEqual([
      ['pass-1', '1Ra', 'warning', 'critical'],
      ['pass-1', '1Rb', 'warning', 'critical'],
      ['pass-2', '1La', 'ok', 'warning'],
      ['pass-2', '1Lb', 'ok', 'warning'],
      ['pass-2', '1Ra', 'ok', 'warning'],
      ['pass-2', '1Rb', 'ok', 'warning'],
    ]);
    expect(changed[0]).toMatchObject({ trainNumber: '6001', vehicleNumber: '9870 1', heightCmm: 19_800 });
  });

  test('judges defects, asymmetry, unknown types and what was not credible as the rules say', async () => {
    const broken = springs([]).map((spring, index): Spring =>
      index === 0 ? { ...spring, defect: 'broken', defectConfidence: 0.7 } : spring,
    );
    const unsure = springs([]).map((spring): Spring => ({ ...spring, confidence: 0.65 }));
    const { trial } = setUp([
      detailOf(1, [
        { springs: broken },
        { springs: unsure },
        { vehicleType: 'unheard-of', springs: springs([190]) },
        { springs: springs([230, 230, 217]) },
      ]),
    ]);
    const result = await trial.tryThresholds({ ...standard, minConfidence: 0.7, sureConfidence: 0.8 }, 50);
    expect(result).toMatchObject({
      value: {
        // The strictest critical limit is 190 mm; 1La and 1Ra of the last differ by 13 mm.
        before: { critical: 2, warning: 2, unmeasured: 0, ok: 60 },
        after: { critical: 2, warning: 2, unmeasured: 16, ok: 44 },
        changedCount: 16,
      },
    });
  });

  test('of the thresholds in force changes nothing', async () => {
    const { trial } = setUp([detailOf(1, [{ springs: springs([184, 198, 270]) }])]);
    expect(await trial.tryThresholds(standard, 50)).toMatchObject({
      value: { changedCount: 0, changed: [] },
    });
  });

  test('lists a hundred of many, the worst of all of them, and takes no more passes than asked for', async () => {
    const passes = Array.from({ length: 9 }, (_, index) =>
      detailOf(9 - index, [
        { springs: springs(Array.from({ length: 16 }, () => (index === 8 ? 184 : 201))) },
      ]),
    );
    const { trial } = setUp(passes);
    const lower = withCarrier({ criticalLowCmm: 18_000, warningLowCmm: 20_200 });
    const result = await trial.tryThresholds(lower, 9);
    if (!result.ok) throw new Error(result.error.message);
    expect(result.value.changedCount).toBe(9 * 16);
    expect(result.value.changed).toHaveLength(100);
    expect(await trial.tryThresholds(lower, 3)).toMatchObject({ value: { passes: 3 } });
  });

  test('gives the event loop back every few milliseconds', async () => {
    const long = Array.from({ length: 40 }, () => ({}));
    const { trial, seen } = setUp([detailOf(1, long), detailOf(2, long)], 1);
    await trial.tryThresholds(standard, 50);
    expect(seen.pauses).toBeGreaterThan(10);
    expect(seen.longest).toBeLessThan(10);
  });
});

describe('an impossible order', () => {
  const impossible = withCarrier({ warningLowCmm: 18_000 });
  const problems = [
    { type: 'carrier-car', field: 'criticalLowCmm', kind: 'not-below', than: 'warningLowCmm' },
  ];

  test('is neither tried nor saved', async () => {
    expect(await setUp([]).trial.tryThresholds(impossible, 1)).toMatchObject({
      error: { code: 'invalid-input', details: { problems } },
    });
    const record = { saveThresholds: () => expect.unreachable('the record was asked') };
    const act = {
      actor: 'Dora',
      subject: 'dora',
      role: 'admin',
      workstation: 'W',
      at: 1,
      correlationId: 'c',
    };
    expect(await saveThresholds(record, { base: 1, values: impossible, reason: 'r' }, act)).toMatchObject({
      error: { code: 'invalid-input', details: { problems } },
    });
  });
});
