import type { StoreApi } from 'zustand/vanilla';
import type { VicoreApi } from '../../contract/api.ts';
import type { Role, Session } from '../../contract/domain.ts';
import { callOn } from './call.ts';
import { giveDraftsTo } from './drafts.ts';
import { dismissRefusals } from './notices.ts';
import { rolesAllow } from './roles.ts';
import type { LiveState } from './state.ts';
import { useLive } from './store.tsx';
import { forgetAllAcknowledged } from './undo.ts';

/** Who is at this workstation; undefined until main has said it. */
export const useSession = (): Session | undefined => useLive((state) => state.session);

/** Whether `role` is reached now; a component that uses it is drawn again only when that changes. */
export const useAllowed = (role: Role): boolean => useLive((state) => rolesAllow(state.session, role));

/**
 * Keeps the store's session equal to main's: asked once, then every event replaces it. An answer that comes after
 * an event is older than it and is dropped. Resolves when a first value is there or main did not answer.
 */
export const followSession = async (api: VicoreApi, store: StoreApi<LiveState>): Promise<void> => {
  let told = false;
  const replace = (session: Session): void => {
    const before = store.getState().session;
    if (session.role !== before?.role) dismissRefusals();
    if (session.subject !== before?.subject) forgetAllAcknowledged();
    giveDraftsTo(session);
    store.setState({ session });
  };
  api.onSession((session) => {
    told = true;
    replace(session);
  });
  const answer = await callOn(api, 'session.current', {});
  if (answer.ok && !told) replace(answer.value);
};
