import { describe, expect, test } from 'vitest';
import {
  alan,
  away,
  createSessionRig,
  hour,
  minute,
  revoked,
  settle,
} from '../../tests/shared/session-rig.ts';

/** Alan is signed in, the provider goes away, and his tokens' time comes. */
async function inGrace(graceMs = 12 * hour) {
  const rig = createSessionRig({ graceMs });
  const keeper = await rig.started();
  await rig.signIn(keeper, alan);
  const signedInAt = rig.clock.now();
  rig.world.providerAway = true;
  await rig.clock.advance(hour);
  return { rig, keeper, signedInAt };
}

describe('renewal (fault 60)', () => {
  test('comes before the tokens expire, without a person, one at a time, with the token given last', async () => {
    const rig = createSessionRig();
    const keeper = await rig.started();
    await rig.signIn(keeper, alan);
    await rig.clock.advance(3 * hour);
    expect(rig.refreshed).toEqual(['token-of-alan', 'token-of-alan+', 'token-of-alan++', 'token-of-alan+++']);
    expect(keeper.session()).toMatchObject({ state: 'signed-in', role: 'operator' });
    expect(rig.actions()).toEqual(['session.sign-in']);
  });

  test('a new token is durable before the answer counts', async () => {
    const rig = createSessionRig();
    const keeper = await rig.started();
    await rig.signIn(keeper, alan);
    const seen: string[] = [];
    rig.world.answer = (_tokens, known) => Promise.resolve(rig.confirmed(known, 'rotated'));
    rig.world.afterRotation = () => seen.push(rig.keptText());
    await rig.clock.advance(50 * minute);
    expect(seen).toEqual([expect.stringContaining('"refreshToken":"rotated"')]);
    expect(keeper.session().state).toBe('signed-in');
  });

  test('while one is under way no second one is asked for', async () => {
    const rig = createSessionRig();
    const keeper = await rig.started();
    await rig.signIn(keeper, alan);
    rig.world.answer = () => new Promise(() => undefined);
    await rig.clock.advance(5 * hour);
    expect(rig.refreshed).toEqual(['token-of-alan']);
    expect(keeper.session().state).toBe('signed-in');
  });

  test('a token that comes after the person signed out is given back', async () => {
    const rig = createSessionRig();
    const keeper = await rig.started();
    await rig.signIn(keeper, alan);
    let answer: () => void = () => undefined;
    rig.world.answer = (_tokens, known) =>
      new Promise((resolve) => {
        answer = () => resolve(rig.confirmed(known, 'late'));
      });
    await rig.clock.advance(50 * minute);
    keeper.logout('out');
    answer();
    await settle();
    expect(rig.ended.map(({ refreshToken }) => refreshToken)).toEqual(['token-of-alan', 'late']);
    expect(keeper.session().state).toBe('signed-out');
  });

  test('revoked: the view goes on, sign-in is asked for (fault 61)', async () => {
    const rig = createSessionRig();
    const keeper = await rig.started();
    await rig.signIn(keeper, alan);
    rig.world.answer = () => Promise.resolve(revoked());
    await rig.clock.advance(hour);
    expect(keeper.session()).toMatchObject({
      state: 'expired',
      name: 'Alan Martin',
      role: 'viewer',
      problem: { kind: 'refused-by-provider' },
    });
    expect(rig.audit.at(-1)).toMatchObject({ action: 'session.expired', actor: 'Alan Martin' });
    await rig.clock.advance(5 * hour);
    expect(rig.refreshed).toHaveLength(1);
    const again = await rig.restart();
    expect(again.session().state).toBe('signed-out');
  });

  test('without a refresh token the session ends with its access token', async () => {
    const rig = createSessionRig();
    const keeper = await rig.started();
    keeper.login('call');
    rig.attempts[0]?.end({
      kind: 'confirmed',
      confirmation: { person: alan, tokens: { idToken: 'i' }, expiresInMs: hour },
    });
    await rig.clock.advance(59 * minute);
    expect(keeper.session().state).toBe('signed-in');
    await rig.clock.advance(2 * minute);
    expect(keeper.session()).toMatchObject({ state: 'expired', role: 'viewer' });
    expect(keeper.session().problem?.message).toContain('offline_access');
  });

  test('after a night asleep it is made up for at once (fault 46)', async () => {
    const rig = createSessionRig({ graceMs: 100 * hour });
    const keeper = await rig.started();
    await rig.signIn(keeper, alan);
    rig.clock.sleep(8 * hour);
    await rig.clock.advance(minute);
    expect(rig.refreshed).toEqual(['token-of-alan']);
    expect(keeper.session().state).toBe('signed-in');
  });
});

