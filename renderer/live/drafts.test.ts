import { beforeEach, expect, test } from 'vitest';
import { drafts, giveDraftsTo, writeDraft } from './drafts.ts';
import { aSession } from './test-values.ts';

const sophie = aSession({ subject: 'sophie' });
const text = (key: string): string | undefined => drafts.getState().texts.get(key);

beforeEach(() => {
  drafts.setState({ texts: new Map(), ofOthers: new Map() }, true);
  giveDraftsTo(aSession());
});

test('what is being written outlives the end of the session and the sign-in after it', () => {
  writeDraft('alert 1', 'The crew has seen it');
  giveDraftsTo(aSession({ state: 'expired', role: 'viewer' }));
  expect(text('alert 1')).toBe('The crew has seen it');
  giveDraftsTo(aSession());
  expect(text('alert 1')).toBe('The crew has seen it');
});

test('nobody finds the words of another, and everybody finds their own again', () => {
  writeDraft('alert 1', 'of Alan');
  giveDraftsTo(sophie);
  expect(text('alert 1')).toBeUndefined();
  writeDraft('alert 1', 'of Sophie');
  giveDraftsTo(aSession());
  expect(text('alert 1')).toBe('of Alan');
  giveDraftsTo(sophie);
  expect(text('alert 1')).toBe('of Sophie');
});

test('what was written with nobody signed in belongs to the first who signs in', () => {
  drafts.setState({ texts: new Map(), ofOthers: new Map() }, true);
  writeDraft('pass 1', 'Inspected');
  giveDraftsTo(sophie);
  expect(text('pass 1')).toBe('Inspected');
});

test('an emptied field leaves nothing behind', () => {
  writeDraft('pass 1', 'Inspected');
  writeDraft('pass 1', '');
  expect(drafts.getState().texts.size).toBe(0);
});
