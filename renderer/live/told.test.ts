import { expect, test, vi } from 'vitest';
import { noteTold, timesTold, watchTold } from './told.ts';

test('an alert that nobody looks at is not counted, however often main tells of it', () => {
  noteTold('nobody');
  expect(timesTold('nobody')).toBe(0);
});

test('everybody who looks at the alert is told, each time, and of no other', () => {
  const [one, other, elsewhere] = [vi.fn(), vi.fn(), vi.fn()];
  const stops = [watchTold('a', one), watchTold('a', other), watchTold('b', elsewhere)];
  noteTold('a');
  noteTold('a');
  expect(timesTold('a')).toBe(2);
  expect([one, other, elsewhere].map(({ mock }) => mock.calls.length)).toEqual([2, 2, 0]);
  expect(timesTold('b')).toBe(0);
  for (const stop of stops) stop();
});

test('who looks away is told nothing more; the count goes on while one still looks, and ends with the last', () => {
  const [one, other] = [vi.fn(), vi.fn()];
  const stopOne = watchTold('a', one);
  const stopOther = watchTold('a', other);
  noteTold('a');
  stopOne();
  noteTold('a');
  expect([one.mock.calls.length, other.mock.calls.length, timesTold('a')]).toEqual([1, 2, 2]);
  stopOther();
  expect(timesTold('a')).toBe(0);
  noteTold('a');
  expect([one.mock.calls.length, other.mock.calls.length, timesTold('a')]).toEqual([1, 2, 0]);
});

test('looking away twice does not end what somebody else began meanwhile', () => {
  const stop = watchTold('a', vi.fn());
  stop();
  const later = vi.fn();
  const stopLater = watchTold('a', later);
  stop();
  noteTold('a');
  expect([later.mock.calls.length, timesTold('a')]).toEqual([1, 1]);
  stopLater();
});
