import { expect, test } from 'vitest';
import type { Session } from '../../contract/domain.ts';
import type { Caller } from '../core.ts';
import { sessionHandlers } from './session.ts';

const session: Session = {
  state: 'signed-out',
  signingIn: false,
  configured: true,
  sessionOnly: false,
  name: '',
  role: 'viewer',
  workstation: 'W1',
};

function setUp(configured: boolean) {
  const asked: string[] = [];
  const act =
    (name: string) =>
    (correlationId: string): Session => {
      asked.push(`${name} ${correlationId}`);
      return { ...session, configured, signingIn: name === 'login' };
    };
  const handlers = sessionHandlers({
    session: () => ({ ...session, configured }),
    login: act('login'),
    cancelLogin: act('cancelLogin'),
    logout: act('logout'),
    lock: act('lock'),
  });
  const caller: Caller = { windowId: 1, kind: 'system', session, at: 0, correlationId: 'c' };
  return { handlers, caller, asked };
}

test('each method asks the keeper and answers with the session', async () => {
  const { handlers, caller, asked } = setUp(true);
  expect(await handlers['session.current']({}, caller)).toEqual({ ok: true, value: session });
  expect(await handlers['session.login']({}, caller)).toMatchObject({ ok: true, value: { signingIn: true } });
  await handlers['session.cancelLogin']({}, caller);
  await handlers['session.lock']({}, caller);
  await handlers['session.logout']({}, caller);
  expect(asked).toEqual(['login c', 'cancelLogin c', 'lock c', 'logout c']);
});

test('without an identity provider signing in says so', async () => {
  const { handlers, caller, asked } = setUp(false);
  expect(await handlers['session.login']({}, caller)).toMatchObject({
    ok: false,
    error: { code: 'not-found', message: expect.stringContaining('"login"') },
  });
  expect(asked).toEqual([]);
});
