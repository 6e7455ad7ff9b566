import type { Role, Session } from '../../contract/domain.ts';

/** Each role may do what the ones before it may (docs/domain.md, roles). */
const rank: Readonly<Record<Role, number>> = { viewer: 0, operator: 1, supervisor: 2, admin: 3 };

/**
 * Whether the rights in force now reach `role`. For the eye only: main decides at every call. Nothing is known of
 * the session before its first answer, and then only what a viewer may do is offered.
 */
export const rolesAllow = (session: Session | undefined, role: Role): boolean =>
  rank[session?.role ?? 'viewer'] >= rank[role];
