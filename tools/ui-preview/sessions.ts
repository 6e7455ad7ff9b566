import type { Role, Session, SignInFailure } from '../../contract/domain.ts';

const minute = 60_000;
const nobody = (now: number): Session => ({
  state: 'signed-out',
  signingIn: false,
  configured: true,
  name: '',
  role: 'viewer',
  workstation: 'RCC-FOLK-03',
  since: now - 3 * 60 * minute,
  sessionOnly: false,
});

/** The people of the demo. */
export const people: Readonly<Record<Role, { readonly subject: string; readonly name: string }>> = {
  viewer: { subject: 'vera', name: 'Vera Blanc' },
  operator: { subject: 'alan', name: 'Alan Martin' },
  supervisor: { subject: 'sophie', name: 'Sophie Lambert' },
  admin: { subject: 'dora', name: 'Dora Okafor' },
};

export const signedIn = (role: Role, now: number): Session => ({
  ...nobody(now),
  ...people[role],
  state: 'signed-in',
  role,
  ownRole: role,
});

const problem = (kind: SignInFailure, now: number): Session => ({
  ...nobody(now),
  problem: { kind, at: now, message: 'sign-in failed' },
});

/** What `?session=` can name. */
export const sessionNames = [
  'signed-out',
  'viewer',
  'operator',
  'supervisor',
  'admin',
  'session-only',
  'grace',
  'grace-ending',
  'grace-ended',
  'expired',
  'locked',
  'deactivated',
  'signing-in',
  'takeover',
  'problem',
  'clock-wrong',
  'unconfigured',
] as const;

export const sessions: Readonly<Record<(typeof sessionNames)[number], (now: number) => Session>> = {
  'signed-out': nobody,
  viewer: (now) => signedIn('viewer', now),
  operator: (now) => signedIn('operator', now),
  supervisor: (now) => signedIn('supervisor', now),
  admin: (now) => signedIn('admin', now),
  'session-only': (now) => ({ ...signedIn('operator', now), sessionOnly: true }),
  grace: (now) => ({ ...signedIn('operator', now), state: 'grace', graceEndsAt: now + 412 * minute }),
  'grace-ending': (now) => ({ ...signedIn('operator', now), state: 'grace', graceEndsAt: now + 22 * minute }),
  'grace-ended': (now) => ({
    ...signedIn('operator', now),
    state: 'grace-ended',
    role: 'viewer',
    graceEndsAt: now - minute,
  }),
  expired: (now) => ({ ...signedIn('operator', now), state: 'expired', role: 'viewer' }),
  locked: (now) => ({ ...signedIn('operator', now), state: 'locked', role: 'viewer' }),
  deactivated: (now) => ({ ...signedIn('operator', now), state: 'deactivated', role: 'viewer' }),
  'signing-in': (now) => ({ ...nobody(now), signingIn: true }),
  takeover: (now) => ({ ...signedIn('operator', now), signingIn: true }),
  problem: (now) => problem('provider-unreachable', now),
  'clock-wrong': (now) => problem('clock-wrong', now),
  unconfigured: (now) => ({ ...nobody(now), configured: false }),
};
