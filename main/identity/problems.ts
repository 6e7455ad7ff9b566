import type { Problem } from '../auth/ports.ts';
import { ProviderAway, ProviderInvalid } from './transport.ts';

/** Seconds that our clock and the provider's may differ (fault 45). */
export const clockToleranceS = 60;

export interface ProviderProblem extends Problem {
  /** The provider said no, or the answer is not to be trusted: asking again would not help. */
  readonly final: boolean;
}

export interface ProblemContext {
  readonly issuer: string;
  readonly skewMs: number | undefined;
  /** What was being looked at: what the provider says of itself, the answer in the browser, or its token. */
  readonly phase: 'discovery' | 'reply' | 'token';
}

/** What the checks of main/identity find by themselves. */
export class SignInFault extends Error {
  readonly problem: ProviderProblem;
  constructor(kind: Problem['kind'], message: string) {
    super(message);
    this.problem = { kind, message, final: true };
  }
}

/** A token's time does not fit ours. */
export class TokenTimeFault extends Error {}

const invalidCodes = new Set([
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_PARSE_ERROR',
  'OAUTH_INVALID_SERVER_METADATA',
  'OAUTH_MISSING_SERVER_METADATA',
  'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED',
  'OAUTH_HTTP_REQUEST_FORBIDDEN',
  'OAUTH_REQUEST_PROTOCOL_FORBIDDEN',
  'OAUTH_WWW_AUTHENTICATE_CHALLENGE',
]);

function* causes(error: unknown): Generator<Error> {
  for (let at = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth += 1) yield at;
}

const fieldOf = (error: Error, field: 'code' | 'error' | 'error_description'): string => {
  const value: unknown = Reflect.get(error, field);
  return typeof value === 'string' ? value : '';
};

/** An OAuth error code is for machines (RFC 6749 §5.2); of the text that people wrote only Entra ID's number is kept. */
function refusal(error: Error): ProviderProblem {
  const code = fieldOf(error, 'error')
    .replaceAll(/[^a-z_]/g, '')
    .slice(0, 60);
  const number = /AADSTS\d{1,10}/.exec(fieldOf(error, 'error_description'))?.[0];
  const named = [code, number].filter(Boolean).join(', ');
  if (['temporarily_unavailable', 'server_error', 'slow_down'].includes(code)) {
    return {
      kind: 'provider-unreachable',
      message: `The identity provider is out of order (${named}). Try again in a few minutes.`,
      final: false,
    };
  }
  return {
    kind: 'refused-by-provider',
    message: `The identity provider refused (${named}). Sign in again; if it stays so, ask its administrator.`,
    final: true,
  };
}

function ofTime({ skewMs }: ProblemContext): ProviderProblem {
  if (skewMs !== undefined && Math.abs(skewMs) > clockToleranceS * 1000) {
    const minutes = Math.max(1, Math.round(Math.abs(skewMs) / 60_000));
    const direction = skewMs > 0 ? 'behind' : 'ahead of';
    return {
      kind: 'clock-wrong',
      message:
        `The clock of this workstation is about ${minutes} min ${direction} the identity provider's. ` +
        'Set the clock right, then sign in again.',
      final: false,
    };
  }
  return {
    kind: 'token-invalid',
    message: 'The identity provider gave a token that is not valid at this time. Tell its administrator.',
    final: true,
  };
}

const unreachable = (issuer: string, reason: string): ProviderProblem => ({
  kind: 'provider-unreachable',
  message: `The identity provider ${issuer} cannot be reached: ${reason}. Check the network, then try again.`,
  final: false,
});

const invalid = (issuer: string, reason: string): ProviderProblem => ({
  kind: 'provider-invalid',
  message: `${issuer} does not answer as an identity provider: ${reason}. Check login.issuer and what is between.`,
  final: false,
});

const tokenInvalid = (reason: string, final: boolean): ProviderProblem => ({
  kind: 'token-invalid',
  message: `The identity provider's token was refused: ${reason}. Tell its administrator.`,
  final,
});

/** Says of whatever failed between us and the provider what it is and what to do. Holds nothing of a token. */
export function problemOf(error: unknown, context: ProblemContext): ProviderProblem {
  const chain = [...causes(error)];
  const own = chain.find((at) => at instanceof SignInFault);
  if (own) return own.problem;
  const away = chain.find((at) => at instanceof ProviderAway);
  if (away) return unreachable(context.issuer, away.message);
  const wrong = chain.find((at) => at instanceof ProviderInvalid);
  if (wrong) return invalid(context.issuer, wrong.message);
  const refused = chain.find((at) =>
    ['OAUTH_RESPONSE_BODY_ERROR', 'OAUTH_AUTHORIZATION_RESPONSE_ERROR'].includes(fieldOf(at, 'code')),
  );
  if (refused) return refusal(refused);
  if (chain.some((at) => at instanceof TokenTimeFault)) return ofTime(context);
  const codes = chain.map((at) => fieldOf(at, 'code'));
  const texts = chain.map((at) => at.message).join('\n');
  if (codes.includes('OAUTH_JWT_TIMESTAMP_CHECK_FAILED')) return ofTime(context);
  if (codes.includes('OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED') && /"sub"/.test(texts)) {
    return tokenInvalid('it is about another person', true);
  }
  if (codes.some((code) => invalidCodes.has(code))) return invalid(context.issuer, reasonOf(codes));
  if (/"sub" \(subject\)/.test(texts)) {
    return {
      kind: 'no-subject',
      message: 'The identity provider does not say who this is (no subject). Ask its administrator.',
      final: true,
    };
  }
  if (codes.includes('OAUTH_KEY_SELECTION_FAILED')) {
    // The provider may have changed its keys a moment ago.
    return tokenInvalid('it is signed with a key that the provider does not publish', false);
  }
  if (codes.includes('OAUTH_JWT_CLAIM_COMPARISON_FAILED')) {
    const claim = /"(iss|aud|nonce|azp)"/.exec(texts)?.[1] ?? 'a claim';
    return tokenInvalid(`"${claim}" is not what was asked for`, true);
  }
  if (codes.includes('OAUTH_UNSUPPORTED_OPERATION'))
    return tokenInvalid('its signature is of no known kind', true);
  if (codes.includes('OAUTH_INVALID_RESPONSE')) {
    if (context.phase === 'discovery') return invalid(context.issuer, reasonOf(codes));
    if (context.phase === 'token') return tokenInvalid('it or its signature is not valid', true);
    return {
      kind: 'reply-invalid',
      message: 'The answer in the browser does not belong to this sign-in. Sign in again.',
      final: true,
    };
  }
  const name = chain[0]?.name ?? typeof error;
  return {
    kind: 'internal',
    message: `An internal error (${name}${codes[0] ? `, ${codes[0]}` : ''}).`,
    final: false,
  };
}

function reasonOf(codes: readonly string[]): string {
  if (codes.includes('OAUTH_RESPONSE_IS_NOT_JSON')) return 'it answered with a page instead of data';
  if (codes.includes('OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED')) {
    return 'it calls itself by another name (the issuer must be written exactly as the provider writes it)';
  }
  if (codes.includes('OAUTH_MISSING_SERVER_METADATA')) return 'it does not say where to sign in';
  if (codes.includes('OAUTH_HTTP_REQUEST_FORBIDDEN')) return 'it names an address that is not encrypted';
  if (codes.includes('OAUTH_WWW_AUTHENTICATE_CHALLENGE')) return 'it does not accept its own access token';
  return 'its answer makes no sense';
}
