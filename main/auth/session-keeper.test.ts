import { describe, expect, test } from 'vitest';
import { alan, createSessionRig, hour, settle, sophie } from '../../tests/shared/session-rig.ts';
import { createSessionKeeper } from './session-keeper.ts';

describe('signing in', () => {
  test('nobody is there at first; a sign-in gives the role, and everything about it is told and audited', async () => {
    const rig = createSessionRig();
    const keeper = await rig.started();
    expect(keeper.session()).toMatchObject({
      state: 'signed-out',
      configured: true,
      role: 'viewer',
      name: '',
      workstation: 'W1',
      sessionOnly: false,
    });
    expect(keeper.login('call').signingIn).toBe(true);
    expect(rig.attempts[0]?.freshLogin).toBe(false);
    await rig.signIn(keeper, alan);
    expect(keeper.session()).toMatchObject({
      state: 'signed-in',
      signingIn: false,
      name: 'Alan Martin',
      subject: 'alan',
      role: 'operator',
      ownRole: 'operator',
      since: rig.clock.now(),
    });
    expect(rig.sessions.map(({ state, signingIn }) => [state, signingIn])).toEqual([
      ['signed-out', true],
      ['signed-in', false],
    ]);
    expect(rig.audit).toEqual([
      expect.objectContaining({
        action: 'session.sign-in',
        actor: 'Alan Martin',
        subject: 'alan',
        role: 'operator',
        workstation: 'W1',
        entity: 'session',
        entityId: 'W1',
        correlationId: 'call',
      }),
    ]);
    expect(rig.registered).toEqual([alan]);
  });

  test('asked again while the page is open, it brings the page instead of a second sign-in', async () => {
    const rig = createSessionRig();
    const keeper = await rig.started();
    keeper.login('first');
    keeper.login('second');
    expect(rig.attempts).toHaveLength(1);
    expect(rig.attempts[0]?.shown).toBe(2);
  });

  test('cancelled and failed sign-ins are shown and audited; the next one works', async () => {
    const rig = createSessionRig();
    const keeper = await rig.started();
    keeper.login('first');
    keeper.cancelLogin('cancel');
    await settle();
    expect(keeper.session()).toMatchObject({ signingIn: false, problem: { kind: 'cancelled' } });
    keeper.login('second');
    expect(keeper.session().problem).toBeUndefined();
    rig.attempts[1]?.end({ kind: 'failed', problem: { kind: 'token-invalid', message: 'do this' } });
    await settle();
    expect(keeper.session()).toMatchObject({
      state: 'signed-out',
      problem: { kind: 'token-invalid', message: 'do this', at: rig.clock.now() },
    });
    expect(
      rig.audit.map(({ action, after, correlationId, actor }) => [action, after, correlationId, actor]),
    ).toEqual([
      ['session.sign-in-failed', { kind: 'cancelled', message: 'cancelled' }, 'first', ''],
      ['session.sign-in-failed', { kind: 'token-invalid', message: 'do this' }, 'second', ''],
    ]);
    await rig.signIn(keeper, alan);
    expect(keeper.session()).toMatchObject({ state: 'signed-in', problem: undefined });
  });

  test('cancelled at the last moment, nobody is signed in and the tokens are given back', async () => {
    const rig = createSessionRig();
    const keeper = await rig.started();
    keeper.login('first');
    rig.attempts[0]?.end({
      kind: 'confirmed',
      confirmation: { person: alan, tokens: { refreshToken: 't' }, expiresInMs: hour },
    });
    keeper.cancelLogin('cancel');
    await settle();
    expect(keeper.session()).toMatchObject({ state: 'signed-out', problem: { kind: 'cancelled' } });
    expect(rig.ended).toEqual([{ refreshToken: 't' }]);
  });

  test('a person deactivated in the record is refused whatever the provider says, and who was here stays', async () => {
    const rig = createSessionRig();
    const keeper = await rig.started();
    await rig.signIn(keeper, alan);
    rig.people.set('sophie', { active: false, role: 'supervisor', overridden: false });
    await rig.signIn(keeper, sophie);
    expect(keeper.session()).toMatchObject({
      state: 'signed-in',
      name: 'Alan Martin',
      role: 'operator',
      problem: { kind: 'deactivated' },
    });
    expect(rig.audit.at(-1)).toMatchObject({
      action: 'session.sign-in-failed',
      actor: 'Sophie Lambert',
      subject: 'sophie',
      after: { kind: 'deactivated' },
    });
    expect(rig.ended).toEqual([{ refreshToken: 'token-of-sophie', idToken: 'id-token-of-sophie' }]);
  });

  test('without a login section nobody can sign in', async () => {
    const rig = createSessionRig();
    const keeper = await createSessionKeeper({
      workstation: 'W1',
      directory: {
        registerPerson: () => Promise.reject(new Error('not asked')),
        findPerson: () => Promise.reject(new Error('not asked')),
      },
      store: {
        get: () => Promise.reject(new Error('not asked')),
        set: () => Promise.reject(new Error('not asked')),
      },
      graceMs: hour,
      clock: rig.clock,
      random: () => 0,
      newId: () => '',
      audit: () => undefined,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      onChange: () => undefined,
    });
    keeper.start();
    keeper.login('call');
    expect(keeper.session()).toMatchObject({
      configured: false,
      state: 'signed-out',
      role: 'viewer',
      signingIn: false,
    });
    await keeper.stop();
  });
});

