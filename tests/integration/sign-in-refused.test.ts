import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { SignInFailure } from '../../contract/domain.ts';
import { openLoopback } from '../../main/identity/loopback.ts';
import { asError, asFlood, asPage, asSilence, startHostileProvider } from '../shared/hostile-provider.ts';
import type { HostileProvider, Hostility } from '../shared/hostile-provider.ts';
import { isListening, redirectOf, startSignInRig } from '../shared/sign-in-rig.ts';
import type { SignInRig, SignInRigOptions } from '../shared/sign-in-rig.ts';
import { until } from '../shared/until.ts';

let idp: HostileProvider;
let rigs: SignInRig[] = [];

beforeAll(async () => {
  idp = await startHostileProvider();
});
afterAll(() => idp.stop());
afterEach(async () => {
  await Promise.all(rigs.map((rig) => rig.stop()));
  rigs = [];
});

const follow = async (url: string): Promise<string> => (await fetch(url)).text();

async function start(options: Partial<SignInRigOptions> = {}): Promise<SignInRig> {
  const rig = await startSignInRig({ login: idp.login, browse: follow, patienceMs: 1_000, ...options });
  rigs.push(rig);
  return rig;
}

const nowS = (): number => Math.floor(Date.now() / 1000);

/** Refused, shown with what to do, audited and logged, nothing of a secret said, and nobody listens any more. */
async function expectRefused(rig: SignInRig, kind: SignInFailure): Promise<string> {
  const session = await rig.signIn();
  expect(session).toMatchObject({ state: 'signed-out', role: 'viewer', name: '', problem: { kind } });
  const message = session.problem?.message ?? '';
  expect(message.length).toBeGreaterThan(20);
  expect(rig.audit).toEqual([
    expect.objectContaining({
      action: 'session.sign-in-failed',
      workstation: 'W1',
      actor: '',
      after: { kind, message },
    }),
  ]);
  expect(rig.logged.map((line): unknown => JSON.parse(line))).toContainEqual(
    expect.objectContaining({ kind, reason: message }),
  );
  const said = rig.said() + [...rig.kept.values()].join('');
  for (const secret of idp.secrets) expect(said).not.toContain(secret);
  for (const url of rig.opened) expect(await isListening(redirectOf(url))).toBe(false);
  expect(idp.faults).toEqual([]);
  return message;
}

test('as it should be, it signs in: what follows is refused for one reason each', async () => {
  idp.behave({});
  const rig = await start();
  expect(await rig.signIn()).toMatchObject({ state: 'signed-in', name: 'Alan Martin', role: 'operator' });
});

const discovery = '/.well-known/openid-configuration';

