import type { StoreApi } from 'zustand/vanilla';
import type { VicoreApi } from '../../contract/api.ts';
import type { Role, Session } from '../../contract/domain.ts';
import { callOn } from './call.ts';
import type { LiveState } from './state.ts';
import { useLive } from './store.tsx';

/** Each role may do what the ones before it may (docs/domain.md, roles). */
const rank: Readonly<Record<Role, number>> = { viewer: 0, operator: 1, supervisor: 2, admin: 3 };

/**
 * Whether the rights in force now reach `role`. For the eye only: main decides at every call. Nothing is known of
 * the session before its first answer, and then only what a viewer may do is offered.
 */
export const rolesAllow = (session: Session | undefined, role: Role): boolean =>
  rank[session?.role ?? 'viewer'] >= rank[role];

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
  api.onSession((session) => {
    told = true;
    store.setState({ session });
  });
  const answer = await callOn(api, 'session.current', {});
  if (answer.ok && !told) store.setState({ session: answer.value });
};
