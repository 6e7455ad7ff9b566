import { describe, expect, test } from 'vitest';
import { alan, createSessionRig, hour, minute, settle, sophie } from '../../tests/shared/session-rig.ts';

describe('rights of the person who is here (fault 66)', () => {
  test('an override goes before what the provider says, at sign-in and at once when it is made', async () => {
    const rig = createSessionRig();
    rig.world.overrides.set('alan', 'viewer');
    const keeper = await rig.started();
    await rig.signIn(keeper, alan);
    expect(keeper.session()).toMatchObject({ state: 'signed-in', role: 'viewer', ownRole: 'viewer' });
    rig.world.overrides.set('alan', 'admin');
    keeper.personChanged();
    await settle();
    expect(keeper.session().role).toBe('admin');
    expect(rig.audit.at(-1)).toMatchObject({
      action: 'session.role-changed',
      actor: 'Alan Martin',
      before: { role: 'viewer' },
      after: { role: 'admin', claimed: 'operator', overridden: true },
    });
  });

  test('deactivated: no rights at once, the session is ended at the provider, and a restart finds nobody', async () => {
    const rig = createSessionRig();
    const keeper = await rig.started();
    await rig.signIn(keeper, alan);
    rig.people.set('alan', { active: false, role: 'operator', overridden: false });
    keeper.personChanged();
    await settle();
    expect(keeper.session()).toMatchObject({ state: 'deactivated', role: 'viewer', name: 'Alan Martin' });
    expect(rig.audit.at(-1)).toMatchObject({ action: 'session.deactivated', subject: 'alan' });
    expect(rig.ended).toHaveLength(1);
    await rig.clock.advance(5 * hour);
    expect(rig.refreshed).toEqual([]);
    rig.people.set('alan', { active: true, role: 'operator', overridden: false });
    keeper.personChanged();
    await settle();
    expect(keeper.session().state).toBe('deactivated');
    const again = await rig.restart();
    expect(again.session().state).toBe('signed-out');
  });

  test('a role that the provider changed is in force with the next renewal, and entered in the record', async () => {
    const rig = createSessionRig();
    const keeper = await rig.started();
    await rig.signIn(keeper, alan);
    rig.world.answer = (tokens) =>
      Promise.resolve(rig.confirmed({ ...alan, claimedRole: 'viewer' }, tokens.refreshToken));
    await rig.clock.advance(hour);
    expect(keeper.session()).toMatchObject({ state: 'signed-in', role: 'viewer' });
    expect(rig.actions()).toEqual(['session.sign-in', 'session.role-changed']);
    expect(rig.registered.at(-1)?.claimedRole).toBe('viewer');
  });

  test('every renewal asks the record too: a lost notification does not matter', async () => {
    const rig = createSessionRig();
    const keeper = await rig.started();
    await rig.signIn(keeper, alan);
    rig.world.overrides.set('alan', 'supervisor');
    await rig.clock.advance(hour);
    expect(keeper.session().role).toBe('supervisor');
    expect(rig.registered).toHaveLength(1);
  });
});

describe('without the shared record', () => {
  test('the role of the provider counts; the person is entered when the record is back', async () => {
    const rig = createSessionRig();
    const keeper = await rig.started();
    rig.world.databaseAway = true;
    await rig.signIn(keeper, alan);
    expect(keeper.session()).toMatchObject({ state: 'signed-in', role: 'operator' });
    await keeper.databaseBack();
    expect(rig.registered).toEqual([]);
    rig.world.databaseAway = false;
    rig.world.overrides.set('alan', 'supervisor');
    await keeper.databaseBack();
    expect(rig.registered).toEqual([alan]);
    expect(keeper.session().role).toBe('supervisor');
    await keeper.databaseBack();
    expect(rig.registered).toEqual([alan]);
  });

  test('who signed in and left meanwhile is entered too, also after a restart: their acts need it', async () => {
    const rig = createSessionRig();
    const keeper = await rig.started();
    rig.world.databaseAway = true;
    await rig.signIn(keeper, alan);
    await rig.signIn(keeper, sophie);
    keeper.logout('out');
    await settle();
    const again = await rig.restart();
    rig.world.databaseAway = false;
    await again.databaseBack();
    expect(rig.registered).toEqual([alan, sophie]);
  });

  test('a record that only refused for a while is asked again each minute', async () => {
    const rig = createSessionRig();
    const keeper = await rig.started();
    rig.world.databaseAway = true;
    await rig.signIn(keeper, alan);
    rig.world.databaseAway = false;
    await rig.clock.advance(minute);
    expect(rig.registered).toEqual([alan]);
  });

  test('its last known answer counts: deactivated stays deactivated, an override stays', async () => {
    const rig = createSessionRig();
    const keeper = await rig.started();
    rig.world.overrides.set('sophie', 'viewer');
    await rig.signIn(keeper, sophie);
    rig.people.set('alan', { active: false, role: 'operator', overridden: false });
    await rig.signIn(keeper, alan);
    expect(keeper.session().problem?.kind).toBe('deactivated');
    rig.world.databaseAway = true;
    const again = await rig.restart();
    await rig.signIn(again, alan);
    expect(again.session().problem?.kind).toBe('deactivated');
    await rig.signIn(again, sophie);
    expect(again.session()).toMatchObject({ state: 'signed-in', name: 'Sophie Lambert', role: 'viewer' });
  });

  test('without a key store the last known answer counts as well', async () => {
    const rig = createSessionRig({ sealed: false });
    const keeper = await rig.started();
    rig.people.set('alan', { active: false, role: 'operator', overridden: false });
    await rig.signIn(keeper, alan);
    rig.world.databaseAway = true;
    const again = await rig.restart();
    await rig.signIn(again, alan);
    expect(again.session().problem?.kind).toBe('deactivated');
  });

  test('a record restored from an old backup, which does not know the person, learns of them again', async () => {
    const rig = createSessionRig();
    const keeper = await rig.started();
    await rig.signIn(keeper, alan);
    rig.registered.length = 0;
    await keeper.databaseBack();
    expect(rig.registered).toEqual([alan]);
  });
});
