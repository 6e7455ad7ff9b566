import { expect, test } from 'vitest';
import type { Alert } from '../../contract/domain.ts';
import { createShown } from './shown.ts';

const alert = (id: string, change: Partial<Alert> = {}): Alert => ({
  id,
  rule: 'defect',
  severity: 'critical',
  state: 'active-acknowledged',
  present: true,
  raisedAt: 0,
  receivedAt: 0,
  provisional: false,
  ...change,
});

test('a notification goes with the last of its alerts that somebody dealt with', () => {
  const shown = createShown<string>();
  shown.add('single', ['a']);
  shown.add('group', ['b', 'c', 'd']);
  expect(shown.changed([alert('a', { state: 'active-unacknowledged' }), alert('x')], 0)).toEqual([]);
  expect(shown.changed([alert('a', { state: 'cleared-unacknowledged' })], 0)).toEqual([]);
  expect(shown.changed([alert('a')], 0)).toEqual(['single']);
  expect(shown.changed([alert('a')], 0)).toEqual([]);
  expect(shown.changed([alert('b'), alert('c', { state: 'closed' })], 0)).toEqual([]);
  const shelved = { state: 'active-unacknowledged', shelvedUntil: 1_000 } as const;
  expect(shown.changed([alert('d', shelved)], 1_000)).toEqual([]);
  expect(shown.changed([alert('d', shelved)], 999)).toEqual(['group']);
});

test('news of an alert takes the place of the older one, but not of a group', () => {
  const shown = createShown<string>();
  shown.add('first', ['a']);
  shown.add('group', ['a', 'b']);
  expect(shown.add('again', ['b'])).toEqual([]);
  expect(shown.add('third', ['b'])).toEqual(['again']);
  expect(shown.changed([alert('a'), alert('b')], 0)).toEqual(['group', 'third']);
});

test('what takes over stands for everything, what a person closed for nothing', () => {
  const shown = createShown<string>();
  shown.add('flood', ['a', 'b']);
  shown.add('next', ['c']);
  shown.inherit('next', 'flood');
  expect(shown.changed([alert('a'), alert('c')], 0)).toEqual([]);
  shown.forget('next');
  expect(shown.changed([alert('b')], 0)).toEqual([]);
});
