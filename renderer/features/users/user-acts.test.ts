import { describe, expect, test } from 'vitest';
import type { User } from '../../../contract/domain.ts';
import { actsFor, changeOf, isOwn, isUser, missingFor, rightsOf } from './user-acts.ts';

const user: User = {
  id: '00000000-0000-4000-8000-000000000001',
  subject: 'alan',
  name: 'Alan Martin',
  role: 'operator',
  claimedRole: 'operator',
  active: true,
  pseudonymised: false,
  revision: 3,
};
const draft = { reason: 'left the company', role: 'viewer', typed: '' } as const;

describe('what can be done with a person', () => {
  test('active, deactivated, overridden, pseudonymised', () => {
    expect(actsFor(user)).toEqual(['deactivate', 'override-role', 'pseudonymise']);
    expect(actsFor({ ...user, active: false })).toEqual(['activate', 'override-role', 'pseudonymise']);
    expect(actsFor({ ...user, roleOverride: 'admin' })).toContain('follow-provider');
    expect(actsFor({ ...user, pseudonymised: true })).toEqual([]);
  });

  test('oneself is known by the subject, not by the name', () => {
    expect(isOwn(user, 'alan')).toBe(true);
    expect(isOwn(user, 'Alan Martin')).toBe(false);
    expect(isOwn({ ...user, subject: '' }, undefined)).toBe(false);
  });
});

describe('what is missing', () => {
  test('a reason, always', () => {
    expect(missingFor('deactivate', user, { ...draft, reason: '  ' })).toBe('reason');
    expect(missingFor('deactivate', user, draft)).toBeUndefined();
  });

  test('another role than the override there is', () => {
    expect(missingFor('override-role', { ...user, roleOverride: 'viewer' }, draft)).toBe('role');
    expect(missingFor('override-role', user, draft)).toBeUndefined();
  });

  test('the name, typed, before it goes for good', () => {
    expect(missingFor('pseudonymise', user, { ...draft, typed: 'alan martin' })).toBe('typed');
    expect(missingFor('pseudonymise', user, { ...draft, typed: ' Alan Martin ' })).toBeUndefined();
  });
});

test('changes as the contract takes them', () => {
  expect(changeOf('override-role', { ...draft, reason: ' stands in ' })).toEqual({
    kind: 'override-role',
    role: 'viewer',
    reason: 'stands in',
  });
  expect(changeOf('deactivate', draft)).toEqual({ kind: 'deactivate', reason: 'left the company' });
});

test('a conflict shows rights, not bookkeeping', () => {
  expect(rightsOf(user)).not.toHaveProperty('revision');
  expect(isUser(user)).toBe(true);
  expect(isUser({ version: 3 })).toBe(false);
  expect(isUser(undefined)).toBe(false);
});
