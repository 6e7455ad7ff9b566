import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { VicoreApi } from '../../contract/api.ts';
import type { Session } from '../../contract/domain.ts';
import type { Result } from '../../contract/errors.ts';
import { notices } from './notices.ts';
import { askSession } from './session-acts.ts';
import { initialState } from './state.ts';
import type { LiveState } from './state.ts';
import { aSession } from './test-values.ts';

const nobody = aSession({ state: 'signed-out', name: '', role: 'viewer' });

/** Main answers `result`; `meanwhile` runs between the question and the answer. */
const ask = async (
  result: Result<Session>,
  meanwhile: (next: (session: Session) => void) => void = () => undefined,
): Promise<Session | undefined> => {
  const store = createStore<LiveState>(() => ({ ...initialState, session: nobody }));
  const api: VicoreApi = {
    call: async () => {
      meanwhile((session) => store.setState({ session }));
      return result as Result<never>;
    },
    onChanges: () => () => undefined,
    onContext: () => () => undefined,
    onPreferences: () => () => undefined,
    onSession: () => () => undefined,
  };
  await askSession(api, store, 'session.login');
  return store.getState().session;
};

test('the answer is shown while nothing newer is known', async () => {
  const session = await ask({ ok: true, value: { ...nobody, signingIn: true } });
  expect(session?.signingIn).toBe(true);
});

test('an event that came meanwhile stands: it is newer than the answer', async () => {
  const session = await ask({ ok: true, value: { ...nobody, signingIn: true } }, (tell) => tell(aSession()));
  expect(session?.state).toBe('signed-in');
});

test('a refusal changes nothing and is said', async () => {
  const session = await ask({ ok: false, error: { code: 'timeout', message: 'no answer' } });
  expect(session).toBe(nobody);
  expect(notices.getState().items.at(-1)?.error.code).toBe('timeout');
});
