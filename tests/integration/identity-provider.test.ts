import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeProtectedHeader } from 'jose';
import * as oidc from 'openid-client';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startIdentityProvider } from '../../tools/identity/provider.ts';
import type { IdentityProvider } from '../../tools/identity/provider.ts';
import { createVisitor, signInAs } from '../../tools/identity/visit.ts';

/*
 * The provider of the demonstration and the tests behaves as a company's does, seen by a client that the product does
 * not share any code with.
 */

let arrived: URL | undefined;
const application = createServer((request, response) => {
  arrived = new URL(request.url ?? '', redirectUri());
  response.end('back in the application');
});
const redirectUri = (): string => `http://127.0.0.1:${(application.address() as AddressInfo).port}/`;

let provider: IdentityProvider;
let client: oidc.Configuration;

beforeAll(async () => {
  application.listen(0, '127.0.0.1');
  await once(application, 'listening');
});
afterAll(() => application.close());
beforeEach(async () => {
  provider = await startIdentityProvider();
  client = await oidc.discovery(
    new URL(provider.issuer),
    provider.login.clientId,
    undefined,
    oidc.None(),
    // A loopback address has no certificate.
    { execute: [oidc.allowInsecureRequests] },
  );
});
afterEach(() => provider.stop());

async function request(extra: Readonly<Record<string, string>> = {}) {
  const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
  const expectedNonce = oidc.randomNonce();
  const expectedState = oidc.randomState();
  const url = oidc.buildAuthorizationUrl(client, {
    redirect_uri: redirectUri(),
    scope: 'openid profile email offline_access',
    code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    nonce: expectedNonce,
    state: expectedState,
    ...extra,
  });
  return { url: url.href, checks: { pkceCodeVerifier, expectedNonce, expectedState } };
}

async function signIn(person: string, extra: Readonly<Record<string, string>> = {}, visit = signInAs) {
  arrived = undefined;
  const { url, checks } = await request(extra);
  const ended = await visit(url, person);
  if (!arrived) throw new Error(`the sign-in ended at ${ended.url} with ${ended.status}: ${ended.text}`);
  return oidc.authorizationCodeGrant(client, arrived, checks);
}

const rolesOf = (tokens: oidc.TokenEndpointResponseHelpers): unknown => tokens.claims()?.['roles'];
const refresh = (token: string | undefined) => oidc.refreshTokenGrant(client, token ?? '');

test('each person comes back through the loopback address with name, email and roles', async () => {
  for (const { subject, name, email, roles } of provider.people) {
    const tokens = await signIn(subject);
    expect(tokens.claims()).toMatchObject({ sub: subject, name, email, roles });
    expect(await oidc.fetchUserInfo(client, tokens.access_token, subject)).toMatchObject({ name, roles });
  }
});

test('refresh tokens rotate; one that comes twice takes the whole grant with it', async () => {
  const first = await signIn('alan');
  const second = await refresh(first.refresh_token);
  expect(second.refresh_token).not.toBe(first.refresh_token);
  expect(rolesOf(second)).toEqual(['vicore-operator']);
  await expect(refresh(first.refresh_token)).rejects.toMatchObject({ error: 'invalid_grant' });
  await expect(refresh(second.refresh_token)).rejects.toMatchObject({ error: 'invalid_grant' });
});

test('without PKCE, and with an address that is not on the loopback, nothing is given', async () => {
  const { searchParams, origin, pathname } = new URL((await request()).url);
  searchParams.delete('code_challenge');
  searchParams.delete('code_challenge_method');
  arrived = undefined;
  await signInAs(`${origin}${pathname}?${searchParams.toString()}`, 'alan');
  expect(arrived).toMatchObject({ search: expect.stringContaining('error=invalid_request') });

  const { url } = await request({ redirect_uri: 'http://127.0.0.2:80/' });
  expect(await signInAs(url, 'alan')).toMatchObject({
    status: 400,
    text: expect.stringContaining('redirect_uri'),
  });
});

test('a person who cancels sends the application away empty-handed', async () => {
  await expect(signIn('')).rejects.toMatchObject({ error: 'access_denied' });
});

