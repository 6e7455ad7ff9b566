import type { Role, Session } from '../../contract/domain.ts';
import type { CallError } from '../../contract/errors.ts';
import { rolesAllow } from './roles.ts';

/** What people do in the live windows, each with the role it needs (docs/domain.md, roles). */
const acts = {
  acknowledge: 'operator',
  comment: 'operator',
  confirm: 'operator',
  undo: 'operator',
  'hand-over': 'operator',
  silence: 'operator',
  mute: 'operator',
  volume: 'operator',
  shelve: 'supervisor',
  verdict: 'supervisor',
  maintenance: 'supervisor',
} as const satisfies Record<string, Role>;
export type Act = keyof typeof acts;

/** What stands between the person and the act: nobody signed in, rights at rest, or a role that does not reach. */
const causes = ['not-configured', 'signed-out', 'locked', 'again', 'deactivated', 'role'] as const;
type RefusalCause = (typeof causes)[number];

export interface Refusal {
  readonly act: Act;
  readonly cause: RefusalCause;
  readonly needed: Role;
}

const causeOf = (session: Session | undefined): RefusalCause => {
  if (session?.configured === false) return 'not-configured';
  switch (session?.state) {
    case 'signed-in':
    case 'grace':
      return 'role';
    case 'locked':
      return 'locked';
    case 'expired':
    case 'grace-ended':
      return 'again';
    case 'deactivated':
      return 'deactivated';
    default:
      return 'signed-out';
  }
};

/** Why the act is not open to whoever is there now; undefined when it is. Main decides all the same, at the call. */
export const refusalOf = (session: Session | undefined, act: Act): Refusal | undefined =>
  rolesAllow(session, acts[act]) ? undefined : { act, cause: causeOf(session), needed: acts[act] };

/** The refusal as a failed call would say it, for the notice that a key or a press of the button brings up. */
export const refusalError = (refusal: Refusal): CallError => ({
  code: 'forbidden',
  message: `needs the role ${refusal.needed} (${refusal.cause})`,
  details: { ...refusal },
});

/** The refusal inside a `forbidden` error that refusalError made. */
export const refusalIn = ({ details }: CallError): Refusal | undefined => {
  const act = (Object.keys(acts) as readonly Act[]).find((each) => each === details?.['act']);
  const cause = causes.find((each) => each === details?.['cause']);
  return act === undefined || cause === undefined ? undefined : { act, cause, needed: acts[act] };
};
