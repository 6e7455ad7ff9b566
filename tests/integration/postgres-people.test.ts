import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type pg from 'pg';
import type { User } from '../../contract/domain.ts';
import type { Result } from '../../contract/errors.ts';
import { migrate, readMigrations } from '../../main/postgres/migrate.ts';
import type { FreshDatabase } from '../../tools/postgres/template.ts';
import { startTestPostgres, type TestPostgres } from '../shared/postgres.ts';
import { until } from '../shared/until.ts';
import { storedRecording } from './postgres-recording.ts';
import {
  actBy,
  code,
  register,
  settingsOf,
  startWorkstation,
  withClient,
  type Workstation,
} from './postgres-support.ts';

let postgres: TestPostgres;
let database: FreshDatabase;
let one: Workstation;
let other: Workstation;
let alertId: string;

beforeAll(async () => {
  postgres = await startTestPostgres();
}, 60_000);
afterAll(() => postgres.end());

beforeEach(async () => {
  database = await postgres.fresh();
  await storedRecording(database.userUrl, 'plain');
  for (const [name, role] of [
    ['vera', 'viewer'],
    ['alan', 'operator'],
    ['dora', 'admin'],
    ['otto', 'admin'],
  ] as const) {
    await register(database.userUrl, name, role);
  }
  one = startWorkstation({ name: 'WS-1', settings: settingsOf(database) });
  other = startWorkstation({ name: 'WS-2', settings: settingsOf(database) });
  await until(() => [one, other].every((each) => each.health()?.state === 'connected'), 5_000);
  const [alert] = await asOwner<{ id: string }>(
    `select id from vicore.alert where state = 'active-unacknowledged' order by id limit 1`,
  );
  alertId = alert?.id ?? '';
  return async () => {
    await Promise.all([one.record.stop(), other.record.stop()]);
    await database.drop();
  };
}, 30_000);

const asOwner = <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> =>
  withClient(database.ownerUrl, async (client) => (await client.query<Row>(text, values)).rows);

async function user(subject: string, at: Workstation = one): Promise<User> {
  const page = await at.record.admin.listUsers({ limit: 10, search: subject });
  const found = page.ok ? page.value.items[0] : undefined;
  if (!found) throw new Error(JSON.stringify(page));
  return found;
}

const change = async (
  by: string,
  subject: string,
  what: Parameters<typeof one.record.admin.changeUser>[0]['change'],
): Promise<Result<User>> => {
  const { id, revision } = await user(subject);
  return one.record.admin.changeUser({ userId: id, revision, change: what }, actBy(by));
};

const allAlerts = (): Promise<unknown[]> => asOwner('select * from vicore.alert order by id');