test('a browser that knows the person asks nobody, unless the application wants it', async () => {
  const { visit } = createVisitor();
  await signIn('alan', {}, visit);
  expect((await signIn('dora', {}, visit)).claims()?.sub).toBe('alan');
  const next = await signIn('dora', { prompt: 'login' }, visit);
  expect(next.claims()?.sub).toBe('dora');
  const { url } = await request({ prompt: 'select_account' });
  expect((await visit(url, 'sophie')).status).toBe(200);
});

test('signing out at the provider makes the browser forget; the tokens end by revocation', async () => {
  const { visit } = createVisitor();
  const tokens = await signIn('alan', {}, visit);
  const out = await visit(oidc.buildEndSessionUrl(client, { id_token_hint: tokens.id_token ?? '' }).href, '');
  expect(out.text).toContain('You are signed out.');
  expect((await signIn('dora', {}, visit)).claims()?.sub).toBe('dora');

  await oidc.tokenRevocation(client, tokens.refresh_token ?? '');
  await expect(refresh(tokens.refresh_token)).rejects.toMatchObject({ error: 'invalid_grant' });
});

test('stopped, nobody answers; started again, what was granted still stands', async () => {
  const tokens = await signIn('alan');
  await provider.stop();
  await expect(refresh(tokens.refresh_token)).rejects.toThrow('fetch failed');
  await provider.start();
  const again = await refresh(tokens.refresh_token);
  expect(decodeProtectedHeader(again.id_token ?? '').kid).toBe(
    decodeProtectedHeader(tokens.id_token ?? '').kid,
  );
});

test('roles change with the next token, keys with the next signature, all tokens end at once', async () => {
  const tokens = await signIn('alan');
  provider.setRoles('alan', ['vicore-viewer', 'somebody']);
  await provider.rotateKeys();
  const changed = await refresh(tokens.refresh_token);
  expect(rolesOf(changed)).toEqual(['vicore-viewer', 'somebody']);
  const kid = (token?: string): unknown => decodeProtectedHeader(token ?? '').kid;
  expect(kid(changed.id_token)).not.toBe(kid(tokens.id_token));
  const published = async (): Promise<unknown> => {
    const answer = (await (await fetch(`${provider.issuer}/jwks`)).json()) as { keys: { kid: string }[] };
    return answer.keys.map((key) => key.kid);
  };
  expect(await published()).toEqual([kid(changed.id_token), kid(tokens.id_token)]);
  await provider.rotateKeys(true);
  expect(await published()).toHaveLength(1);

  provider.revokeAll('alan');
  await expect(refresh(changed.refresh_token)).rejects.toMatchObject({ error: 'invalid_grant' });
});

test('access tokens live as long as asked; what was answered and given out is known', async () => {
  provider.setAccessTokenSeconds(7);
  const tokens = await signIn('alan');
  expect(tokens.expires_in).toBe(7);
  const renewed = await refresh(tokens.refresh_token);
  for (const given of [tokens, renewed]) {
    expect(provider.secrets).toEqual(
      expect.arrayContaining([given.access_token, given.refresh_token, given.id_token]),
    );
  }
  expect(provider.secrets).toContain(arrived?.searchParams.get('code'));
  expect(provider.requests.filter(({ grantType }) => grantType === 'refresh_token')).toMatchObject([
    { method: 'POST', path: '/token', status: 200 },
  ]);
});

test('its pages speak English and French, and load nothing', async () => {
  const { url } = await request({ ui_locales: 'fr' });
  const page = await fetch(url, { redirect: 'manual' });
  const shown = await fetch(new URL(page.headers.get('location') ?? '', url), {
    headers: {
      cookie: page.headers
        .getSetCookie()
        .map((line) => line.replace(/;.*/, ''))
        .join('; '),
    },
  });
  const text = await shown.text();
  expect(text).toContain('Qui se connecte');
  expect(text).toContain('Alan Martin');
  expect(text).not.toMatch(/src=|href=|https:|@import/);
  expect(shown.headers.get('content-security-policy')).toContain("default-src 'none'");
});
