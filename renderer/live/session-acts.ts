import type { VicoreApi } from '../../contract/api.ts';
import type { Live } from './store.tsx';
import { callOn } from './call.ts';
import { showError } from './notices.ts';

/**
 * Asks main to change the session. What comes of it arrives as an event, in every window; the answer is shown only
 * while no event came after the question, because then nothing newer is known. A failure has been shown.
 */
export const askSession = async (
  api: VicoreApi,
  store: Live['store'],
  method: 'session.login' | 'session.cancelLogin' | 'session.logout' | 'session.lock',
): Promise<void> => {
  const before = store.getState().session;
  const answer = await callOn(api, method, {});
  if (!answer.ok) showError(answer.error);
  else if (store.getState().session === before) store.setState({ session: answer.value });
};