test.each<[string, SignInFailure, () => Hostility]>([
  ['a token of another issuer', 'token-invalid', () => ({ claims: { iss: 'https://evil.example' } })],
  ['a token for another program', 'token-invalid', () => ({ claims: { aud: 'somebody-else' } })],
  [
    'a token for several, none of them named as its user',
    'token-invalid',
    () => ({ claims: { aud: ['vicore-desktop', 'x'] } }),
  ],
  ['a token of another sign-in (nonce)', 'token-invalid', () => ({ claims: { nonce: 'of-yesterday' } })],
  ['a token without nonce', 'token-invalid', () => ({ claims: { nonce: undefined } })],
  [
    'a token that has expired',
    'token-invalid',
    () => ({ claims: { iat: nowS() - 7200, exp: nowS() - 3600 } }),
  ],
  ['a token that is not yet valid', 'token-invalid', () => ({ claims: { nbf: nowS() + 3600 } })],
  [
    'a token issued in the future',
    'token-invalid',
    () => ({ claims: { iat: nowS() + 3600, exp: nowS() + 7200 } }),
  ],
  ['a token without an end', 'token-invalid', () => ({ claims: { exp: undefined } })],
  ['alg none', 'token-invalid', () => ({ signature: 'none' })],
  ['a signature that is none', 'token-invalid', () => ({ signature: 'broken' })],
  ['a key that is not in the set', 'token-invalid', () => ({ signature: 'unknown-key' })],
  ['another key under the name of one in the set', 'token-invalid', () => ({ signature: 'wrong-key' })],
  ['no ID token', 'token-invalid', () => ({ token: { id_token: undefined } })],
  ['an ID token that is not one', 'token-invalid', () => ({ token: { id_token: 'nonsense' } })],
  ['no subject', 'no-subject', () => ({ claims: { sub: undefined } })],
  ['an empty subject', 'no-subject', () => ({ claims: { sub: ' ' } })],
  ['a subject that is a number', 'no-subject', () => ({ claims: { sub: 7 } })],
  [
    'user information about somebody else',
    'token-invalid',
    () => ({ claims: { roles: undefined }, userInfo: { sub: 'eve' } }),
  ],
  ['the wrong state', 'reply-invalid', () => ({ reply: (query) => query.set('state', 'another') })],
  ['no state', 'reply-invalid', () => ({ reply: (query) => query.delete('state') })],
  ['the state twice', 'reply-invalid', () => ({ reply: (query) => query.append('state', 'another') })],
  [
    'an answer of another issuer (RFC 9207)',
    'reply-invalid',
    () => ({ reply: (query) => query.set('iss', 'https://evil.example') }),
  ],
  [
    'an answer without its issuer, which this provider always names',
    'reply-invalid',
    () => ({ reply: (query) => query.delete('iss') }),
  ],
  ['an answer without code', 'reply-invalid', () => ({ reply: (query) => query.delete('code') })],
  [
    'a refusal',
    'refused-by-provider',
    () => ({
      reply(query) {
        query.delete('code');
        query.set('error', 'access_denied');
        query.set('error_description', 'because <b>code-secret</b>');
      },
    }),
  ],
  ['discovery: a page', 'provider-invalid', () => ({ answers: { [discovery]: asPage } })],
  ['discovery: 500', 'provider-unreachable', () => ({ answers: { [discovery]: asError } })],
  ['discovery: silence', 'provider-unreachable', () => ({ answers: { [discovery]: asSilence } })],
  ['discovery: no end', 'provider-invalid', () => ({ answers: { [discovery]: asFlood } })],
  ['discovery: another issuer', 'provider-invalid', () => ({ metadata: { issuer: 'https://evil.example' } })],
  ['discovery: no issuer', 'provider-invalid', () => ({ metadata: { issuer: undefined } })],
  [
    'discovery: nowhere to sign in',
    'provider-invalid',
    () => ({ metadata: { authorization_endpoint: undefined } }),
  ],
  [
    'discovery: a page that is none',
    'provider-invalid',
    () => ({ metadata: { authorization_endpoint: 'file:///etc/passwd' } }),
  ],
  ['tokens: a page', 'provider-invalid', () => ({ answers: { '/token': asPage } })],
  ['tokens: 500', 'provider-unreachable', () => ({ answers: { '/token': asError } })],
  ['tokens: silence', 'provider-unreachable', () => ({ answers: { '/token': asSilence } })],
  ['tokens: no end', 'provider-invalid', () => ({ answers: { '/token': asFlood } })],
  ['keys: a page', 'provider-invalid', () => ({ answers: { '/jwks': asPage } })],
  ['keys: 500', 'provider-unreachable', () => ({ answers: { '/jwks': asError } })],
  ['keys: silence', 'provider-unreachable', () => ({ answers: { '/jwks': asSilence } })],
])('%s is refused as %s', async (_name, kind, hostility) => {
  idp.behave(hostility());
  await expectRefused(await start(), kind);
});

describe('clocks (fault 45)', () => {
  test('a minute of difference is tolerated', async () => {
    for (const clockS of [-50, 50]) {
      idp.behave({ clockS });
      const rig = await start();
      expect(await rig.signIn()).toMatchObject({ state: 'signed-in' });
    }
  });

  test.each([
    [2 * 3600, 'about 120 min behind'],
    [-2 * 3600, 'about 120 min ahead of'],
  ])('a clock that is wrong by %i s is called wrong', async (clockS, words) => {
    idp.behave({ clockS });
    expect(await expectRefused(await start(), 'clock-wrong')).toContain(words);
  });
});

test('somebody who took the demand for a new login out of the address gets in with nobody’s session', async () => {
  idp.behave({});
  const rig = await start();
  await rig.signIn();
  rig.keeper.lock('lock');
  idp.behave({ claims: { auth_time: nowS() - 600 } });
  expect(await rig.signIn()).toMatchObject({
    state: 'locked',
    role: 'viewer',
    problem: { kind: 'token-invalid' },
  });
  idp.behave({ claims: { auth_time: nowS() } });
  expect(await rig.signIn()).toMatchObject({ state: 'signed-in', problem: undefined });
});

