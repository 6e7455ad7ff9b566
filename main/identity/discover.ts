import {
  allowInsecureRequests,
  clockTolerance,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  None,
} from 'openid-client';
import type { Configuration } from 'openid-client';
import { mayBeUnencrypted } from './issuer-address.ts';
import { clockToleranceS } from './problems.ts';
import type { Transport } from './transport.ts';

/**
 * Asks the provider where things are. Done anew for every sign-in and renewal: addresses and keys that were changed
 * meanwhile are simply the right ones, and nothing old is trusted (key rotation).
 */
export function discover(
  login: { readonly issuer: string; readonly clientId: string },
  transport: Transport,
): Promise<Configuration> {
  const unencrypted = mayBeUnencrypted(login.issuer);
  return discovery(
    new URL(login.issuer),
    login.clientId,
    { [clockTolerance]: clockToleranceS },
    // A program on somebody's desk can keep no secret; PKCE stands in for it (RFC 8252 §8.4, §8.1).
    None(),
    {
      [customFetch]: transport.fetch,
      // An ID token's signature is checked although it came over TLS: what is between may end TLS itself.
      execute: unencrypted
        ? [allowInsecureRequests, enableNonRepudiationChecks]
        : [enableNonRepudiationChecks],
    },
  );
}
