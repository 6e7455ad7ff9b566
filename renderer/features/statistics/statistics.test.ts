import { describe, expect, test } from 'vitest';
import type { AlarmFigures } from '../../../contract/domain.ts';
import { countScale } from './count-scale.ts';
import { barsOf, goalOfStep, stepOf } from './goals.ts';
import { periodOf } from './period.ts';
import type { PeriodChoice } from './period.ts';
import { tableText } from './table-text.ts';
import { timeTicks } from './time-scale.ts';

const hour = 3_600_000;
const day = 24 * hour;
const paris = 'Europe/Paris';
const at = (text: string): number => Date.parse(text);
const choose = (changes: Partial<PeriodChoice>): PeriodChoice => ({
  range: 'own',
  chosenAt: at('2026-11-21T09:22:41Z'),
  from: '',
  to: '',
  ...changes,
});

describe('periods', () => {
  test('the last 24 hours begin at a full hour of the zone', () => {
    expect(periodOf(choose({ range: 'day' }), paris)).toEqual({
      from: at('2026-11-20T09:00:00Z'),
      to: at('2026-11-21T09:22:41Z'),
    });
    expect(periodOf(choose({ range: 'day' }), 'Asia/Kolkata')).toMatchObject({
      from: at('2026-11-20T08:30:00Z'),
    });
  });

  test('a week begins at midnight of the zone, also where the clocks changed in it', () => {
    // The clocks went forward on 29 March, back on 25 October 2026.
    for (const [now, from, length] of [
      ['2026-03-31T12:00:00Z', '2026-03-23T23:00:00Z', 7 * 24 + 14 - 1],
      ['2026-10-27T12:00:00Z', '2026-10-19T22:00:00Z', 7 * 24 + 13 + 1],
      ['2026-11-21T12:00:00Z', '2026-11-13T23:00:00Z', 7 * 24 + 13],
    ] as const) {
      const period = periodOf(choose({ range: 'week', chosenAt: at(now) }), paris);
      expect(period).toEqual({ from: at(from), to: at(now) });
      expect('from' in period && (period.to - period.from) / hour).toBe(length);
    }
  });

  test('a midnight that the clocks skip is the first time there is on that day', () => {
    // Cairo: on 24 April 2026 midnight becomes 01:00.
    expect(
      periodOf(choose({ range: 'week', chosenAt: at('2026-05-01T10:00:00Z') }), 'Africa/Cairo'),
    ).toMatchObject({ from: at('2026-04-23T22:00:00Z') });
  });

  test('an own range is of the zone’s clocks; days may have 23 and 25 hours', () => {
    const length = (from: string, to: string) => {
      const period = periodOf(choose({ from, to }), paris);
      return 'from' in period ? (period.to - period.from) / hour : period.problem;
    };
    expect(length('2026-03-29', '2026-03-30')).toBe(23);
    expect(length('2026-10-25', '2026-10-26')).toBe(25);
    expect(length('2026-11-20 06:30', '2026-11-20T07:00')).toBe(0.5);
    expect(length('2024-11-20', '2026-11-20')).toBe(730 * 24);
  });

  test.each([
    ['', '2026-11-20', 'incomplete'],
    ['2026-11-19', ' ', 'incomplete'],
    ['20.11.2026', '2026-11-20', 'unreadable'],
    ['2026-02-30', '2026-11-20', 'unreadable'],
    ['2026-03-29 02:30', '2026-11-20', 'unreadable'],
    ['2026-11-20', '2026-11-20', 'backwards'],
    ['2026-11-20', '2026-11-19', 'backwards'],
    ['2026-11-22', '2026-11-23', 'ahead'],
    ['2024-11-18', '2026-11-20', 'too-long'],
  ])('%s to %s: %s', (from, to, problem) => {
    expect(periodOf(choose({ from, to }), paris)).toEqual({ problem });
  });

  test('what has not happened yet is cut off', () => {
    expect(periodOf(choose({ from: '2026-11-21', to: '2026-11-22' }), paris)).toEqual({
      from: at('2026-11-20T23:00:00Z'),
      to: at('2026-11-21T09:22:41Z'),
    });
  });
});