describe('renewal', () => {
  const soon = { token: { expires_in: 1 } };

  async function signedIn(): Promise<SignInRig> {
    idp.behave(soon);
    const rig = await start();
    expect(await rig.signIn()).toMatchObject({ state: 'signed-in' });
    return rig;
  }

  test.each<[string, Hostility]>([
    ['is about another person', { claims: { sub: 'eve' } }],
    ['is signed by nobody', { signature: 'none' }],
    ['is signed by somebody else', { signature: 'wrong-key' }],
    ['comes from another issuer', { claims: { iss: 'https://evil.example' } }],
  ])('an answer that %s ends the session', async (_name, hostility) => {
    const rig = await signedIn();
    idp.behave(hostility);
    expect(await rig.reaches('expired')).toMatchObject({
      role: 'viewer',
      problem: { kind: 'token-invalid' },
    });
    expect(rig.audit.at(-1)).toMatchObject({ action: 'session.expired', actor: 'Alan Martin' });
    for (const secret of idp.secrets) expect(rig.said()).not.toContain(secret);
  });

  test.each<[string, Hostility]>([
    ['a page', { answers: { '/token': asPage } }],
    ['500', { answers: { '/token': asError } }],
    ['silence', { answers: { [discovery]: asSilence } }],
    ['a key that is not published yet', { signature: 'unknown-key' }],
  ])('%s in its place is no end: grace', async (_name, hostility) => {
    const rig = await signedIn();
    idp.behave(hostility);
    expect(await rig.reaches('grace')).toMatchObject({ role: 'operator' });
    idp.behave({});
    await rig.reaches('signed-in');
  });

  test('a wrong clock is no end either, and the token that was rotated meanwhile is not lost', async () => {
    const rig = await signedIn();
    idp.behave({ clockS: -7200 });
    expect(await rig.reaches('grace')).toMatchObject({ role: 'operator', problem: { kind: 'clock-wrong' } });
    const kept = [...rig.kept.values()].map((value) =>
      Buffer.from(value.slice('sealed:'.length), 'base64').reverse().toString(),
    );
    const rotated = idp.secrets.findLast((secret) => secret.startsWith('refresh-token'));
    expect(kept.join('')).toContain(rotated);
  });

  test('an answer without ID token leaves the person as they are', async () => {
    const rig = await signedIn();
    idp.behave({
      token: { expires_in: 1, id_token: undefined },
      userInfo: { roles: 'vicore-viewer vicore-admin' },
    });
    await until(() => rig.keeper.session().role === 'admin', 10_000);
    idp.behave({ token: { expires_in: 1, id_token: undefined } });
    const before = idp.secrets.length;
    await until(() => idp.secrets.length > before + 3, 10_000);
    expect(rig.keeper.session()).toMatchObject({ state: 'signed-in', role: 'admin' });
  });
});

