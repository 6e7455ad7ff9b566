import { expect, test } from 'vitest';
import { editValue, startDraft } from './draft.ts';
import { draftOf, dropDraft, editorOf, setDraft } from './draft-store.ts';
import { aSet } from './test-limits.ts';

const base = aSet(3);
const place = { field: 'conflictCmm' } as const;

test('a draft is of one person: whoever signs in next begins with their own, and it waits until its owner is back', () => {
  setDraft(startDraft(base, base, 'dora'));
  editorOf('dora')((draft) => editValue(draft, place, 1_700));
  expect(draftOf('paul')).toBeUndefined();
  // Nothing is there to change: nothing comes into being by it.
  editorOf('paul')((draft) => editValue(draft, place, 1));
  expect(draftOf('paul')).toBeUndefined();

  setDraft(startDraft(base, base, 'paul'));
  editorOf('paul')((draft) => ({ ...draft, reason: 'Mine' }));
  expect(draftOf('paul')).toMatchObject({ owner: 'paul', reason: 'Mine', values: { conflictCmm: 1_500 } });
  expect(draftOf('dora')).toMatchObject({ owner: 'dora', reason: '', values: { conflictCmm: 1_700 } });

  dropDraft('paul');
  expect(draftOf('paul')).toBeUndefined();
  expect(draftOf('dora')?.values.conflictCmm).toBe(1_700);
  dropDraft('dora');
  expect(draftOf('dora')).toBeUndefined();
});
