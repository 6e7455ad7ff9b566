import { fetchUserInfo } from 'openid-client';
import type { Configuration, TokenEndpointResponse, TokenEndpointResponseHelpers } from 'openid-client';
import type { Role } from '../../contract/domain.ts';
import type { Confirmation, Person } from '../auth/ports.ts';
import { claimAt, needsUserInfo, personOf, subjectOf } from './claims.ts';
import type { Claims } from './claims.ts';
import { clockToleranceS, SignInFault, TokenTimeFault } from './problems.ts';

export interface LoginSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly roleClaim: string;
  readonly roles: Readonly<Record<string, Role>>;
  /** What is asked for; absent: `openid profile email offline_access`. */
  readonly scope?: string | undefined;
}

type Answer = TokenEndpointResponse & TokenEndpointResponseHelpers;

/** When the provider does not say how long its token lasts. */
const usualLifeMs = 300_000;

/** Renewals and sign-ins that the library lets pass although their token comes from the future. */
function checkTimes(claims: Claims): void {
  const nowS = Date.now() / 1000;
  if (typeof claims['iat'] === 'number' && claims['iat'] > nowS + clockToleranceS) {
    throw new TokenTimeFault('issued in the future');
  }
}

async function askUserInfo(
  configuration: Configuration,
  answer: Answer,
  subject: string,
): Promise<Claims | undefined> {
  if (configuration.serverMetadata().userinfo_endpoint === undefined) return undefined;
  return fetchUserInfo(configuration, answer.access_token, subject);
}

/**
 * Who the provider's answer is about and with which role. The library has checked issuer, audience, times and
 * signature of the ID token.
 * @param known the person of the session that is renewed; absent for a sign-in
 * @throws SignInFault, or what the library throws
 */
export async function confirm(
  configuration: Configuration,
  answer: Answer,
  login: LoginSettings,
  known: Person | undefined,
): Promise<Omit<Confirmation, 'tokens'>> {
  const expiresInMs = answer.expires_in === undefined ? usualLifeMs : answer.expires_in * 1000;
  const claims = answer.claims();
  if (!claims) {
    // A renewal need not bring an ID token (OpenID Connect Core §12.2).
    if (!known) throw new SignInFault('token-invalid', 'The identity provider gave no ID token.');
    const userInfo = await askUserInfo(configuration, answer, known.subject);
    // Roles that only ever stood in the ID token are as they were.
    const says = userInfo !== undefined && claimAt(userInfo, login.roleClaim) !== undefined;
    return { person: says ? personOf(userInfo, undefined, login) : known, expiresInMs };
  }
  checkTimes(claims);
  const subject = subjectOf(claims);
  if (known && subject !== known.subject) {
    // OpenID Connect Core §12.2: it must be the same person.
    throw new SignInFault('token-invalid', 'The identity provider renewed the session of another person.');
  }
  const userInfo = needsUserInfo(claims, login.roleClaim)
    ? await askUserInfo(configuration, answer, subject)
    : undefined;
  return { person: personOf(claims, userInfo, login), expiresInMs };
}
