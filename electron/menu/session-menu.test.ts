import { expect, test, vi } from 'vitest';
import type { Session } from '../../contract/domain.ts';
import { en } from '../texts/en.ts';
import { sessionMenu } from './session-menu.ts';

const nobody: Session = {
  state: 'signed-out',
  signingIn: false,
  configured: true,
  name: '',
  role: 'viewer',
  workstation: 'TEST-01',
  sessionOnly: false,
};
const sophie = { name: 'Sophie Lambert', subject: 'sophie', ownRole: 'supervisor' } as const;

function menuOf(session: Session) {
  const onSession = vi.fn();
  const onAdmin = vi.fn();
  return { items: sessionMenu({ session, onSession, onAdmin }, en.menu), onSession, onAdmin };
}

const enabled = (session: Session) =>
  menuOf(session).items.flatMap((item) => (item.enabled === true ? [item.label] : []));

test.each([
  ['nobody signed in', nobody, ['Sign in…']],
  ['a workstation without provider', { ...nobody, configured: false }, []],
  ['a sign-in under way', { ...nobody, signingIn: true }, ['Cancel sign-in']],
  [
    'an operator',
    { ...nobody, ...sophie, state: 'signed-in', role: 'operator' },
    ['Change operator…', 'Lock now', 'Sign out'],
  ],
  [
    'a supervisor',
    { ...nobody, ...sophie, state: 'signed-in', role: 'supervisor' },
    ['Change operator…', 'Lock now', 'Sign out', 'Administration…'],
  ],
  [
    'an admin without provider',
    { ...nobody, ...sophie, state: 'grace', role: 'admin' },
    ['Change operator…', 'Lock now', 'Sign out', 'Administration…'],
  ],
  [
    'a person who takes over',
    { ...nobody, ...sophie, state: 'signed-in', role: 'operator', signingIn: true },
    ['Cancel sign-in', 'Lock now', 'Sign out'],
  ],
  // The rights in force are a viewer's then, whoever it was.
  ['a locked session', { ...nobody, ...sophie, state: 'locked' }, ['Sign in…', 'Sign out']],
  ['an ended session', { ...nobody, ...sophie, state: 'expired' }, ['Sign in…', 'Sign out']],
] as const)('what can be chosen with %s', (_name, session, expected) => {
  expect(enabled(session)).toEqual(expected);
});

test('an item calls the method of its name', () => {
  const { items, onSession, onAdmin } = menuOf({ ...nobody, ...sophie, state: 'signed-in', role: 'admin' });
  for (const item of items) Reflect.apply(item.click ?? (() => undefined), undefined, []);
  expect(onSession.mock.calls.flat()).toEqual([
    'session.login',
    'session.login',
    'session.cancelLogin',
    'session.lock',
    'session.logout',
  ]);
  expect(onAdmin).toHaveBeenCalledOnce();
});
