import { expect, test } from 'vitest';
import type { Session } from '../../contract/domain.ts';
import { refusalError, refusalIn, refusalOf } from './refusal.ts';
import { aSession } from './test-values.ts';

const cause = (changed: Partial<Session>): string | undefined =>
  refusalOf(aSession(changed), 'acknowledge')?.cause;

test('an operator may act, also in the offline grace', () => {
  expect(cause({})).toBeUndefined();
  expect(cause({ state: 'grace' })).toBeUndefined();
});

test('the cause says what would help', () => {
  const role = 'viewer';
  expect(cause({ role })).toBe('role');
  expect(cause({ role, state: 'signed-out' })).toBe('signed-out');
  expect(cause({ role, state: 'locked' })).toBe('locked');
  expect(cause({ role, state: 'expired' })).toBe('again');
  expect(cause({ role, state: 'grace-ended' })).toBe('again');
  expect(cause({ role, state: 'deactivated' })).toBe('deactivated');
  expect(cause({ role, state: 'signed-out', configured: false })).toBe('not-configured');
  expect(refusalOf(undefined, 'confirm')?.cause).toBe('signed-out');
});

test('a refusal made into an error can be read again, and no other error is one', () => {
  const refusal = refusalOf(aSession({ state: 'locked', role: 'viewer' }), 'confirm');
  expect(refusal).toBeDefined();
  if (refusal !== undefined) expect(refusalIn(refusalError(refusal))).toEqual(refusal);
  expect(refusalIn({ code: 'forbidden', message: '', details: { act: 'dance', cause: 'role' } })).toBe(
    undefined,
  );
});
