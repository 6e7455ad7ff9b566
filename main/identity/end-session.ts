import { buildEndSessionUrl, customFetch, tokenRevocation } from 'openid-client';
import type { Configuration } from 'openid-client';
import type { SessionLog, Tokens } from '../auth/ports.ts';
import { discover } from './discover.ts';
import { problemOf } from './problems.ts';
import { createTransport } from './transport.ts';

/** The session at the provider; nobody waits for it, and no page opens (RP-initiated logout §2). */
async function endThere(configuration: Configuration, idToken: string): Promise<void> {
  const url = buildEndSessionUrl(configuration, { id_token_hint: idToken });
  const ask = configuration[customFetch];
  await ask?.(url.href, { method: 'GET', headers: { accept: 'text/html' }, body: null, redirect: 'manual' });
}

/**
 * Revokes the refresh token (RFC 7009), then ends the person's session at the provider as far as that goes without
 * a browser. `away`: the provider did not answer, the token still counts there.
 */
export async function endAtProvider(options: {
  readonly login: { readonly issuer: string; readonly clientId: string };
  readonly tokens: Tokens;
  readonly log: SessionLog;
  readonly patienceMs: number;
  readonly signal: AbortSignal;
}): Promise<'done' | 'away'> {
  const { login, tokens, log, patienceMs, signal } = options;
  const transport = createTransport({ signal, patienceMs });
  const said = (error: unknown): ReturnType<typeof problemOf> =>
    problemOf(error, { issuer: login.issuer, skewMs: transport.skewMs(), phase: 'discovery' });

  let configuration: Configuration;
  try {
    configuration = await discover(login, transport);
    const { revocation_endpoint: revocation } = configuration.serverMetadata();
    if (tokens.refreshToken !== undefined && revocation !== undefined) {
      await tokenRevocation(configuration, tokens.refreshToken, { token_type_hint: 'refresh_token' });
    }
  } catch (error) {
    const { final, kind, message } = said(error);
    log.warn({ kind, reason: message }, 'a session could not be ended at the identity provider');
    return final ? 'done' : 'away';
  }
  if (tokens.idToken === undefined || configuration.serverMetadata().end_session_endpoint === undefined) {
    return 'done';
  }
  try {
    await endThere(configuration, tokens.idToken);
  } catch (error) {
    // Without its refresh token the session there ends by itself.
    const { kind, message } = said(error);
    log.warn({ kind, reason: message }, 'the identity provider did not end its own session');
  }
  return 'done';
}
