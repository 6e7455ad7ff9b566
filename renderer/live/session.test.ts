import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { VicoreApi } from '../../contract/api.ts';
import type { Role, Session } from '../../contract/domain.ts';
import type { Result } from '../../contract/errors.ts';
import { drafts, writeDraft } from './drafts.ts';
import { notices, showError } from './notices.ts';
import { rolesAllow } from './roles.ts';
import { followSession } from './session.ts';
import { initialState } from './state.ts';
import type { LiveState } from './state.ts';
import { aSession } from './test-values.ts';

/** A main process that answers `session.current` when the test says so. */
const rig = () => {
  let tell: (session: Session) => void = () => undefined;
  let answer: (result: Result<never>) => void = () => undefined;
  const api: VicoreApi = {
    call: () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
    onChanges: () => () => undefined,
    onContext: () => () => undefined,
    onPreferences: () => () => undefined,
    onSession: (listener) => {
      tell = listener;
      return () => undefined;
    },
  };
  const store = createStore<LiveState>(() => initialState);
  const started = followSession(api, store);
  return {
    store,
    started,
    tell: (session: Session) => tell(session),
    answer: (session: Session) => answer({ ok: true, value: session as never }),
  };
};

test('the session starts with the answer and follows every event', async () => {
  const { store, started, tell, answer } = rig();
  answer(aSession());
  await started;
  expect(store.getState().session?.name).toBe('Alan Martin');
  tell(aSession({ state: 'expired', role: 'viewer' }));
  expect(store.getState().session?.state).toBe('expired');
});

test('an answer that comes after an event does not replace it', async () => {
  const { store, started, tell, answer } = rig();
  tell(aSession({ state: 'locked', role: 'viewer' }));
  answer(aSession());
  await started;
  expect(store.getState().session?.state).toBe('locked');
});

test('whoever comes next finds neither the words of the one before nor reasons that are none any more', async () => {
  const { started, tell, answer } = rig();
  answer(aSession());
  await started;
  writeDraft('alert 1', 'of Alan');
  showError({ code: 'forbidden', message: 'needs the role supervisor' });
  showError({ code: 'timeout', message: 'no answer' });
  tell(aSession({ subject: 'sophie', role: 'supervisor' }));
  expect(drafts.getState().texts.size).toBe(0);
  expect(notices.getState().items.map(({ error }) => error.code)).toEqual(['timeout']);
});

test('a role allows what the roles below it may, and an unknown session only a view', () => {
  const roles: readonly Role[] = ['viewer', 'operator', 'supervisor', 'admin'];
  const allowed = roles.filter((role) => rolesAllow(aSession({ role: 'supervisor' }), role));
  expect(allowed).toEqual(['viewer', 'operator', 'supervisor']);
  expect(roles.filter((role) => rolesAllow(undefined, role))).toEqual(['viewer']);
});