describe('shift change, lock and sign-out', () => {
  test('the old session stays until the new one is there; the takeover says from whom to whom', async () => {
    const rig = createSessionRig();
    const keeper = await rig.started();
    await rig.signIn(keeper, alan);
    keeper.login('change');
    expect(keeper.session()).toMatchObject({ state: 'signed-in', role: 'operator', signingIn: true });
    expect(rig.attempts[1]?.freshLogin).toBe(true);
    await rig.signIn(keeper, sophie);
    expect(keeper.session()).toMatchObject({ name: 'Sophie Lambert', role: 'supervisor' });
    expect(rig.audit.slice(1)).toEqual([
      expect.objectContaining({ action: 'session.sign-in', actor: 'Sophie Lambert' }),
      expect.objectContaining({
        action: 'session.takeover',
        actor: 'Sophie Lambert',
        before: { name: 'Alan Martin', subject: 'alan', state: 'signed-in' },
        after: { name: 'Sophie Lambert', subject: 'sophie', role: 'supervisor' },
      }),
    ]);
    expect(rig.ended).toEqual([{ refreshToken: 'token-of-alan', idToken: 'id-token-of-alan' }]);
  });

  test('locked, only a new sign-in at the provider unlocks; the same person goes on', async () => {
    const rig = createSessionRig();
    const keeper = await rig.started();
    await rig.signIn(keeper, alan);
    expect(keeper.lock('lock')).toMatchObject({
      state: 'locked',
      role: 'viewer',
      ownRole: 'operator',
      name: 'Alan Martin',
    });
    await rig.clock.advance(3 * hour);
    expect(rig.refreshed).toEqual([]);
    keeper.login('unlock');
    expect(rig.attempts[1]?.freshLogin).toBe(true);
    await rig.signIn(keeper, alan, 'second');
    expect(keeper.session()).toMatchObject({ state: 'signed-in', role: 'operator' });
    expect(rig.actions()).toEqual(['session.sign-in', 'session.lock', 'session.sign-in', 'session.unlock']);
    // Many providers end all of a person's sessions with one of their tokens.
    expect(rig.ended).toEqual([]);
  });

  test('somebody else at a locked workstation takes over', async () => {
    const rig = createSessionRig();
    const keeper = await rig.started();
    await rig.signIn(keeper, alan);
    keeper.lock('lock');
    await rig.signIn(keeper, sophie);
    expect(rig.audit.at(-1)).toMatchObject({
      action: 'session.takeover',
      before: { name: 'Alan Martin', state: 'locked' },
    });
  });

  test('a locked workstation is still locked after a restart, and nothing is asked of the provider', async () => {
    const rig = createSessionRig();
    const keeper = await rig.started();
    await rig.signIn(keeper, alan);
    keeper.lock('lock');
    await settle();
    const again = await rig.restart();
    expect(again.session()).toMatchObject({ state: 'locked', name: 'Alan Martin', role: 'viewer' });
    expect(rig.refreshed).toEqual([]);
  });

  test('locks after idle time when that is switched on, once', async () => {
    const rig = createSessionRig();
    const keeper = await rig.started();
    await rig.signIn(keeper, alan);
    keeper.idle(100_000);
    expect(keeper.session().state).toBe('signed-in');
    keeper.setLockAfterMinutes(10);
    keeper.idle(599);
    expect(keeper.session().state).toBe('signed-in');
    keeper.idle(600);
    keeper.idle(605);
    expect(keeper.session().state).toBe('locked');
    expect(rig.audit.filter(({ action }) => action === 'session.lock')).toEqual([
      expect.objectContaining({ actor: 'Alan Martin', role: 'operator', after: { reason: 'idle' } }),
    ]);
  });

  test('signed out: nobody is here, the session is ended at the provider, the next person shows who they are', async () => {
    const rig = createSessionRig();
    const keeper = await rig.started();
    await rig.signIn(keeper, alan);
    expect(keeper.logout('out')).toMatchObject({ state: 'signed-out', name: '', role: 'viewer' });
    await settle();
    expect(rig.ended).toEqual([{ refreshToken: 'token-of-alan', idToken: 'id-token-of-alan' }]);
    expect(rig.audit.at(-1)).toMatchObject({
      action: 'session.sign-out',
      actor: 'Alan Martin',
      correlationId: 'out',
    });
    const again = await rig.restart();
    expect(again.session()).toMatchObject({ state: 'signed-out', signingIn: false });
    again.login('next');
    expect(rig.attempts.at(-1)?.freshLogin).toBe(true);
  });

  test('signed out while the provider is away: it is told when it is back, also after a restart', async () => {
    const rig = createSessionRig();
    const keeper = await rig.started();
    await rig.signIn(keeper, alan);
    rig.world.providerAway = true;
    keeper.logout('out');
    await settle();
    const again = await rig.restart();
    expect(again.session().state).toBe('signed-out');
    expect(rig.ended).toEqual([]);
    rig.world.providerAway = false;
    await rig.clock.advance(11 * 60_000);
    expect(rig.ended).toEqual([{ refreshToken: 'token-of-alan', idToken: 'id-token-of-alan' }]);
    const third = await rig.restart();
    await rig.clock.advance(hour);
    expect(rig.ended).toHaveLength(1);
    await third.stop();
  });
});

