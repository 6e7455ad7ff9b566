import { describe, expect, test } from 'vitest';
import { everything, filterInput, isBackwards, isFiltered, isUnreadable, utcMoment } from './filter.ts';

const now = Date.UTC(2026, 10, 21, 9, 0);
const all = everything(now);

describe('the filter of the audit log', () => {
  test('everything asks for everything', () => {
    expect(Object.values(filterInput(all)).every((value) => value === undefined)).toBe(true);
    expect(isFiltered(all)).toBe(false);
  });

  test('texts without blanks around them', () => {
    expect(filterInput({ ...all, actor: ' Dora Okafor ', action: 'threshold.save' })).toMatchObject({
      actor: 'Dora Okafor',
      action: 'threshold.save',
    });
    expect(isFiltered({ ...all, entityId: '4' })).toBe(true);
    expect(isFiltered({ ...all, actor: '   ' })).toBe(false);
  });

  test('ranges count back from the moment they were chosen', () => {
    expect(filterInput({ ...all, range: 'hour' }).from).toBe(now - 3_600_000);
    expect(filterInput({ ...all, range: 'week' }).from).toBe(now - 7 * 24 * 3_600_000);
    expect(filterInput({ ...all, range: 'week' }).to).toBeUndefined();
  });

  test('an own range is in UTC; the fields of another range are not looked at', () => {
    const own = { ...all, range: 'own', from: '2026-11-20 22:00', to: '2026-11-21T06:00 ' } as const;
    expect(filterInput(own)).toMatchObject({
      from: Date.UTC(2026, 10, 20, 22),
      to: Date.UTC(2026, 10, 21, 6),
    });
    expect(filterInput({ ...own, range: 'all' }).from).toBeUndefined();
    expect(isBackwards(own)).toBe(false);
    expect(isBackwards({ ...own, from: own.to, to: own.from })).toBe(true);
  });

  test('moments are written year first; half-filled and impossible ones are none', () => {
    expect(utcMoment('2026-11-21')).toBe(Date.UTC(2026, 10, 21));
    expect(utcMoment(' 2026-11-21 09:30 ')).toBe(Date.UTC(2026, 10, 21, 9, 30));
    expect(utcMoment('')).toBeUndefined();
    expect(utcMoment('21/11/2026')).toBeUndefined();
    expect(utcMoment('2026-13-41 09:00')).toBeUndefined();
    expect(isUnreadable('')).toBe(false);
    expect(isUnreadable('2026-11')).toBe(true);
  });
});
