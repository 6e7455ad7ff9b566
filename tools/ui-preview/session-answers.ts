import { success } from '../../contract/errors.ts';
import type { Part } from './fake-main.ts';
import { sessions, signedIn } from './sessions.ts';

/** How long the person takes in the browser: long enough to be seen, short enough to wait for. */
const browserMs = 700;

/** Whoever signs in at the fake provider is the operator; with somebody there already, the supervisor takes over. */
export const sessionAnswers: Part = ({ session, setSession, startedAt }) => {
  let browser: ReturnType<typeof setTimeout> | undefined;
  const answer = () => success(session());
  return {
    'session.current': answer,
    'session.login': () => {
      const { state, ownRole } = session();
      const again = state === 'locked' ? ownRole : undefined;
      const next = again ?? (state === 'signed-in' ? 'supervisor' : 'operator');
      setSession({ ...session(), signingIn: true, problem: undefined });
      clearTimeout(browser);
      browser = setTimeout(() => setSession(signedIn(next, Date.now())), browserMs);
      return answer();
    },
    'session.cancelLogin': () => {
      clearTimeout(browser);
      setSession({ ...session(), signingIn: false });
      return answer();
    },
    'session.logout': () => {
      setSession(sessions['signed-out'](startedAt));
      return answer();
    },
    'session.lock': () => {
      setSession({ ...session(), state: 'locked', role: 'viewer' });
      return answer();
    },
  };
};
