import { expect, test } from 'vitest';
import { createGrouping } from '../../live/alert-order.ts';
import { anAlert } from '../../live/test-values.ts';
import { isMarked, markAll, markRow, noMarks, rowsOf } from './marking.ts';

const one = anAlert('one', { vehicleIndex: 1, raisedAt: 900 });
const two = [
  anAlert('two', { vehicleIndex: 2, raisedAt: 800 }),
  anAlert('too', { vehicleIndex: 2, raisedAt: 700, position: '1Lb' }),
];
const three = anAlert('three', { vehicleIndex: 3, raisedAt: 600 });
const { groups } = createGrouping()(
  new Map([one, ...two, three].map((alert) => [alert.id, alert])),
  () => true,
);
const folded = rowsOf(groups, new Set());
const keys = folded.map(({ key }) => key);
const [first = '', second = '', last = ''] = keys;

const idsOf = (ids: ReadonlySet<string>): readonly string[] => [...ids].toSorted();

test('a folded vehicle is one row, an unfolded one a row for each alert', () => {
  expect(folded.map(({ kind }) => kind)).toEqual(['alert', 'group', 'alert']);
  expect(rowsOf(groups, new Set([second])).map(({ kind }) => kind)).toEqual([
    'alert',
    'group',
    'alert',
    'alert',
    'alert',
  ]);
});

test('a mark of a folded vehicle marks each of its alerts, a second one unmarks them', () => {
  const marked = markRow(folded, noMarks, second, 'toggle');
  expect(idsOf(marked.ids)).toEqual(['too', 'two']);
  expect(folded.map((row) => isMarked(row, marked))).toEqual([false, true, false]);
  expect(markRow(folded, marked, second, 'toggle').ids.size).toBe(0);
});

test('a range goes from the line marked last, either way, and keeps what was marked', () => {
  const begun = markRow(folded, noMarks, last, 'toggle');
  const range = markRow(folded, begun, first, 'range');
  expect(idsOf(range.ids)).toEqual(['one', 'three', 'too', 'two']);
  expect(markRow(folded, noMarks, first, 'range').ids).toEqual(new Set(['one']));
});

test('a line that is gone marks nothing; all are all that is listed', () => {
  expect(markRow(folded, noMarks, 'gone', 'toggle')).toBe(noMarks);
  expect(markAll(folded).ids.size).toBe(4);
});
