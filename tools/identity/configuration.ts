import type { ClientMetadata, Configuration, JWK, KoaContextWithOIDC } from 'oidc-provider';
import { interactionPolicy } from 'oidc-provider';
import { languageOf, problemPage, signedOutPage, signOutPage } from './pages.ts';
import type { Language } from './pages.ts';
import type { DemoPerson } from './people.ts';
import type { Storage } from './storage.ts';

export const clientId = 'vicore-desktop';

/** Of any port: RFC 8252 §7.3. */
const redirects = ['http://127.0.0.1/', 'http://127.0.0.1/callback'];

const day = 86_400;

/** A native application: public, its redirects on the loopback address (RFC 8252 §8.4). */
const client: ClientMetadata = {
  client_id: clientId,
  client_name: 'VICORE',
  application_type: 'native',
  token_endpoint_auth_method: 'none',
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  redirect_uris: redirects,
  post_logout_redirect_uris: redirects,
};

export interface ProviderFacts {
  /** Signing keys, the one in use first. */
  readonly keys: readonly JWK[];
  readonly cookieKey: string;
  readonly storage: Storage;
  readonly accessTokenSeconds: () => number;
  readonly findPerson: (subject: string) => DemoPerson | undefined;
}

const languageIn = (ctx: KoaContextWithOIDC): Language => {
  const asked: unknown = ctx.oidc.params?.['ui_locales'];
  return languageOf(typeof asked === 'string' ? asked : undefined, ctx.get('accept-language'));
};

/** Companies' providers know `prompt=select_account`, which the default policy does not. */
function policy() {
  const prompts = interactionPolicy.base();
  prompts.add(new interactionPolicy.Prompt({ name: 'select_account', requestable: true }), 0);
  return prompts;
}

/** What `oidc-provider` is told so that it behaves as a company's provider does. */
export function providerConfiguration(facts: ProviderFacts): Configuration {
  return {
    adapter: facts.storage.adapter,
    clients: [client],
    jwks: { keys: facts.keys },
    cookies: { keys: [facts.cookieKey] },
    claims: { openid: ['sub'], profile: ['name', 'roles'], email: ['email', 'email_verified'] },
    scopes: ['openid', 'offline_access', 'profile', 'email'],
    // Companies' providers put the roles into the ID token, where the workstation looks for them.
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    // A shift is longer than the browser's session; the refresh token comes with or without `offline_access`.
    issueRefreshToken: async () => true,
    expiresWithSession: async () => false,
    rotateRefreshToken: true,
    ttl: {
      AccessToken: facts.accessTokenSeconds,
      AuthorizationCode: 60,
      Grant: 14 * day,
      IdToken: 3600,
      Interaction: 600,
      RefreshToken: 14 * day,
      Session: day,
    },
    features: {
      devInteractions: { enabled: false },
      revocation: {
        enabled: true,
        allowedPolicy: async (_ctx, asking, token) => token.clientId === asking.clientId,
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: async (ctx, form) => {
          ctx.body = signOutPage(languageIn(ctx), form);
        },
        postLogoutSuccessSource: async (ctx) => {
          ctx.body = signedOutPage(languageIn(ctx));
        },
      },
    },
    interactions: { policy: policy(), url: (_ctx, { uid }) => `/interaction/${uid}` },
    findAccount: async (_ctx, subject) => {
      const person = facts.findPerson(subject);
      return (
        person && {
          accountId: subject,
          claims: () => ({
            sub: subject,
            name: person.name,
            email: person.email,
            email_verified: true,
            roles: person.roles,
          }),
        }
      );
    },
    clientBasedCORS: () => false,
    renderError: async (ctx, { error, error_description: description }) => {
      ctx.type = 'html';
      ctx.body = problemPage(languageIn(ctx), description ?? error);
    },
  };
}
