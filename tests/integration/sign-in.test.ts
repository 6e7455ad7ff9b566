import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { tryIssuer } from '../../main/identity/try-issuer.ts';
import { startIdentityProvider } from '../../tools/identity/provider.ts';
import type { IdentityProvider } from '../../tools/identity/provider.ts';
import { createVisitor } from '../../tools/identity/visit.ts';
import { isListening, redirectOf, startSignInRig } from '../shared/sign-in-rig.ts';
import type { SignInRig, SignInRigOptions } from '../shared/sign-in-rig.ts';
import { until } from '../shared/until.ts';

let idp: IdentityProvider;
let rigs: SignInRig[] = [];
/** Who sits at the browser of this workstation; its cookies stay, as in a real one. */
let person = 'alan';

beforeAll(async () => {
  idp = await startIdentityProvider();
});
afterAll(() => idp.stop());
afterEach(async () => {
  await Promise.all(rigs.map((rig) => rig.stop()));
  rigs = [];
  person = 'alan';
  await idp.start();
  idp.setAccessTokenSeconds(3600);
  idp.setRoles('alan', ['vicore-operator']);
});

const grants = (type: string): number => idp.requests.filter(({ grantType }) => grantType === type).length;

async function start(options: Partial<SignInRigOptions> = {}): Promise<SignInRig> {
  const visitor = createVisitor();
  const rig = await startSignInRig({
    login: idp.login,
    browse: (url) => visitor.visit(url, person),
    ...options,
  });
  rigs.push(rig);
  return rig;
}

function expectNoSecrets(rig: SignInRig): void {
  expect(idp.secrets.length).toBeGreaterThan(0);
  const said = rig.said() + [...rig.kept.values()].join('');
  for (const secret of idp.secrets) expect(said).not.toContain(secret);
  const page = new URL(rig.opened[0] ?? '');
  for (const name of ['state', 'nonce', 'code_challenge']) {
    expect(said).not.toContain(page.searchParams.get(name));
  }
}