describe('who acts', () => {
  test.each([
    ['a viewer', 'vera', 'this needs the role operator, vera is viewer'],
    ['nobody', '', 'nobody is signed in'],
    ['somebody unknown', 'mallory', 'does not know this person'],
    ['somebody who was deactivated', 'alan', 'alan was deactivated'],
  ])('%s is refused by the database itself, whatever the workstation says', async (_, subject, why) => {
    expect(code(await change('dora', 'alan', { kind: 'deactivate', reason: 'left' }))).toBe('ok');
    const before = await allAlerts();
    const act = { ...actBy('alan'), subject, role: 'admin' };
    const passId = '00000000-0000-4000-8000-000000000000';
    const results: Result<unknown>[] = [
      await one.record.alerts.acknowledge(alertId, {}, act, false),
      await one.record.alerts.comment(alertId, 'x', act),
      await one.record.passes.confirm(passId, undefined, act),
      await one.record.admin.saveSetting({ key: 'cache.days', value: 3, reason: 'x', revision: 0 }, act),
    ];
    expect(results.map(code)).toEqual(['forbidden', 'forbidden', 'forbidden', 'forbidden']);
    expect(results[0]).toMatchObject({ error: { message: expect.stringContaining(why) } });
    expect(await allAlerts()).toEqual(before);
    expect(await asOwner('select from vicore.setting')).toEqual([]);
  });

  test('an operator is no admin', async () => {
    const { id, revision } = await user('vera');
    const promotion = { kind: 'override-role', role: 'admin', reason: 'me' } as const;
    const results = await Promise.all([
      one.record.admin.changeUser({ userId: id, revision, change: promotion }, actBy('alan')),
      one.record.admin.pseudonymiseUser({ userId: id, revision, reason: 'x' }, actBy('alan')),
      one.record.admin.saveVehicleType({ code: 'x', name: 'X', axles: 4, revision: 0 }, actBy('alan')),
      one.record.admin.saveSite({ site: 's', track: 't', name: 'n', revision: 0 }, actBy('alan')),
      one.record.admin.saveCamera({ streamId: 's', cameraId: 'c', revision: 0 }, actBy('alan')),
    ]);
    expect(new Set(results.map(code))).toEqual(new Set(['forbidden']));
    expect(await user('vera')).toMatchObject({ role: 'viewer', revision });
  });

  test('the record writes the name and role that it knows, not those that it is told', async () => {
    const act = { ...actBy('alan'), actor: 'Dora Okafor', role: 'admin' };
    expect(await one.record.alerts.acknowledge(alertId, {}, act, false)).toMatchObject({
      ok: true,
      value: { acknowledgedBy: 'alan' },
    });
    expect(
      await asOwner(`select actor, role from vicore.audit_log where action = 'alert.acknowledge'`),
    ).toEqual([{ actor: 'alan', role: 'operator' }]);
  });

  test('two persons of one name are two names in the record', async () => {
    const person = { subject: 'alan-2', name: 'alan', claimedRole: 'operator' } as const;
    expect(await one.record.persons.registerPerson(person, 'WS-1', 'c')).toMatchObject({ ok: true });
    expect((await user('alan-2')).name).toBe('alan (alan-2)');
    const act = { ...actBy('alan'), subject: 'alan-2' };
    expect(await one.record.alerts.acknowledge(alertId, {}, act, false)).toMatchObject({
      value: { acknowledgedBy: 'alan (alan-2)' },
    });
  });
});

describe('an act made without the database', () => {
  const acknowledgeLate = (subject: string, at: number): Promise<Result<unknown>> =>
    one.record.alerts.acknowledge(alertId, {}, actBy(subject, at), true);
  const minutesAgo = (minutes: number): number => Date.now() - minutes * 60_000;

  test.each([
    ['deactivated', { kind: 'deactivate', reason: 'left' }],
    ['made a viewer', { kind: 'override-role', role: 'viewer', reason: 'training' }],
  ] as const)('stands when its person was %s after it, and only then', async (_, taken) => {
    expect(code(await change('dora', 'alan', taken))).toBe('ok');
    // Entered an hour ago, the rights taken half an hour ago.
    await asOwner(
      `update vicore.user_right set since = now() - case when active and role = 'operator' then interval '60 min'
         else interval '30 min' end where user_id = (select id from vicore.app_user where subject = 'alan')`,
    );
    expect(code(await acknowledgeLate('alan', minutesAgo(20)))).toBe('forbidden');
    expect(code(await acknowledgeLate('alan', minutesAgo(70)))).toBe('forbidden');
    expect(await acknowledgeLate('alan', minutesAgo(40))).toMatchObject({
      value: { acknowledgedBy: 'alan' },
    });
    const notLate = actBy('alan', minutesAgo(40));
    expect(code(await one.record.alerts.comment(alertId, 'x', notLate))).toBe('forbidden');
    expect(
      await asOwner(`select actor, role from vicore.audit_log where action like 'alert.acknowledge%'`),
    ).toEqual([{ actor: 'alan', role: 'operator' }]);
  });

  test('of somebody who only has the right since then stands', async () => {
    expect(code(await change('dora', 'vera', { kind: 'override-role', role: 'operator', reason: 'x' }))).toBe(
      'ok',
    );
    expect(code(await acknowledgeLate('vera', minutesAgo(60)))).toBe('ok');
  });
});

