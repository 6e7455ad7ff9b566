import { describe, expect, test } from 'vitest';
import { sameValues, thresholdDifferences } from './difference.ts';
import { addType, editValue, keepText, rebase, redo, startDraft, undo } from './draft.ts';
import { mergeOnto, threeWay } from './merge.ts';
import { valueAt, valuesOf, withValue } from './places.ts';
import { inForceAt, nextAfter, standingOf } from './standing.ts';
import { aSet, truckLimits } from './test-limits.ts';

const warningLow = { type: 'carrier-truck', field: 'warningLowCmm' } as const;
const criticalLow = { type: 'carrier-truck', field: 'criticalLowCmm' } as const;
const conflict = { field: 'conflictCmm' } as const;
const base = aSet(3);
const begun = startDraft(base, base, 'dora');

describe('a draft', () => {
  test('carries no more than what a version says', () => {
    expect(Object.keys(begun.values).toSorted()).toEqual([
      'blindShare',
      'conflictCmm',
      'incomplete',
      'minConfidence',
      'sureConfidence',
      'types',
      'unseenPasses',
    ]);
    expect(sameValues(begun.values, base)).toBe(true);
  });

  test('undoes a whole gesture at once, and redoes it', () => {
    const dragged = [19_600, 19_700, 20_000].reduce(
      (draft, value) => editValue(draft, warningLow, value, 'drag 1'),
      begun,
    );
    const typed = editValue(dragged, conflict, 1_600, 'type 2');
    expect(valueAt(undo(typed).values, warningLow)).toBe(20_000);
    expect(valueAt(undo(typed).values, conflict)).toBe(1_500);
    expect(valueAt(undo(undo(typed)).values, warningLow)).toBe(19_500);
    expect(redo(redo(undo(undo(typed)))).values).toEqual(typed.values);
    expect(undo(undo(undo(typed)))).toEqual(undo(undo(typed)));
  });

  test('separates two gestures on the same value, and an edit after undo ends redoing', () => {
    const twice = editValue(editValue(begun, warningLow, 19_600, 'a'), warningLow, 19_700, 'b');
    expect(valueAt(undo(twice).values, warningLow)).toBe(19_600);
    expect(editValue(undo(twice), conflict, 1, 'c').future).toEqual([]);
  });

  test('keeps a text that is no number until the field has one again', () => {
    const broken = keepText(begun, warningLow, '19x');
    expect(broken.texts).toEqual({ 'carrier-truck/warningLowCmm': '19x' });
    expect(broken.values).toBe(begun.values);
    expect(editValue(broken, warningLow, 19_000, 'g').texts).toEqual({});
    expect(undo(broken).texts).toEqual({});
  });

  test('gives a new type limits once', () => {
    const added = addType(begun, 'shunter', { ...truckLimits, axles: 2 });
    expect(added.values.types['shunter']?.axles).toBe(2);
    expect(addType(added, 'shunter', truckLimits)).toBe(added);
    expect(undo(added).values.types['shunter']).toBeUndefined();
  });
});

describe('differences', () => {
  test('name the value, before and after; none where nothing differs', () => {
    expect(thresholdDifferences(base, aSet(4))).toEqual([]);
    const other = withValue(withValue(valuesOf(base), warningLow, 19_000), conflict, 1_000);
    expect(thresholdDifferences(base, other)).toEqual([
      { place: conflict, before: 1_500, after: 1_000 },
      { place: warningLow, before: 19_500, after: 19_000 },
    ]);
  });

  test('of a type that one side does not have are all its values', () => {
    const without = { ...valuesOf(base), types: {} };
    const found = thresholdDifferences(without, base);
    expect(found).toHaveLength(10);
    expect(found.every(({ before, after }) => before === undefined && after !== undefined)).toBe(true);
  });
});

describe('mine on top of theirs', () => {
  const values = valuesOf(base);
  const theirs = withValue(withValue(values, warningLow, 19_000), conflict, 1_000);
  const mine = withValue(withValue(values, warningLow, 19_800), criticalLow, 18_500);

  test('three ways: what each did, and where both did something else', () => {
    expect(threeWay(values, theirs, mine)).toEqual([
      { place: conflict, base: 1_500, theirs: 1_000, mine: 1_500, contested: false },
      { place: criticalLow, base: 18_000, theirs: 18_000, mine: 18_500, contested: false },
      { place: warningLow, base: 19_500, theirs: 19_000, mine: 19_800, contested: true },
    ]);
  });

  test('keeps theirs where I did nothing, mine where I did, and the choice where both did', () => {
    const merged = mergeOnto(values, theirs, mine, new Set());
    expect([conflict, criticalLow, warningLow].map((place) => valueAt(merged, place))).toEqual([
      1_000, 18_500, 19_800,
    ]);
    const yielded = mergeOnto(values, theirs, mine, new Set(['carrier-truck/warningLowCmm']));
    expect(valueAt(yielded, warningLow)).toBe(19_000);
  });

  test('the same change on both sides is no contest', () => {
    expect(threeWay(values, theirs, theirs).some(({ contested }) => contested)).toBe(false);
    expect(mergeOnto(values, theirs, theirs, new Set())).toEqual(theirs);
  });

  test('types: added by either side are there, taken away by either side are not', () => {
    const more = (code: string) => ({ ...values, types: { ...values.types, [code]: truckLimits } });
    const merged = mergeOnto(values, more('theirs'), more('mine'), new Set());
    expect(Object.keys(merged.types).toSorted()).toEqual(['carrier-truck', 'mine', 'theirs']);
    const none = { ...values, types: {} };
    expect(mergeOnto(values, none, mine, new Set()).types).toEqual({});
    expect(mergeOnto(values, theirs, none, new Set()).types).toEqual({});
  });

  test('a draft brought up to date compares with theirs from then on, and can be undone', () => {
    const newer = { ...aSet(4), ...theirs };
    const draft = rebase(editValue(begun, warningLow, 19_800, 'g'), newer, new Set());
    expect(draft.base.version).toBe(4);
    expect(thresholdDifferences(draft.base, draft.values)).toEqual([
      { place: warningLow, before: 19_000, after: 19_800 },
    ]);
    expect(valueAt(undo(draft).values, conflict)).toBe(1_500);
  });
});

test('in force is what took effect last, the higher version of two at once', () => {
  const sets = [aSet(4, { effectiveAt: 9_000 }), aSet(3, { effectiveAt: 2_000 }), aSet(2), aSet(1)];
  expect(inForceAt(sets, 5_000)?.version).toBe(3);
  expect(sets.map((set) => standingOf(set, sets, 5_000))).toEqual(['upcoming', 'in-force', 'past', 'past']);
  expect(inForceAt(sets, 9_000)?.version).toBe(4);
  expect(inForceAt([], 1)).toBeUndefined();
  // Versions 2 and 3 begin together: the higher one judges.
  expect(nextAfter(sets, 1_000)?.version).toBe(3);
  expect(nextAfter(sets, 5_000)?.version).toBe(4);
  expect(nextAfter(sets, 9_000)).toBeUndefined();
});
