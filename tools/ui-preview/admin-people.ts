import { failure, success } from '../../contract/errors.ts';
import type { Role, User, Workstation } from '../../contract/domain.ts';
import type { Part } from './fake-main.ts';
import { page } from './fake-main.ts';
import { random } from './springs.ts';
import { uuid } from './world.ts';

const firstNames = ['Alice', 'Bruno', 'Chloé', 'David', 'Emma', 'Farid', 'Grace', 'Hugo', 'Inès', 'James'];
const lastNames = [
  'Adeyemi',
  'Bernard',
  'Carpenter',
  'Dubois',
  'Evans',
  'Fontaine',
  'Garnier',
  'Hughes',
  'Iqbal',
  'Jacquet',
  'Kendall',
  'Lefèvre',
  'Moreau',
  'Nicholls',
  'Okonkwo',
  'Petit',
];
const day = 86_400_000;
const claimed: readonly Role[] = ['viewer', 'operator', 'operator', 'operator', 'supervisor'];

const person = (id: number, subject: string, name: string, role: Role): User => ({
  id: uuid(9000 + id),
  subject,
  name,
  email: `${subject}@rail.example`,
  role,
  claimedRole: role,
  active: true,
  lastLoginAt: Date.now() - id * 37 * 60_000,
  lastWorkstation: `RCC-FOLK-0${(id % 4) + 1}`,
  pseudonymised: false,
  revision: 1,
});

/** The people of the demo, some with a story, and 340 others. */
export const makeUsers = (): User[] => {
  const next = random(7);
  const others = Array.from({ length: 340 }, (_, place): User => {
    const first = firstNames[place % firstNames.length] ?? '';
    const last = lastNames[Math.floor(place / firstNames.length) % lastNames.length] ?? '';
    const subject = `${first.slice(0, 1)}${last}${place >= 160 ? place : ''}`
      .toLowerCase()
      .normalize('NFD')
      .replace(/[^a-z0-9]/g, '');
    return {
      ...person(10 + place, subject, `${first} ${last}`, claimed[Math.floor(next() * 5)] ?? 'viewer'),
      lastLoginAt: next() < 0.06 ? undefined : Date.now() - next() * 300 * day,
      active: next() > 0.04,
      inactiveReason: undefined,
    };
  });
  return [
    person(1, 'dora', 'Dora Okafor', 'admin'),
    person(2, 'alan', 'Alan Martin', 'operator'),
    person(3, 'sophie', 'Sophie Lambert', 'supervisor'),
    { ...person(4, 'vera', 'Vera Blanc', 'viewer') },
    {
      ...person(5, 'marc', 'Marc Vasseur', 'supervisor'),
      claimedRole: 'operator',
      roleOverride: 'supervisor',
      overrideReason: 'Stands in for S. Lambert until 6 December',
      revision: 4,
    },
    {
      ...person(6, 'tom', 'Thomas Wren', 'operator'),
      active: false,
      inactiveReason: 'Left the company on 14 November',
      revision: 2,
    },
    {
      ...person(7, 'person-00000000', 'person-3f0c5a1e', 'viewer'),
      email: undefined,
      active: false,
      pseudonymised: true,
      revision: 5,
    },
    ...others.map((user) => (user.active ? user : { ...user, inactiveReason: 'Contract ended' })),
  ];
};

const makeWorkstations = (now: number): Workstation[] => [
  ...Array.from({ length: 11 }, (_, place): Workstation => ({
    name: `${place < 6 ? 'RCC-FOLK' : 'RCC-COQ'}-0${(place % 6) + 1}`,
    version: place === 4 ? '1.9.2' : '2.0.0',
    firstSeenAt: now - (90 + place) * day,
    lastSeenAt: now - (place === 3 ? 6 * 60_000 : place === 9 ? 3 * day : place * 4000),
    person: ['Dora Okafor', 'Alan Martin', 'Sophie Lambert', undefined][place % 4],
    writer: place === 0,
  })),
  {
    name: 'TEST-BENCH',
    version: '1.8.0',
    firstSeenAt: now - 200 * day,
    lastSeenAt: now - 120 * day,
    person: undefined,
    writer: false,
  },
];

/** Users and workstations. Changing the second person of the list meets a faster administrator the first time. */
export const adminPeople: Part = ({ options, startedAt, send }) => {
  let users = options.scenario === 'empty' ? [] : makeUsers();
  const away = () => failure('database-away', 'the database cannot be reached');
  const offline = options.scenario === 'offline';
  const change = (userId: string, revision: number, next: (user: User) => User) => {
    const user = users.find(({ id }) => id === userId);
    if (offline) return away();
    if (user === undefined) return failure('not-found', 'no such user');
    if (user.subject === 'marc' && user.revision === 4) {
      const faster = { ...user, roleOverride: undefined, overrideReason: undefined, role: user.claimedRole };
      users = users.map((each) => (each.id === userId ? { ...faster, revision: 5 } : each));
      return failure('conflict', 'changed meanwhile', { current: { ...faster, revision: 5 } });
    }
    if (user.revision !== revision) return failure('conflict', 'changed meanwhile', { current: user });
    const changed = { ...next(user), revision: user.revision + 1 };
    users = users.map((each) => (each.id === userId ? changed : each));
    send([{ kind: 'reference', about: 'user' }]);
    return success(changed);
  };
  return {
    'admin.listUsers': ({ cursor, limit, search, role }) => {
      if (offline) return away();
      if (options.scenario === 'failed') return failure('internal', 'the record cannot be read');
      const wanted = (search ?? '').toLowerCase();
      const found = users.filter(
        (user) =>
          (role === undefined || user.role === role) &&
          `${user.name} ${user.email ?? ''}`.toLowerCase().includes(wanted),
      );
      return page(
        found.toSorted((left, right) => left.name.localeCompare(right.name)),
        cursor,
        limit,
      );
    },
    'admin.changeUser': ({ userId, revision, change: wanted }) =>
      change(userId, revision, (user) => {
        switch (wanted.kind) {
          case 'deactivate':
            return { ...user, active: false, inactiveReason: wanted.reason };
          case 'activate':
            return { ...user, active: true, inactiveReason: undefined };
          case 'override-role':
            return { ...user, role: wanted.role, roleOverride: wanted.role, overrideReason: wanted.reason };
          case 'follow-provider':
            return { ...user, role: user.claimedRole, roleOverride: undefined, overrideReason: undefined };
        }
      }),
    'admin.pseudonymiseUser': ({ userId, revision }) =>
      change(userId, revision, (user) => ({
        ...user,
        name: `person-${user.id.slice(0, 8)}`,
        subject: `person-${user.id.slice(0, 8)}`,
        email: undefined,
        active: false,
        pseudonymised: true,
      })),
    'admin.listWorkstations': ({ cursor, limit }) => {
      if (offline) return away();
      const now = Date.now();
      const all = makeWorkstations(startedAt);
      // Those that are on go on reporting.
      const reported = all.map((each) =>
        startedAt - each.lastSeenAt < 60_000
          ? { ...each, lastSeenAt: now - (startedAt - each.lastSeenAt) }
          : each,
      );
      return page(options.scenario === 'empty' ? [] : reported, cursor, limit);
    },
  };
};
