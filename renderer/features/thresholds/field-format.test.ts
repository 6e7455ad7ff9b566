import { describe, expect, test } from 'vitest';
import { fieldNumber, parseField, stepped } from './field-format.ts';
import { momentOf, wallClock } from '../../ui/zoned-time.ts';

describe('numbers in fields', () => {
  test('stand in the language of the window and never lose a hundredth', () => {
    expect(fieldNumber('warningLowCmm', 19_500, 'en')).toBe('195.0');
    expect(fieldNumber('warningLowCmm', 19_525, 'fr')).toBe('195,25');
    expect(fieldNumber('criticalHighCmm', 100_000, 'en')).toBe('1000.0');
    expect(fieldNumber('criticalHighCmm', 100_000, 'fr')).toBe('1000,0');
    expect(fieldNumber('minConfidence', 0.6, 'en')).toBe('0.60');
    expect(fieldNumber('blindShare', 0.5, 'fr')).toBe('50');
    expect(fieldNumber('blindShare', 0.125, 'en')).toBe('12.5');
    expect(fieldNumber('window', 10, 'en')).toBe('10');
  });

  test('are read with point or comma', () => {
    expect(parseField('warningLowCmm', ' 195,25 ')).toEqual({ kind: 'value', value: 19_525 });
    expect(parseField('warningLowCmm', '195.5')).toEqual({ kind: 'value', value: 19_550 });
    expect(parseField('blindShare', '12.5')).toEqual({ kind: 'value', value: 0.125 });
    expect(parseField('minConfidence', '0,65')).toEqual({ kind: 'value', value: 0.65 });
  });

  test.each([
    ['warningLowCmm', '', 'not-a-number'],
    ['warningLowCmm', '-5', 'not-a-number'],
    ['warningLowCmm', '19x', 'not-a-number'],
    ['warningLowCmm', '1e3', 'not-a-number'],
    ['warningLowCmm', '195.001', 'too-exact'],
    ['window', '2.5', 'too-exact'],
    ['warningLowCmm', '1001', 'out-of-bounds'],
    ['window', '0', 'out-of-bounds'],
    ['blindShare', '101', 'out-of-bounds'],
    ['axles', '9', 'out-of-bounds'],
  ] as const)('%s: %j is refused as %s', (field, text, kind) => {
    expect(parseField(field, text)).toEqual({ kind });
  });

  test('read back what they wrote', () => {
    for (const value of [0, 1, 49, 50, 19_999, 20_001, 99_999, 100_000]) {
      for (const language of ['en', 'fr'] as const) {
        expect(parseField('dropCmm', fieldNumber('dropCmm', value, language))).toEqual({
          kind: 'value',
          value,
        });
      }
    }
  });

  test('go by steps inside their bounds', () => {
    expect(stepped('warningLowCmm', 19_500, 1, false)).toBe(19_550);
    expect(stepped('warningLowCmm', 300, -1, true)).toBe(0);
    expect(stepped('minConfidence', 0.6, 1, false)).toBe(0.65);
    expect(stepped('window', 1, -1, false)).toBe(1);
  });
});

describe('wall-clock times of a zone', () => {
  test('are moments, each zone its own', () => {
    expect(momentOf('2026-11-22T06:00', 'Europe/London')).toEqual({
      kind: 'moment',
      at: Date.UTC(2026, 10, 22, 6),
      twice: false,
    });
    expect(momentOf('2026-07-01T06:00', 'Europe/Paris')).toEqual({
      kind: 'moment',
      at: Date.UTC(2026, 6, 1, 4),
      twice: false,
    });
    expect(wallClock(Date.UTC(2026, 6, 1, 22, 30), 'Europe/Paris')).toBe('2026-07-02T00:30');
  });

  test('that the clocks skip never come', () => {
    expect(momentOf('2027-03-28T01:30', 'Europe/London')).toEqual({ kind: 'never' });
    expect(momentOf('2027-03-28T02:30', 'Europe/Paris')).toEqual({ kind: 'never' });
  });

  test('that come twice are the first of the two', () => {
    expect(momentOf('2026-10-25T01:30', 'Europe/London')).toEqual({
      kind: 'moment',
      at: Date.UTC(2026, 9, 25, 0, 30),
      twice: true,
    });
  });

  test.each(['', 'tomorrow', '2026-02-31T06:00', '2026-11-22', '2026-11-22T25:00'])(
    '%j is no time',
    (text) => {
      expect(momentOf(text, 'Europe/London')).toEqual({ kind: 'never' });
    },
  );
});
