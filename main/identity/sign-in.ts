import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import type { Configuration } from 'openid-client';
import type { Confirmation, Problem, SignInAttempt, SignInOutcome, SignInPage } from '../auth/ports.ts';
import { confirm } from './confirm.ts';
import type { LoginSettings } from './confirm.ts';
import { discover } from './discover.ts';
import { openLoopback } from './loopback.ts';
import type { Loopback } from './loopback.ts';
import { clockToleranceS, problemOf, SignInFault } from './problems.ts';
import { createTransport } from './transport.ts';

const usualScope = 'openid profile email offline_access';

export interface SignInOptions {
  readonly login: LoginSettings;
  readonly language: 'en' | 'fr';
  readonly freshLogin: boolean;
  readonly openPage: (url: string) => Promise<SignInPage>;
  readonly timeoutMs: number;
  readonly patienceMs: number;
  readonly port: number;
  readonly stopping: AbortSignal;
}

/** What only this attempt knows, and the answer has to fit (RFC 9700 §2.1). */
interface Secrets {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

async function pageAddress(
  configuration: Configuration,
  options: SignInOptions,
  redirectUri: string,
  { state, nonce, verifier }: Secrets,
): Promise<string> {
  const { login, language, freshLogin } = options;
  return buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope: login.scope ?? usualScope,
    state,
    nonce,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ui_locales: language === 'fr' ? 'fr en' : 'en fr',
    ...(freshLogin ? { prompt: 'login', max_age: '0' } : {}),
  }).href;
}

/** Whoever takes `prompt=login` out of the address must not get in with the session of the person before. */
function checkFresh(claims: Readonly<Record<string, unknown>> | undefined, startedAtMs: number): void {
  const at = claims?.['auth_time'];
  if (typeof at === 'number' && at < startedAtMs / 1000 - clockToleranceS) {
    throw new SignInFault(
      'token-invalid',
      'The identity provider did not ask the person again. Sign in again.',
    );
  }
}

async function listen(port: number): Promise<Loopback> {
  try {
    return await openLoopback(port);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new SignInFault(
      'internal',
      `This program cannot listen on 127.0.0.1 for the provider's answer (${code}). Try again.`,
    );
  }
}

/**
 * One sign-in: the loopback address is bound, then the page opens, then exactly one request counts. However it
 * ends, also when it is abandoned, nothing listens and no page of ours stays open afterwards (fault 64).
 */
export function startSignIn(options: SignInOptions): SignInAttempt {
  const { login } = options;
  const startedAtMs = Date.now();
  const ending = new AbortController();
  const signal = AbortSignal.any([ending.signal, options.stopping]);
  const transport = createTransport({ signal, patienceMs: options.patienceMs });
  let loopback: Loopback | undefined;
  let page: SignInPage | undefined;
  let address: string | undefined;
  let phase: 'discovery' | 'reply' = 'discovery';
  /** The one request has come: from here on the person's page is of no importance. */
  let replied = false;
  let settle: (outcome: SignInOutcome) => void = () => undefined;
  const settled = new Promise<SignInOutcome>((resolve) => {
    settle = resolve;
  });
  const fail = (problem: Problem): void => settle({ kind: 'failed', problem });

  async function openPage(url: string): Promise<void> {
    let opened: SignInPage;
    try {
      opened = await options.openPage(url);
    } catch {
      throw new SignInFault(noBrowser.kind, noBrowser.message);
    }
    if (signal.aborted) return opened.close();
    page = opened;
    opened.closed.then(
      () => {
        if (!replied) fail(closedByPerson);
      },
      () => fail(noBrowser),
    );
  }

  async function run(): Promise<Confirmation> {
    loopback = await listen(options.port);
    if (signal.aborted) {
      loopback.close();
      throw new SignInFault(cancelled.kind, cancelled.message);
    }
    const configuration = await discover(login, transport);
    const secrets = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
    address = await pageAddress(configuration, options, loopback.redirectUri, secrets);
    phase = 'reply';
    await openPage(address);
    const reply = await loopback.request;
    replied = true;
    loopback.close();
    page?.close();
    const answer = await authorizationCodeGrant(configuration, reply, {
      expectedState: secrets.state,
      expectedNonce: secrets.nonce,
      pkceCodeVerifier: secrets.verifier,
      idTokenExpected: true,
    });
    if (options.freshLogin) checkFresh(answer.claims(), startedAtMs);
    const confirmed = await confirm(configuration, answer, login, undefined);
    return { ...confirmed, tokens: { refreshToken: answer.refresh_token, idToken: answer.id_token } };
  }

  run().then(
    (confirmation) => settle({ kind: 'confirmed', confirmation }),
    (error: unknown) => {
      const { kind, message } = problemOf(error, {
        issuer: login.issuer,
        skewMs: transport.skewMs(),
        phase: transport.tokenAsked() ? 'token' : phase,
      });
      fail({ kind, message });
    },
  );
  const timer = setTimeout(() => fail(timedOut), options.timeoutMs);
  const stop = (): void => fail(cancelled);
  options.stopping.addEventListener('abort', stop);

  const outcome = settled.finally(() => {
    clearTimeout(timer);
    options.stopping.removeEventListener('abort', stop);
    ending.abort();
    loopback?.close();
    page?.close();
  });

  return {
    outcome,
    showAgain() {
      if (address === undefined || replied) return;
      openPage(address).catch(() => fail(noBrowser));
    },
    cancel: stop,
  };
}

const cancelled: Problem = { kind: 'cancelled', message: 'The sign-in was cancelled.' };
const closedByPerson: Problem = { kind: 'cancelled', message: 'The sign-in page was closed.' };
const timedOut: Problem = {
  kind: 'timed-out',
  message: 'Nobody signed in on the page of the identity provider in time. Sign in again.',
};
const noBrowser: Problem = {
  kind: 'browser-failed',
  message: 'The page of the identity provider could not be opened. Check that this computer has a browser.',
};
