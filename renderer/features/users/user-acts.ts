import type { Role, User } from '../../../contract/domain.ts';
import type { Inputs } from '../../../contract/inputs.ts';

export type UserActKind = 'deactivate' | 'activate' | 'override-role' | 'follow-provider' | 'pseudonymise';

/** What can be done with a person in this state, in the order of the buttons. */
export const actsFor = (user: User): readonly UserActKind[] => {
  // The account behind a pseudonym is closed for good.
  if (user.pseudonymised) return [];
  return [
    user.active ? 'deactivate' : 'activate',
    'override-role',
    ...(user.roleOverride === undefined ? [] : (['follow-provider'] as const)),
    'pseudonymise',
  ];
};

/** Nobody takes their own rights away or gives them to themselves: another administrator does. */
export const forbiddenToOneself: readonly UserActKind[] = [
  'deactivate',
  'activate',
  'override-role',
  'pseudonymise',
];

export const isOwn = (user: User, subject: string | undefined): boolean =>
  subject !== undefined && user.subject === subject;

export interface UserDraft {
  readonly reason: string;
  /** For an override. */
  readonly role: Role;
  /** For a pseudonym: the name, typed. */
  readonly typed: string;
}

/** What is still missing before it can be done; undefined: nothing. */
export const missingFor = (
  kind: UserActKind,
  user: User,
  draft: UserDraft,
): 'reason' | 'role' | 'typed' | undefined => {
  if (kind === 'override-role' && draft.role === user.roleOverride) return 'role';
  if (draft.reason.trim() === '') return 'reason';
  if (kind === 'pseudonymise' && draft.typed.trim() !== user.name.trim()) return 'typed';
  return undefined;
};

/** The change as the contract takes it; `pseudonymise` is a method of its own. */
export const changeOf = (
  kind: Exclude<UserActKind, 'pseudonymise'>,
  draft: UserDraft,
): Inputs['admin.changeUser']['change'] =>
  kind === 'override-role'
    ? { kind, role: draft.role, reason: draft.reason.trim() }
    : { kind, reason: draft.reason.trim() };

/** What two people can disagree about: a person's row without its bookkeeping. */
export const rightsOf = (user: User): Readonly<Record<string, unknown>> => ({
  name: user.name,
  email: user.email,
  role: user.role,
  claimedRole: user.claimedRole,
  roleOverride: user.roleOverride,
  overrideReason: user.overrideReason,
  active: user.active,
  inactiveReason: user.inactiveReason,
  pseudonymised: user.pseudonymised,
});

const has = (value: object, key: string, type: string): boolean => typeof Reflect.get(value, key) === type;

/** Whether the row that comes with a conflict is one of a person. */
export const isUser = (value: unknown): value is User =>
  typeof value === 'object' &&
  value !== null &&
  has(value, 'id', 'string') &&
  has(value, 'name', 'string') &&
  has(value, 'role', 'string') &&
  has(value, 'revision', 'number');
