import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { Alert } from '../../contract/domain.ts';
import { keepShelf } from './shelf.ts';
import { initialState } from './state.ts';
import { anAlert } from './test-values.ts';

const minute = 60_000;
/** Start of the wall clock; the monotonic one starts at 0. */
const began = 1_800_000_000_000;
let skew = 0;

beforeEach(() => {
  skew = 0;
  vi.useFakeTimers({ now: began });
});
afterEach(() => {
  vi.useRealTimers();
});

const start = (alerts: readonly Alert[]) => {
  const store = createStore(() => ({
    ...initialState,
    alerts: new Map(alerts.map((alert) => [alert.id, alert])),
  }));
  const stop = keepShelf(store, { monotonic: () => Date.now() - began, wall: () => Date.now() + skew });
  return { store, stop, shelved: () => [...store.getState().shelved] };
};

test('an alert is on the shelf until its end, and comes back by this window’s own clock', () => {
  const { shelved } = start([anAlert('a', { shelvedUntil: began + 5 * minute }), anAlert('b')]);
  expect(shelved()).toEqual(['a']);
  vi.advanceTimersByTime(5 * minute - 1);
  expect(shelved()).toEqual(['a']);
  vi.advanceTimersByTime(1);
  expect(shelved()).toEqual([]);
});

test('a shelf that has ended before it was seen hides nothing', () => {
  expect(start([anAlert('a', { shelvedUntil: began - 1 })]).shelved()).toEqual([]);
});

test('a wall clock that is set back an hour hides nothing any longer', () => {
  const { shelved } = start([anAlert('a', { shelvedUntil: began + 5 * minute })]);
  skew = -60 * minute;
  vi.advanceTimersByTime(5 * minute);
  expect(shelved()).toEqual([]);
});

test('a wall clock that is set forward ends it as soon as something is heard', () => {
  const { store, shelved } = start([anAlert('a', { shelvedUntil: began + 5 * minute })]);
  skew = 60 * minute;
  store.setState({ alerts: new Map(store.getState().alerts) });
  expect(shelved()).toEqual([]);
});

test('shelved anew, taken off, or closed: the shelf follows at once', () => {
  const { store, shelved } = start([anAlert('a', { shelvedUntil: began + minute })]);
  store.setState({ alerts: new Map([['a', anAlert('a', { shelvedUntil: began + 9 * minute })]]) });
  vi.advanceTimersByTime(2 * minute);
  expect(shelved()).toEqual(['a']);
  store.setState({ alerts: new Map([['a', anAlert('a')]]) });
  expect(shelved()).toEqual([]);
  store.setState({ alerts: new Map([['a', anAlert('a', { shelvedUntil: began + 9 * minute })]]) });
  expect(shelved()).toEqual(['a']);
  store.setState({ alerts: new Map() });
  expect(shelved()).toEqual([]);
});

test('after it was stopped nothing is watched', () => {
  const { store, stop, shelved } = start([]);
  stop();
  store.setState({ alerts: new Map([['a', anAlert('a', { shelvedUntil: began + minute })]]) });
  expect(shelved()).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});
