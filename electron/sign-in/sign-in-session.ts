import { session as sessions } from 'electron';
import type { Session } from 'electron';
import type { Log } from '../../main/core.ts';
import { denyPermissions } from '../security/harden.ts';
import { withoutQuery } from './address.ts';

/** What a page may have within itself without asking anybody. */
const inner = /^(data|blob):/;

/**
 * A session of its own, in memory, for one sign-in: it has neither the application's pages nor the cookies of the
 * sign-in before. What the way of the sign-in does not allow its pages do not even ask for.
 */
export function createSignInSession(
  number: number,
  mayGo: (address: string) => boolean,
  log: Log,
): { readonly session: Session; clear(): Promise<void> } {
  // No "persist:": in memory only.
  const session = sessions.fromPartition(`sign-in-${number}`, { cache: false });
  denyPermissions(session, log);
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest(({ url, resourceType }, answer) => {
    // Pages are stopped before they get here (electron/security/harden.ts), and the one that is there stays.
    const isPage = resourceType === 'mainFrame';
    const allowed = isPage || mayGo(url) || (resourceType !== 'subFrame' && inner.test(url));
    if (!allowed) log.warn({ url: withoutQuery(url), resourceType }, 'a request of the sign-in was blocked');
    answer({ cancel: !allowed });
  });
  return {
    session,
    async clear() {
      await session.clearStorageData();
      await session.clearAuthCache();
      await session.clearCache();
    },
  };
}