describe('grace (fault 62)', () => {
  test('without the provider the person goes on until a shown time; when it is back the session is', async () => {
    const { rig, keeper, signedInAt } = await inGrace();
    expect(keeper.session()).toMatchObject({
      state: 'grace',
      role: 'operator',
      name: 'Alan Martin',
      graceEndsAt: signedInAt + 12 * hour,
    });
    expect(rig.audit.at(-1)).toMatchObject({
      action: 'session.grace',
      after: { until: new Date(signedInAt + 12 * hour).toISOString(), reason: 'provider-unreachable' },
    });
    rig.world.providerAway = false;
    await rig.clock.advance(2 * minute);
    expect(keeper.session()).toMatchObject({ state: 'signed-in', role: 'operator', graceEndsAt: undefined });
  });

  test('the provider is asked again and again, but not in a tight loop', async () => {
    const { rig } = await inGrace();
    const before = rig.refreshed.length;
    await rig.clock.advance(hour);
    const asked = rig.refreshed.length - before;
    expect(asked).toBeGreaterThan(30);
    expect(asked).toBeLessThan(200);
    expect(rig.actions().filter((action) => action === 'session.grace')).toHaveLength(1);
  });

  test('after it nothing may be done, and the provider coming back gives the rights back', async () => {
    const { rig, keeper } = await inGrace();
    await rig.clock.advance(11 * hour + minute);
    expect(keeper.session()).toMatchObject({ state: 'grace-ended', role: 'viewer', ownRole: 'operator' });
    expect(rig.actions().filter((action) => action === 'session.grace-ended')).toHaveLength(1);
    rig.world.providerAway = false;
    await rig.clock.advance(2 * minute);
    expect(keeper.session()).toMatchObject({ state: 'signed-in', role: 'operator' });
  });

  test('a clock turned back does not extend it', async () => {
    const { rig, keeper } = await inGrace();
    for (let turned = 0; turned < 11; turned += 1) {
      rig.clock.turnWallClock(-hour);
      await rig.clock.advance(hour - minute);
      expect(keeper.session().state).toBe('grace');
    }
    await rig.clock.advance(12 * minute);
    expect(keeper.session().state).toBe('grace-ended');
  });

  test('a clock turned back moves the shown end with it', async () => {
    const { rig, keeper, signedInAt } = await inGrace();
    rig.clock.turnWallClock(-hour);
    await rig.clock.advance(2 * minute);
    const shown = keeper.session().graceEndsAt ?? 0;
    expect(Math.abs(shown - (signedInAt + 11 * hour))).toBeLessThan(5_000);
  });

  test('a clock turned back over restarts does not extend it either', async () => {
    const { rig } = await inGrace();
    let hours = 1;
    let keeper = await rig.restart();
    for (; keeper.session().state === 'grace' && hours < 40; hours += 1) {
      rig.clock.turnWallClock(-3 * hour);
      keeper = await rig.restart();
      await rig.clock.advance(hour);
    }
    expect(keeper.session().state).toBe('grace-ended');
    expect(hours).toBeLessThanOrEqual(12);
  });

  test('killed again and again before the time is written down, it still comes to its end', async () => {
    const { rig } = await inGrace(hour + 20 * minute);
    let restarts = 0;
    let keeper = await rig.restart();
    for (; keeper.session().state === 'grace' && restarts < 60; restarts += 1) {
      rig.clock.turnWallClock(-minute);
      keeper = await rig.restart();
      await rig.clock.advance(50_000);
    }
    expect(keeper.session().state).toBe('grace-ended');
    expect(restarts).toBeLessThan(25);
  });

  test('hours that the machine was asleep or switched off count', async () => {
    const { rig, keeper } = await inGrace();
    rig.clock.sleep(6 * hour);
    await rig.clock.advance(2 * minute);
    expect(keeper.session().state).toBe('grace');
    const again = await rig.restart(6 * hour);
    expect(again.session().state).toBe('grace-ended');
  });

  test('0 hours: no rights without the provider', async () => {
    const { keeper } = await inGrace(0);
    expect(keeper.session()).toMatchObject({ state: 'grace-ended', role: 'viewer' });
  });

  test('a clock that is wrong is said, and does not end the session', async () => {
    const rig = createSessionRig();
    const keeper = await rig.started();
    await rig.signIn(keeper, alan);
    rig.world.answer = () =>
      Promise.resolve({ kind: 'away', problem: { kind: 'clock-wrong', message: '60 min ahead' } });
    await rig.clock.advance(hour);
    expect(keeper.session()).toMatchObject({
      state: 'grace',
      role: 'operator',
      problem: { kind: 'clock-wrong' },
    });
  });
});

