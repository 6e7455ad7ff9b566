import { describe, expect, test } from 'vitest';
import type { Session } from '../../../contract/domain.ts';
import { aSession } from '../../live/test-values.ts';
import { graceLeft, menuItems, signInKey, standingKey } from './session-words.ts';

const asViewer = (state: Session['state']): Session => aSession({ state, role: 'viewer' });

describe('the banner', () => {
  test('asks for a sign-in in the words of the state', () => {
    expect(signInKey(aSession())).toBeUndefined();
    expect(signInKey(asViewer('signed-out'))).toBe('session.signIn');
    expect(signInKey(asViewer('expired'))).toBe('session.signInAgain');
    expect(signInKey(asViewer('grace-ended'))).toBe('session.signInAgain');
    expect(signInKey(asViewer('locked'))).toBe('session.unlock');
  });

  test('asks for none while one is under way, or where there is no provider', () => {
    expect(signInKey({ ...asViewer('signed-out'), signingIn: true })).toBeUndefined();
    expect(signInKey({ ...asViewer('signed-out'), configured: false })).toBeUndefined();
  });

  test('shows the role only while it may be used', () => {
    expect(standingKey(aSession({ state: 'grace' }))).toBe('role.operator');
    expect(standingKey(asViewer('locked'))).toBe('session.state.locked');
    expect(standingKey(asViewer('signed-out'))).toBeUndefined();
  });
});

describe('the menu', () => {
  test('lets an operator hand over, lock and leave', () => {
    expect(menuItems(aSession(), true)).toEqual(['change-operator', 'lock', 'sign-out', 'preferences']);
  });

  test('leads supervisors and admins to the administration', () => {
    for (const role of ['supervisor', 'admin'] as const)
      expect(menuItems(aSession({ role, ownRole: role }), false)).toContain('open-admin');
  });

  test('an admin whose session is locked is led nowhere', () => {
    const locked = aSession({ state: 'locked', role: 'viewer', ownRole: 'admin' });
    expect(menuItems(locked, false)).toEqual(['change-operator', 'sign-out']);
  });
});

describe('the offline grace', () => {
  const until = (graceEndsAt: number): Session => aSession({ state: 'grace', graceEndsAt });

  test('is announced as ending in its last half hour', () => {
    expect(graceLeft(until(1_800_001), 0)).toMatchObject({ leftMs: 1_800_001, ending: false });
    expect(graceLeft(until(1_800_000), 0)).toMatchObject({ leftMs: 1_800_000, ending: true });
    expect(graceLeft(until(1000), 5000)?.leftMs).toBe(0);
  });

  test('is nothing outside its state', () => {
    expect(graceLeft(aSession({ graceEndsAt: 10 }), 0)).toBeUndefined();
  });
});