describe('what is kept', () => {
  test('tokens leave the process only sealed, and are in no log, audit or session', async () => {
    const rig = createSessionRig();
    const keeper = await rig.started();
    await rig.signIn(keeper, alan);
    await rig.clock.advance(3 * hour);
    keeper.lock('lock');
    await rig.signIn(keeper, sophie);
    rig.world.answer = () => Promise.reject(new Error('not asked'));
    keeper.logout('out');
    await settle();
    const everything = JSON.stringify([rig.audit, rig.logged, rig.sessions, [...rig.kept]]);
    expect(everything).not.toContain('token-of');
    expect(rig.refreshed.length).toBeGreaterThan(2);
  });

  test('without a key store the session ends with the program; the next person shows who they are', async () => {
    const rig = createSessionRig({ sealed: false });
    const keeper = await rig.started();
    await rig.signIn(keeper, alan);
    expect(keeper.session().sessionOnly).toBe(true);
    expect(JSON.stringify([...rig.kept])).not.toContain('token');
    const again = await rig.restart();
    expect(again.session()).toMatchObject({ state: 'signed-out', signingIn: false });
    again.login('next');
    expect(rig.attempts.at(-1)?.freshLogin).toBe(true);
  });

  test('what was sealed elsewhere, or makes no sense, is as good as absent', async () => {
    for (const value of ['sealed:AAAA', 'sealed:!', 'plain:{', 'nothing', '']) {
      const rig = createSessionRig();
      rig.kept.set('auth.session', value);
      const keeper = await rig.started();
      expect(keeper.session().state).toBe('signed-out');
      await rig.signIn(keeper, alan);
      expect(keeper.session().state).toBe('signed-in');
    }
  });

  test('tokens of another issuer are never shown to this one', async () => {
    const rig = createSessionRig();
    const keeper = await rig.started();
    await rig.signIn(keeper, alan);
    const { fakeSealer } = await import('../../tests/shared/session-rig.ts');
    const text = fakeSealer.unseal((rig.kept.get('auth.session') ?? '').slice('sealed:'.length));
    const moved = { ...(JSON.parse(text) as object), provider: 'https://other.example vicore' };
    rig.kept.set('auth.session', `sealed:${fakeSealer.seal(JSON.stringify(moved))}`);
    const again = await rig.restart();
    expect(again.session().state).toBe('signed-out');
    expect(rig.refreshed).toEqual([]);
  });
});
