import { beforeEach, expect, test } from 'vitest';
import { drafts, writeDraft } from './drafts.ts';
import { checklistOf, clearTicks } from './ticks.ts';

beforeEach(() => drafts.setState({ owner: undefined, texts: new Map(), ofOthers: new Map() }));

test('a checklist nobody ticked is not kept; a ticked one keeps the steps that were not done as well', () => {
  expect(checklistOf('a')).toBeUndefined();
  writeDraft('checklist a', '-Picture looked at\n-Train held');
  expect(checklistOf('a')).toBeUndefined();
  writeDraft('checklist a', 'xPicture looked at\n-Train held');
  expect(checklistOf('a')).toEqual([
    { step: 'Picture looked at', done: true },
    { step: 'Train held', done: false },
  ]);
});

test('ticks belong to their alert and go when it is acknowledged', () => {
  writeDraft('checklist a', 'xTrain held');
  expect(checklistOf('b')).toBeUndefined();
  clearTicks('a');
  expect(checklistOf('a')).toBeUndefined();
});
