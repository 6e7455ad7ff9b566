import type { Role, Session, SessionState, SignInProblem } from '../../contract/domain.ts';
import type { Person, PersonRights, Tokens } from './ports.ts';

/** `restoring`: kept from before the restart, the provider has not answered yet; nobody has rights meanwhile. */
export type PresenceState = Exclude<SessionState, 'signed-out'> | 'restoring';

/** The person at this workstation. One object per sign-in: what still runs for another one is out of date. */
export interface Presence {
  person: Person;
  rights: PersonRights;
  tokens: Tokens;
  state: PresenceState;
  /** Wall clock. */
  readonly since: number;
  /** Trusted time of the provider's last confirmation. */
  confirmedAt: number;
  /** How long the provider vouched for it then. */
  expiresInMs: number;
  /** Wall clock, for the eye; in `grace`. */
  graceEndsAt?: number | undefined;
}

export const hasRights = (presence: Presence | undefined): presence is Presence =>
  presence?.state === 'signed-in' || presence?.state === 'grace';

export const roleInForce = (presence: Presence | undefined): Role =>
  hasRights(presence) ? presence.rights.role : 'viewer';

/** What windows are told. No token is in it. */
export function sessionOf(
  presence: Presence | undefined,
  facts: {
    readonly workstation: string;
    readonly configured: boolean;
    readonly sessionOnly: boolean;
    readonly signingIn: boolean;
    readonly problem: SignInProblem | undefined;
  },
): Session {
  if (!presence || presence.state === 'restoring') {
    const signingIn = facts.signingIn || presence !== undefined;
    return { ...facts, signingIn, state: 'signed-out', name: '', role: 'viewer' };
  }
  const { person, state } = presence;
  return {
    ...facts,
    state,
    name: person.name,
    subject: person.subject,
    role: roleInForce(presence),
    ownRole: presence.rights.role,
    since: presence.since,
    graceEndsAt: state === 'grace' ? presence.graceEndsAt : undefined,
  };
}
