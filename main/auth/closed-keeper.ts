import type { Session } from '../../contract/domain.ts';
import type { SessionKeeper, SessionKeeperOptions } from './keeper.ts';
import { sessionOf } from './presence.ts';

/** Without a provider nobody can sign in: the workstation shows everything and may do nothing. */
export function createClosedKeeper({
  workstation,
  sealer,
}: Pick<SessionKeeperOptions, 'workstation' | 'sealer'>): SessionKeeper {
  const session = sessionOf(undefined, {
    workstation,
    configured: false,
    sessionOnly: sealer === undefined,
    signingIn: false,
    problem: undefined,
  });
  const same = (): Session => session;
  const nothing = (): void => undefined;
  const resolved = (): Promise<void> => Promise.resolve();
  return {
    start: nothing,
    session: same,
    login: same,
    cancelLogin: same,
    logout: same,
    lock: same,
    idle: nothing,
    setLockAfterMinutes: nothing,
    databaseBack: resolved,
    personChanged: nothing,
    stop: resolved,
  };
}