describe('scales', () => {
  test.each([
    [0, 5, 1, [0, 1]],
    [1, 5, 1, [0, 1]],
    [4, 5, 4, [0, 1, 2, 3, 4]],
    [11, 5, 15, [0, 5, 10, 15]],
    [99, 5, 100, [0, 20, 40, 60, 80, 100]],
    [5_000, 5, 5_000, [0, 1_000, 2_000, 3_000, 4_000, 5_000]],
  ])('counts to %i', (highest, most, top, ticks) => {
    expect(countScale(highest, most)).toEqual({ top, ticks });
  });

  test('any count lies on its scale, with no more steps than asked for', () => {
    for (let highest = 1; highest < 20_000; highest = Math.ceil(highest * 1.07)) {
      const { top, ticks } = countScale(highest, 6);
      expect(top).toBeGreaterThanOrEqual(highest);
      expect(ticks.length).toBeLessThanOrEqual(7);
      expect(ticks.every((tick) => Number.isInteger(tick))).toBe(true);
    }
  });

  test('ticks of a day over which the clocks go forward stay at full hours of the clock', () => {
    const period = { from: at('2026-03-28T23:00:00Z'), to: at('2026-03-29T22:00:00Z') };
    expect(timeTicks(period, paris, 8)).toEqual([
      { at: at('2026-03-28T23:00:00Z'), unit: 'day' },
      { at: at('2026-03-29T01:00:00Z'), unit: 'hour' },
      { at: at('2026-03-29T04:00:00Z'), unit: 'hour' },
      { at: at('2026-03-29T07:00:00Z'), unit: 'hour' },
      { at: at('2026-03-29T10:00:00Z'), unit: 'hour' },
      { at: at('2026-03-29T13:00:00Z'), unit: 'hour' },
      { at: at('2026-03-29T16:00:00Z'), unit: 'hour' },
      { at: at('2026-03-29T19:00:00Z'), unit: 'hour' },
      { at: at('2026-03-29T22:00:00Z'), unit: 'day' },
    ]);
  });

  test('longer periods have days, then months; never more than there is room for', () => {
    const to = at('2026-11-21T09:00:00Z');
    for (const days of [1, 7, 14, 30, 90, 365, 731]) {
      const ticks = timeTicks({ from: to - days * day, to }, paris, 10);
      expect(ticks.length).toBeGreaterThanOrEqual(3);
      expect(ticks.length).toBeLessThanOrEqual(11);
    }
    expect(timeTicks({ from: to - 731 * day, to }, paris, 10).every(({ unit }) => unit === 'month')).toBe(
      true,
    );
    expect(timeTicks({ from: to - 30 * day, to }, paris, 10).every(({ unit }) => unit === 'day')).toBe(true);
  });
});

const figures = (changes: Partial<AlarmFigures>): AlarmFigures => ({
  from: 0,
  to: 2.5 * hour,
  raised: { critical: 2, warning: 12 },
  operators: 1,
  perOperatorAndDay: 134.4,
  shareInFlood: 0,
  standing: 0,
  shelved: 0,
  series: [
    { from: 0, critical: 0, warning: 6 },
    { from: hour, critical: 2, warning: 5 },
    { from: 2 * hour, critical: 0, warning: 1 },
  ],
  topSources: [],
  chattering: [],
  falseRates: [],
  ...changes,
});

describe('bars and the goal', () => {
  test('144 a day are 6 an hour for each operator; nobody counts as one', () => {
    expect(goalOfStep(figures({}))).toBe(6);
    expect(goalOfStep(figures({ operators: 0 }))).toBe(6);
    expect(goalOfStep(figures({ operators: 3 }))).toBe(18);
  });

  test('a bar is beyond the goal only above it, and the last one is as wide as the others', () => {
    expect(barsOf(figures({})).map(({ beyondGoal }) => beyondGoal)).toEqual([false, true, false]);
    expect(barsOf(figures({})).at(-1)?.to).toBe(3 * hour);
  });

  test('a series of one step tells its length by the period', () => {
    expect(stepOf(figures({ series: [{ from: 0, critical: 0, warning: 0 }] }))).toBe(hour);
    expect(stepOf(figures({ to: 15 * day, series: [] }))).toBe(day);
  });
});

test('a table as text keeps its shape and starts no formula', () => {
  expect(
    tableText([
      ['Source', 'Alerts'],
      ['9870\t1034\n3Rb', '12'],
      ['=HYPERLINK("x")', '-1'],
    ]),
  ).toBe('Source\tAlerts\n9870 1034 3Rb\t12\n\'=HYPERLINK("x")\t\'-1');
});