describe('a start', () => {
  test('asks the provider before it gives rights', async () => {
    const rig = createSessionRig();
    await rig.signIn(await rig.started(), alan);
    let answer: () => void = () => undefined;
    rig.world.answer = (_tokens, known) =>
      new Promise((resolve) => {
        answer = () => resolve(rig.confirmed(known, 'second'));
      });
    const keeper = await rig.restart(hour);
    expect(keeper.session()).toMatchObject({
      state: 'signed-out',
      signingIn: true,
      role: 'viewer',
      name: '',
    });
    answer();
    await settle();
    expect(keeper.session()).toMatchObject({ state: 'signed-in', name: 'Alan Martin', role: 'operator' });
    expect(rig.audit.at(-1)).toMatchObject({ action: 'session.sign-in', after: { restored: true } });
  });

  test('offline: the last person goes on in grace', async () => {
    const rig = createSessionRig();
    await rig.signIn(await rig.started(), alan);
    rig.world.providerAway = true;
    const keeper = await rig.restart(2 * hour);
    expect(keeper.session()).toMatchObject({ state: 'grace', role: 'operator' });
    rig.world.answer = () => Promise.resolve(away());
    await rig.clock.advance(9 * hour);
    expect(keeper.session().state).toBe('grace');
    await rig.clock.advance(hour + minute);
    expect(keeper.session().state).toBe('grace-ended');
  });

  test('revoked meanwhile: expired', async () => {
    const rig = createSessionRig();
    await rig.signIn(await rig.started(), alan);
    rig.world.answer = () => Promise.resolve(revoked());
    const keeper = await rig.restart(2 * hour);
    expect(keeper.session()).toMatchObject({ state: 'expired', name: 'Alan Martin', role: 'viewer' });
  });

  test('a token rotated just before the program was stopped is the one that is used next', async () => {
    const rig = createSessionRig();
    const keeper = await rig.started();
    await rig.signIn(keeper, alan);
    let answer: () => void = () => undefined;
    rig.world.answer = (_tokens, known) =>
      new Promise((resolve) => {
        answer = () => resolve(rig.confirmed(known, 'rotated'));
      });
    await rig.clock.advance(50 * minute);
    const stopped = keeper.stop();
    answer();
    await stopped;
    rig.world.answer = (_tokens, known) => Promise.resolve(rig.confirmed(known, 'third'));
    await rig.restart();
    expect(rig.refreshed).toEqual(['token-of-alan', 'rotated']);
  });
});