describe('persons', () => {
  test('are entered at their first sign-in, follow the provider, and an override goes before it', async () => {
    const person = {
      subject: 'zoe',
      name: 'Zoé Durand',
      email: 'zoe@example.org',
      claimedRole: 'viewer',
    } as const;
    expect(await one.record.persons.findPerson('zoe')).toEqual({ ok: true, value: undefined });
    const entered = await one.record.persons.registerPerson(person, 'WS-1', 'c-1');
    expect(entered).toEqual({ ok: true, value: { active: true, role: 'viewer', overridden: false } });
    const promoted = { ...person, claimedRole: 'operator' } as const;
    expect(await other.record.persons.registerPerson(promoted, 'WS-2', 'c-2')).toMatchObject({
      value: { role: 'operator' },
    });
    expect(
      code(await change('dora', 'zoe', { kind: 'override-role', role: 'supervisor', reason: 'leads' })),
    ).toBe('ok');
    expect(await one.record.persons.registerPerson(person, 'WS-1', 'c-3')).toEqual({
      ok: true,
      value: { active: true, role: 'supervisor', overridden: true },
    });
    expect(await user('zoe')).toMatchObject({
      name: 'Zoé Durand',
      email: 'zoe@example.org',
      role: 'supervisor',
      claimedRole: 'viewer',
      roleOverride: 'supervisor',
      overrideReason: 'leads',
      active: true,
      lastWorkstation: 'WS-1',
      pseudonymised: false,
    });
    expect(code(await change('dora', 'zoe', { kind: 'follow-provider', reason: 'back' }))).toBe('ok');
    expect(code(await change('dora', 'zoe', { kind: 'deactivate', reason: 'left' }))).toBe('ok');
    expect(await one.record.persons.registerPerson(person, 'WS-1', 'c-4')).toMatchObject({
      value: { active: false, role: 'viewer' },
    });
    const audit = await asOwner<{ action: string; correlation_id: string }>(
      `select action, correlation_id from vicore.audit_log where entity_id = $1 order by id`,
      [(await user('zoe')).id],
    );
    expect(audit.map(({ action }) => action)).toEqual([
      'person.registered',
      'person.changed',
      'user.override-role',
      'person.changed',
      'user.follow-provider',
      'user.deactivate',
    ]);
    expect(audit[0]?.correlation_id).toBe('c-1');
  });

  test('seen for the first time at two workstations at once are one person', async () => {
    const person = { subject: 'twin', name: 'Twin', claimedRole: 'operator' } as const;
    const results = await Promise.all([
      one.record.persons.registerPerson(person, 'WS-1', 'a'),
      other.record.persons.registerPerson(person, 'WS-2', 'b'),
    ]);
    expect(results.map(code)).toEqual(['ok', 'ok']);
    expect(await asOwner(`select display_name from vicore.app_user where subject = 'twin'`)).toEqual([
      { display_name: 'Twin' },
    ]);
  });

  test('are listed by name in pages, searched literally, filtered by role', async () => {
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await one.record.admin.listUsers({ limit: 3, cursor });
      if (!page.ok) throw new Error(JSON.stringify(page));
      names.push(...page.value.items.map(({ name }) => name));
      cursor = page.value.cursor;
    } while (cursor !== undefined);
    expect(names).toEqual(['alan', 'dora', 'otto', 'vera']);
    const admins = await one.record.admin.listUsers({ limit: 10, role: 'admin' });
    expect(admins).toMatchObject({ value: { items: [{ name: 'dora' }, { name: 'otto' }] } });
    expect(await one.record.admin.listUsers({ limit: 10, search: '%' })).toEqual({
      ok: true,
      value: { items: [] },
    });
    expect(code(await one.record.admin.listUsers({ limit: 10, cursor: 'nonsense' }))).toBe('invalid-input');
  });
});

