import type { Role } from '../../contract/domain.ts';
import type { Person } from '../auth/ports.ts';
import { SignInFault } from './problems.ts';

export type Claims = Readonly<Record<string, unknown>>;

/** OpenID Connect Core §2: a subject has at most 255 characters. */
const mostSubject = 255;
const mostName = 100;
const mostEmail = 200;
/** Some companies put a person into hundreds of groups. */
const mostRoles = 2_000;

const rank: Readonly<Record<Role, number>> = { viewer: 0, operator: 1, supervisor: 2, admin: 3 };

const isFields = (value: unknown): value is Claims =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const own = (fields: unknown, key: string): unknown =>
  isFields(fields) && Object.hasOwn(fields, key) ? fields[key] : undefined;

/** A claim of that name, else a path such as `realm_access.roles` (Keycloak). */
export function claimAt(claims: Claims, path: string): unknown {
  const direct = own(claims, path);
  if (direct !== undefined) return direct;
  return path.split('.').reduce<unknown>((fields, key) => own(fields, key), claims);
}

/** Text for people: one line, without what a terminal or a table could take for an order (fault 34). */
function plain(value: unknown, most: number): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value
    .replaceAll(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, most)
    .trim();
  return text === '' ? undefined : text;
}

function namesIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value, ...value.split(/\s+/)];
  if (!Array.isArray(value)) return [];
  return value.slice(0, mostRoles).filter((entry): entry is string => typeof entry === 'string');
}

/** The highest role that the claim gives; one that is not known gives none (docs/domain.md, roles). */
export function roleOf(claims: Claims, roleClaim: string, roles: Readonly<Record<string, Role>>): Role {
  return namesIn(claimAt(claims, roleClaim)).reduce<Role>((highest, name) => {
    const role = Object.hasOwn(roles, name) ? roles[name] : undefined;
    return role !== undefined && rank[role] > rank[highest] ? role : highest;
  }, 'viewer');
}

const nameOf = (claims: Claims): string | undefined =>
  plain(claims['name'], mostName) ??
  plain(claims['preferred_username'], mostName) ??
  plain(claims['email'], mostName);

/** Whether the ID token says enough, or the provider's list of persons has to be asked too. */
export const needsUserInfo = (claims: Claims, roleClaim: string): boolean =>
  claimAt(claims, roleClaim) === undefined || nameOf(claims) === undefined;

/** @throws SignInFault `no-subject` */
export function subjectOf(claims: Claims): string {
  const { sub } = claims;
  if (
    typeof sub === 'string' &&
    sub.trim() !== '' &&
    sub.length <= mostSubject &&
    !/[\u0000-\u001f]/.test(sub)
  ) {
    return sub;
  }
  throw new SignInFault(
    'no-subject',
    'The identity provider does not say who this is (no usable subject). Ask its administrator.',
  );
}

/**
 * @param userInfo what the ID token does not say; absent when it was not asked
 * @throws SignInFault `no-subject`
 */
export function personOf(
  idToken: Claims,
  userInfo: Claims | undefined,
  login: { readonly roleClaim: string; readonly roles: Readonly<Record<string, Role>> },
): Person {
  const subject = subjectOf(idToken);
  const inToken = claimAt(idToken, login.roleClaim) !== undefined;
  return {
    subject,
    name: nameOf(idToken) ?? nameOf(userInfo ?? {}) ?? plain(subject, mostName) ?? subject,
    email: plain(idToken['email'], mostEmail) ?? plain(userInfo?.['email'], mostEmail),
    claimedRole: roleOf(inToken ? idToken : (userInfo ?? {}), login.roleClaim, login.roles),
  };
}
