import { refreshTokenGrant } from 'openid-client';
import type { IdentityProvider, RefreshOutcome, SessionLog, SignInPage, Tokens } from '../auth/ports.ts';
import { confirm } from './confirm.ts';
import type { LoginSettings } from './confirm.ts';
import { discover } from './discover.ts';
import { endAtProvider } from './end-session.ts';
import { problemOf } from './problems.ts';
import { startSignIn } from './sign-in.ts';
import { createTransport } from './transport.ts';

export interface IdentityProviderOptions {
  /** `login` of the configuration. */
  readonly login: LoginSettings;
  /** Which language the provider's page should have. */
  readonly language: 'en' | 'fr';
  /** Shows a page to the person; called again with the same address to bring it back. */
  readonly openPage: (url: string) => Promise<SignInPage>;
  readonly log: SessionLog;
  /** How long a person may take to sign in, ms. */
  readonly timeoutMs?: number | undefined;
  /** How long the provider may take for one answer, ms. */
  readonly patienceMs?: number | undefined;
  /** Of the loopback address; 0: a free one. */
  readonly port?: number | undefined;
}

const signInTimeoutMs = 300_000;
const usualPatienceMs = 8_000;

/** The company's identity provider by OpenID Connect: authorization code with PKCE for native programs (RFC 8252). */
export function createIdentityProvider(options: IdentityProviderOptions): IdentityProvider {
  const { login, language, openPage, log } = options;
  const patienceMs = options.patienceMs ?? usualPatienceMs;
  const stopping = new AbortController();

  async function refresh(
    tokens: Tokens & { readonly refreshToken: string },
    known: Parameters<IdentityProvider['refresh']>[1],
    onRotated: (refreshToken: string) => Promise<void>,
  ): Promise<RefreshOutcome> {
    let { refreshToken } = tokens;
    const transport = createTransport({
      signal: stopping.signal,
      patienceMs,
      async onRefreshToken(given) {
        if (given === refreshToken) return;
        refreshToken = given;
        await onRotated(given);
      },
    });
    try {
      const configuration = await discover(login, transport);
      const answer = await refreshTokenGrant(configuration, tokens.refreshToken);
      const confirmed = await confirm(configuration, answer, login, known);
      const idToken = answer.id_token ?? tokens.idToken;
      return { kind: 'confirmed', confirmation: { ...confirmed, tokens: { refreshToken, idToken } } };
    } catch (error) {
      const { final, kind, message } = problemOf(error, {
        issuer: login.issuer,
        skewMs: transport.skewMs(),
        phase: transport.tokenAsked() ? 'token' : 'discovery',
      });
      return { kind: final ? 'ended' : 'away', problem: { kind, message } };
    }
  }

  return {
    id: `${login.issuer} ${login.clientId}`,
    signIn: ({ freshLogin }) =>
      startSignIn({
        login,
        language,
        freshLogin,
        openPage,
        patienceMs,
        stopping: stopping.signal,
        timeoutMs: options.timeoutMs ?? signInTimeoutMs,
        port: options.port ?? 0,
      }),
    refresh,
    endSession: (tokens) => endAtProvider({ login, tokens, log, patienceMs, signal: stopping.signal }),
    stop: () => stopping.abort(),
  };
}