describe('admins', () => {
  test.each([
    { kind: 'deactivate', reason: 'x' },
    { kind: 'override-role', role: 'operator', reason: 'x' },
  ] as const)('cannot take their own rights: $kind', async (what) => {
    expect(await change('dora', 'dora', what)).toMatchObject({
      ok: false,
      error: { code: 'forbidden', details: { reason: 'own-account' } },
    });
    expect(await user('dora')).toMatchObject({ role: 'admin', active: true });
  });

  test('two at once on the same person: one wins, the other is shown the row as it is', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { id, revision } = await user('alan');
      const results = await Promise.all(
        (
          [
            ['dora', one],
            ['otto', other],
          ] as const
        ).map(([by, at]) =>
          at.record.admin.changeUser(
            {
              userId: id,
              revision,
              change: { kind: 'override-role', role: 'supervisor', reason: `by ${by} ${round}` },
            },
            actBy(by),
          ),
        ),
      );
      const winner = results.find((result) => result.ok);
      const loser = results.find((result) => !result.ok);
      if (!winner?.ok || !loser || loser.ok) throw new Error(JSON.stringify(results));
      expect(winner.value.revision).toBe(revision + 1);
      expect(loser.error.code).toBe('conflict');
      expect(loser.error.details).toEqual({ current: winner.value });
      expect(await user('alan')).toEqual(winner.value);
    }
    expect(await asOwner(`select from vicore.audit_log where action = 'user.override-role'`)).toHaveLength(
      10,
    );
  });

  test('who take each other’s rights at once: one keeps them', async () => {
    for (let round = 0; round < 10; round += 1) {
      const [dora, otto] = [await user('dora'), await user('otto', other)];
      const off = { kind: 'deactivate', reason: 'race' } as const;
      const results = await Promise.all([
        one.record.admin.changeUser({ userId: otto.id, revision: otto.revision, change: off }, actBy('dora')),
        other.record.admin.changeUser(
          { userId: dora.id, revision: dora.revision, change: off },
          actBy('otto'),
        ),
      ]);
      expect(results.map(code).toSorted()).toEqual(['forbidden', 'ok']);
      const [left, gone] = results[0]?.ok ? ['dora', 'otto'] : ['otto', 'dora'];
      expect(code(await change(left ?? '', gone ?? '', { kind: 'activate', reason: 'again' }))).toBe('ok');
    }
  });

  test('the first one is made by the owner, once, audited', async () => {
    const migrations = await readMigrations(`${import.meta.dirname}/../../resources/migrations`);
    const make = (subject: string) =>
      migrate(database.ownerUrl, migrations, undefined, { subject, workstation: 'server' });
    expect(await make('first')).toMatchObject({ adminMade: true });
    expect(await make('first')).toMatchObject({ adminMade: false });
    expect(await make('vera')).toMatchObject({ adminMade: true });
    const signedIn = { subject: 'first', name: 'Fay First', claimedRole: 'viewer' } as const;
    expect(await one.record.persons.registerPerson(signedIn, 'WS-1', 'c')).toMatchObject({
      value: { role: 'admin' },
    });
    expect(await user('first')).toMatchObject({ name: 'Fay First', roleOverride: 'admin' });
    expect(
      await asOwner(
        `select actor, role, workstation from vicore.audit_log where action = 'user.override-role'`,
      ),
    ).toEqual([
      { actor: 'migration', role: 'owner', workstation: 'server' },
      { actor: 'migration', role: 'owner', workstation: 'server' },
    ]);
    const refused = await withClient(database.userUrl, (client) =>
      client.query(`select vicore.first_admin('vera', 'x')`).then(
        () => 'accepted',
        (error: Error) => error.message,
      ),
    );
    expect(refused).toContain('permission denied');
  });
});
