import { SignInFault } from './problems.ts';

const loopback = /^(127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\]|localhost)$/;

/**
 * Sign-in over an unencrypted line is no sign-in; only a provider on this very machine may do without (tests, demo).
 * @returns whether `http:` is allowed for it
 * @throws SignInFault `provider-invalid`
 */
export function mayBeUnencrypted(issuer: string): boolean {
  const { protocol, hostname } = new URL(issuer);
  if (protocol === 'https:') return false;
  if (protocol === 'http:' && loopback.test(hostname)) return true;
  throw new SignInFault(
    'provider-invalid',
    `The issuer ${issuer} is not encrypted. Write an address that begins with https:// in login.issuer; ` +
      'http:// is for a provider on this machine only.',
  );
}
