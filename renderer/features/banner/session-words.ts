import type { Session, SessionState } from '../../../contract/domain.ts';
import { rolesAllow } from '../../live/roles.ts';
import type { Key } from '../../ui/i18n.ts';

/** With rights at rest, or nobody there: the button that asks for a sign-in, as the person would say it. */
export const signInKey = ({ configured, state, signingIn }: Session): Key | undefined => {
  if (!configured || signingIn) return undefined;
  switch (state) {
    case 'signed-in':
    case 'grace':
      return undefined;
    case 'locked':
      return 'session.unlock';
    case 'expired':
    case 'grace-ended':
      return 'session.signInAgain';
    case 'deactivated':
    case 'signed-out':
      return 'session.signIn';
  }
};

/** Beside the name: the role while it may be used, else what became of the session; nothing where there is no name. */
export const standingKey = ({ state, role }: Session): Key | undefined => {
  if (state === 'signed-out') return undefined;
  return state === 'signed-in' || state === 'grace' ? `role.${role}` : `session.state.${state}`;
};

export type MenuItem = 'change-operator' | 'lock' | 'sign-out' | 'open-admin' | 'preferences';

const somebody: ReadonlySet<SessionState> = new Set([
  'signed-in',
  'grace',
  'grace-ended',
  'expired',
  'locked',
  'deactivated',
]);

/** What the menu offers now, in its order. Changing operator needs nobody to leave first: a shift goes over. */
export const menuItems = (session: Session, withPreferences: boolean): readonly MenuItem[] => {
  const { state, configured, signingIn } = session;
  const rights = state === 'signed-in' || state === 'grace';
  const items: readonly (readonly [MenuItem, boolean])[] = [
    ['change-operator', configured && !signingIn && somebody.has(state)],
    ['lock', rights],
    ['sign-out', somebody.has(state)],
    ['open-admin', rolesAllow(session, 'supervisor')],
    ['preferences', withPreferences],
  ];
  return items.filter(([, offered]) => offered).map(([item]) => item);
};

/** From here on the end of the grace is announced, so that nobody loses the rights in the middle of something. */
const warningMs = 30 * 60_000;

/** How much of the offline grace is left, ms, and whether it is about to end; undefined outside it. */
export const graceLeft = (
  { state, graceEndsAt }: Session,
  now: number,
): { readonly leftMs: number; readonly endsAt: number; readonly ending: boolean } | undefined => {
  if (state !== 'grace' || graceEndsAt === undefined) return undefined;
  const leftMs = Math.max(0, graceEndsAt - now);
  return { leftMs, endsAt: graceEndsAt, ending: leftMs <= warningMs };
};
