import type { User } from '../../contract/domain.ts';
import type { AdminRecord } from '../admin/ports.ts';
import { edit } from './admin-outcome.ts';
import type { Ask } from './ask.ts';
import { type Condition, containing, type List, readPage } from './pages.ts';
import { milliseconds, present } from './queryable.ts';
import { storable, storableJson } from './text.ts';

const columns = `u.id, u.subject, u.display_name as name, u.email, u.role, u.claimed_role as "claimedRole",
  u.role_override as "roleOverride", u.override_reason as "overrideReason", u.active,
  u.inactive_reason as "inactiveReason", ${milliseconds('u.last_login_at')} as "lastLoginAt",
  u.last_workstation as "lastWorkstation", u.pseudonym is not null as pseudonymised, u.revision`;

const list: List<User, User> = {
  label: 'list-users',
  columns,
  from: 'vicore.app_user u',
  keys: [
    { sql: 'lower(u.display_name)', type: 'text' },
    { sql: 'u.id::text', type: 'text' },
  ],
  order: 'asc',
  toItem: present,
};

const edited = { member: '"user"', alias: 'u', columns, toItem: present<User> } as const;

export const createAdminUsers = (
  ask: Ask,
): Pick<AdminRecord, 'listUsers' | 'changeUser' | 'pseudonymiseUser'> => ({
  listUsers({ search, role, ...page }) {
    const conditions: Condition[] = [];
    if (search !== undefined && search !== '') {
      conditions.push([
        '(u.display_name ilike $? or u.email ilike $? or u.subject ilike $?)',
        containing(search),
      ]);
    }
    if (role !== undefined) conditions.push(['u.role = $?', role]);
    return readPage(ask, list, page, conditions);
  },
  changeUser: ({ userId, revision, change }, act) =>
    edit<User, User>(ask, act, {
      ...edited,
      name: 'change_user',
      parameters: [userId, revision, storableJson(change)],
    }),
  pseudonymiseUser: ({ userId, revision, reason }, act) =>
    edit<User, User>(ask, act, {
      ...edited,
      name: 'pseudonymise_user',
      parameters: [userId, revision, storable(reason)],
    }),
});
