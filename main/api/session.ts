import type { Session } from '../../contract/domain.ts';
import { failure, success } from '../../contract/errors.ts';
import type { Result } from '../../contract/errors.ts';
import type { SessionKeeper } from '../auth/keeper.ts';
import type { Handlers } from '../core.ts';

type SessionMethods = `session.${'current' | 'login' | 'cancelLogin' | 'logout' | 'lock'}`;

/** Who is at this workstation. Signing in ends later, in the browser: the outcome comes as a change of the session. */
export function sessionHandlers(
  keeper: Pick<SessionKeeper, 'session' | 'login' | 'cancelLogin' | 'logout' | 'lock'>,
): Handlers<SessionMethods> {
  const answer = (session: Session): Promise<Result<Session>> => Promise.resolve(success(session));
  return {
    'session.current': () => answer(keeper.session()),
    'session.login': (_input, { correlationId }) =>
      keeper.session().configured
        ? answer(keeper.login(correlationId))
        : Promise.resolve(
            failure(
              'not-found',
              'This workstation knows no identity provider: its configuration has no "login" section.',
            ),
          ),
    'session.cancelLogin': (_input, { correlationId }) => answer(keeper.cancelLogin(correlationId)),
    'session.logout': (_input, { correlationId }) => answer(keeper.logout(correlationId)),
    'session.lock': (_input, { correlationId }) => answer(keeper.lock(correlationId)),
  };
}