describe('the loopback address', () => {
  test('is bound before the page opens, and only for one request to the one path', async () => {
    idp.behave({});
    const answers: { path: string; status: number; text: string }[] = [];
    const ask = async (url: string, init?: RequestInit): Promise<void> => {
      const response = await fetch(url, init);
      answers.push({ path: new URL(url).pathname, status: response.status, text: await response.text() });
    };
    let done = false;
    const rig = await start({
      async browse(url) {
        const base = redirectOf(url);
        await ask(new URL('/favicon.ico', base).href);
        await ask(new URL('/', base).href);
        await ask(base, { method: 'POST', body: 'code=x' });
        await ask(base.replace('127.0.0.1', 'localhost'));
        await ask(url);
        done = true;
      },
    });
    expect(await rig.signIn()).toMatchObject({ state: 'signed-in' });
    await until(() => done, 5_000);
    expect(answers.map(({ path, status }) => [path, status])).toEqual([
      ['/favicon.ico', 404],
      ['/', 404],
      ['/callback', 404],
      ['/callback', 421],
      ['/authorize', 200],
    ]);
    const page = answers.at(-1)?.text ?? '';
    expect(page).toContain('You can close this window');
    expect(page).toContain('Vous pouvez fermer cette fenêtre');
    expect(page).not.toContain('secret');
    expect(await isListening(redirectOf(rig.opened[0] ?? ''))).toBe(false);
  });

  test('a second request is told so, and does not count', async () => {
    const loopback = await openLoopback();
    const first = await fetch(`${loopback.redirectUri}?code=first`);
    const second = await fetch(`${loopback.redirectUri}?code=second`);
    expect([first.status, second.status]).toEqual([200, 410]);
    expect(first.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(first.headers.get('cache-control')).toBe('no-store');
    expect(await first.text()).not.toContain('first');
    expect((await loopback.request).searchParams.get('code')).toBe('first');
    loopback.close();
    expect(await isListening(loopback.redirectUri)).toBe(false);
  });

  test('a forged second request changes nothing', async () => {
    idp.behave({});
    const rig = await start({
      async browse(url) {
        const back = new URL((await fetch(url, { redirect: 'manual' })).headers.get('location') ?? '');
        const forged = new URL(back);
        forged.searchParams.set('code', 'code-of-eve');
        await Promise.allSettled([fetch(back), fetch(forged)]);
      },
    });
    expect(await rig.signIn()).toMatchObject({ state: 'signed-in', name: 'Alan Martin' });
    expect(rig.audit.map(({ action }) => action)).toEqual(['session.sign-in']);
  });

  test('abandoned: times out, nobody listens any more, and it can be tried again (fault 64)', async () => {
    idp.behave({});
    let abandoned = true;
    const rig = await start({
      timeoutMs: 700,
      browse: (url) => (abandoned ? Promise.resolve() : follow(url)),
    });
    await expectRefused(rig, 'timed-out');
    expect(rig.pagesClosed()).toBe(1);
    abandoned = false;
    expect(await rig.signIn()).toMatchObject({ state: 'signed-in', problem: undefined });
  });

  test('cancelled, and a page that the person closed: nobody listens any more', async () => {
    idp.behave({});
    for (const give of ['cancel', 'close'] as const) {
      const rig = await start({ browse: () => Promise.resolve() });
      rig.keeper.login('call');
      await until(() => rig.opened.length === 1, 5_000);
      expect(await isListening(redirectOf(rig.opened[0] ?? ''))).toBe(true);
      if (give === 'cancel') rig.keeper.cancelLogin('call');
      else rig.closePage();
      await until(() => !rig.keeper.session().signingIn, 5_000);
      expect(rig.keeper.session().problem?.kind).toBe('cancelled');
      expect(rig.audit.map(({ action }) => action)).toEqual(['session.sign-in-failed']);
      expect(await isListening(redirectOf(rig.opened[0] ?? ''))).toBe(false);
    }
  });

  test('asked again meanwhile, the same page comes back', async () => {
    idp.behave({});
    const rig = await start({ browse: () => Promise.resolve() });
    rig.keeper.login('first');
    await until(() => rig.opened.length === 1, 5_000);
    rig.keeper.login('second');
    await until(() => rig.opened.length === 2, 5_000);
    expect(rig.opened[1]).toBe(rig.opened[0]);
    await follow(rig.opened[1] ?? '');
    await rig.reaches('signed-in');
  });

  test('a port that is taken is said, and it can be tried again (fault 64)', async () => {
    idp.behave({});
    const taken = createServer();
    taken.listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const rig = await start({ port });
    expect((await rig.signIn()).problem).toMatchObject({
      kind: 'internal',
      message: expect.stringContaining('EADDRINUSE'),
    });
    expect(rig.opened).toEqual([]);
    taken.close();
    await once(taken, 'close');
    expect(await rig.signIn()).toMatchObject({ state: 'signed-in' });
  });

  test('no browser: said, and nobody listens', async () => {
    idp.behave({});
    const rig = await start({
      browse: () => {
        throw new Error('no browser');
      },
    });
    await expectRefused(rig, 'browser-failed');
  });

  test('the program ends in the middle of it: nobody listens any more', async () => {
    idp.behave({});
    const rig = await start({ browse: () => Promise.resolve() });
    rig.keeper.login('call');
    await until(() => rig.opened.length === 1, 5_000);
    await rig.stop();
    expect(await isListening(redirectOf(rig.opened[0] ?? ''))).toBe(false);
  });
});