describe('the real oidc-provider', () => {
  test('code with PKCE through the loopback address; name and role are the provider’s', async () => {
    const rig = await start();
    expect(await rig.signIn()).toMatchObject({
      state: 'signed-in',
      name: 'Alan Martin',
      subject: 'alan',
      role: 'operator',
    });
    expect(rig.registered[0]).toEqual({
      subject: 'alan',
      name: 'Alan Martin',
      email: 'alan.martin@vicore.example',
      claimedRole: 'operator',
    });
    const page = new URL(rig.opened[0] ?? '');
    expect(Object.fromEntries(page.searchParams)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      redirect_uri: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/callback$/),
      scope: 'openid profile email offline_access',
      ui_locales: 'en fr',
    });
    expect(page.searchParams.get('prompt')).toBe(null);
    expect(await isListening(redirectOf(page.href))).toBe(false);
    expect(rig.audit.map(({ action }) => action)).toEqual(['session.sign-in']);
    expectNoSecrets(rig);
  });

  test('tokens are renewed without a prompt and rotate; what the provider changed meanwhile counts', async () => {
    idp.setAccessTokenSeconds(2);
    const rig = await start();
    await rig.signIn();
    const before = grants('refresh_token');
    await until(() => grants('refresh_token') >= before + 2, 15_000);
    expect(rig.keeper.session()).toMatchObject({ state: 'signed-in', role: 'operator' });
    expect(rig.opened).toHaveLength(1);
    idp.setRoles('alan', ['vicore-supervisor', 'something-else']);
    await until(() => rig.keeper.session().role === 'supervisor', 10_000);
    expect(rig.audit.at(-1)).toMatchObject({
      action: 'session.role-changed',
      before: { role: 'operator' },
      after: { role: 'supervisor' },
    });
    idp.setRoles('alan', []);
    await until(() => rig.keeper.session().role === 'viewer', 10_000);
    expectNoSecrets(rig);
  });

  test('keys that were changed, also within a minute and without the old one, are found', async () => {
    idp.setAccessTokenSeconds(2);
    const rig = await start();
    await rig.signIn();
    for (const forgetOld of [false, true]) {
      await idp.rotateKeys(forgetOld);
      const before = grants('refresh_token');
      await until(() => grants('refresh_token') >= before + 2, 15_000);
      expect(rig.keeper.session()).toMatchObject({ state: 'signed-in', role: 'operator' });
    }
    expect(rig.audit.map(({ action }) => action)).toEqual(['session.sign-in']);
  });

  test('after a restart the session goes on without a prompt, with the rotated token', async () => {
    const first = await start();
    await first.signIn();
    await first.stop();
    const second = await start({ kept: first.kept });
    expect(await second.reaches('signed-in')).toMatchObject({ name: 'Alan Martin', role: 'operator' });
    await second.stop();
    const third = await start({ kept: second.kept });
    await third.reaches('signed-in');
    expect(third.opened).toEqual([]);
    expect(third.audit).toEqual([
      expect.objectContaining({
        action: 'session.sign-in',
        after: expect.objectContaining({ restored: true }),
      }),
    ]);
    expectNoSecrets(first);
  });

  test('the provider stopped: grace, also over a restart; started again: signed in', async () => {
    idp.setAccessTokenSeconds(2);
    const rig = await start();
    const { since = 0 } = await rig.signIn();
    await idp.stop();
    const session = await rig.reaches('grace');
    expect(session).toMatchObject({ role: 'operator', name: 'Alan Martin' });
    expect(session.graceEndsAt).toBeGreaterThan(since + 3_600_000 - 10_000);
    await rig.stop();
    const again = await start({ kept: rig.kept });
    expect(await again.reaches('grace')).toMatchObject({ role: 'operator' });
    await idp.start();
    await again.reaches('signed-in');
    expect(again.audit.map(({ action }) => action)).toEqual(['session.grace']);
  });

  test('revoked: expired, and the next sign-in works', async () => {
    idp.setAccessTokenSeconds(2);
    const rig = await start();
    await rig.signIn();
    idp.revokeAll('alan');
    expect(await rig.reaches('expired')).toMatchObject({
      role: 'viewer',
      name: 'Alan Martin',
      problem: { kind: 'refused-by-provider', message: expect.stringContaining('invalid_grant') },
    });
    expect(rig.audit.at(-1)).toMatchObject({ action: 'session.expired' });
    expect(await rig.signIn()).toMatchObject({ state: 'signed-in', problem: undefined });
    expectNoSecrets(rig);
  });

  test('sign-out revokes the refresh token and ends the session there', async () => {
    const rig = await start();
    await rig.signIn();
    const keptBefore = new Map(rig.kept);
    const before = idp.requests.length;
    rig.keeper.logout('out');
    const since = () =>
      idp.requests.slice(before).map(({ method, path, status }) => `${method} ${path} ${status}`);
    await until(
      () => since().some((line) => line.includes('/session/end')),
      5_000,
      () => since().join('\n'),
    );
    expect(since()).toContain('POST /token/revocation 200');
    // Whoever kept a copy gets nothing with it.
    const copy = await start({ kept: keptBefore });
    await copy.reaches('expired');
    expectNoSecrets(rig);
  });

  test('signed out while the provider is away, and started offline: it is told when it is back', async () => {
    const rig = await start();
    await rig.signIn();
    await idp.stop();
    rig.keeper.logout('out');
    await until(() => rig.logged.some((line) => line.includes('could not be ended')), 5_000);
    await rig.stop();
    const before = idp.requests.length;
    const again = await start({ kept: rig.kept });
    expect(again.keeper.session()).toMatchObject({ state: 'signed-out', signingIn: false });
    await until(() => again.logged.some((line) => line.includes('could not be ended')), 5_000);
    await idp.start();
    await until(() => idp.requests.slice(before).some(({ path }) => path === '/token/revocation'), 30_000);
    expectNoSecrets(rig);
  });

  test('a shift change: the browser still knows the person before, and has to ask all the same', async () => {
    const rig = await start();
    await rig.signIn();
    person = 'sophie';
    expect(await rig.signIn()).toMatchObject({ name: 'Sophie Lambert', role: 'supervisor' });
    const page = new URL(rig.opened[1] ?? '');
    expect([page.searchParams.get('prompt'), page.searchParams.get('max_age')]).toEqual(['login', '0']);
    expect(rig.audit.at(-1)).toMatchObject({
      action: 'session.takeover',
      before: { subject: 'alan' },
      after: { subject: 'sophie' },
    });
    // The session of the person who took over is not harmed by ending the one before.
    idp.setAccessTokenSeconds(2);
    rig.keeper.lock('lock');
    await rig.signIn();
    expect(rig.audit.at(-1)?.action).toBe('session.unlock');
    const before = grants('refresh_token');
    await until(() => grants('refresh_token') > before, 10_000);
    await rig.reaches('signed-in');
  });

  test('cancelled on the provider’s page', async () => {
    person = '';
    const rig = await start();
    expect(await rig.signIn()).toMatchObject({
      state: 'signed-out',
      problem: { kind: 'refused-by-provider', message: expect.stringContaining('access_denied') },
    });
    expect(rig.audit).toEqual([
      expect.objectContaining({
        action: 'session.sign-in-failed',
        after: expect.objectContaining({ kind: 'refused-by-provider' }),
      }),
    ]);
    expect(await isListening(redirectOf(rig.opened[0] ?? ''))).toBe(false);
  });

  test('a provider that is not there, and one that is not one', async () => {
    await idp.stop();
    const rig = await start();
    expect((await rig.signIn()).problem).toMatchObject({
      kind: 'provider-unreachable',
      message: expect.stringContaining('it refused the connection'),
    });
    expect(rig.opened).toEqual([]);
    await idp.start();
    const elsewhere = await start({ login: { ...idp.login, issuer: `${idp.issuer}/elsewhere` } });
    expect((await elsewhere.signIn()).problem?.kind).toBe('provider-invalid');
    const unencrypted = await start({ login: { ...idp.login, issuer: 'http://sso.example' } });
    expect((await unencrypted.signIn()).problem).toMatchObject({
      kind: 'provider-invalid',
      message: expect.stringContaining('https://'),
    });
    expect(unencrypted.opened).toEqual([]);
  });

  test('the set-up says what it found at an issuer, or what is wrong', async () => {
    expect(await tryIssuer(idp.login)).toEqual({
      reachable: true,
      message: expect.stringContaining('http://127.0.0.1/callback'),
    });
    expect(await tryIssuer({ ...idp.login, issuer: `${idp.issuer}/elsewhere` })).toMatchObject({
      reachable: false,
      message: expect.stringContaining('login.issuer'),
    });
    expect(await tryIssuer({ ...idp.login, issuer: 'http://sso.example' })).toMatchObject({
      reachable: false,
    });
    await idp.stop();
    expect(await tryIssuer(idp.login)).toMatchObject({
      reachable: false,
      message: expect.stringContaining('cannot be reached'),
    });
  });
});
