import type { Role } from '../../contract/domain.ts';
import type { Person, PersonRights, Tokens } from './ports.ts';

/** The person at this workstation, as a restart finds them again. */
export interface KeptSession {
  readonly person: Person;
  readonly tokens: Tokens & { readonly refreshToken: string };
  /** When the person signed in here. */
  readonly since: number;
  /** Trusted time of the provider's last confirmation: the grace counts from it. */
  readonly confirmedAt: number;
  readonly locked: boolean;
}

/** Everything that sign-in keeps over a restart, as one value: it is sealed and written as a whole. */
export interface Kept {
  /** Trusted time when this was written. */
  readonly writtenAt: number;
  /** Issuer and client that the tokens belong to: no other one ever gets to see them. */
  readonly provider: string;
  readonly session?: KeptSession | undefined;
  /** Sessions that were ended here while the provider could not be told. */
  readonly toEnd: readonly Tokens[];
  /** What the shared record last said of the persons of this workstation, for when it is away; newest last. */
  readonly known: readonly (PersonRights & { readonly subject: string })[];
  /** Who signed in while the shared record was away, and has to be entered there; newest last. */
  readonly unregistered: readonly Person[];
  /** Somebody signed in here before: the next one has to show who they are, whatever the browser remembers. */
  readonly usedBefore: boolean;
}

export const nothingKept: Kept = {
  writtenAt: 0,
  provider: '',
  toEnd: [],
  known: [],
  unregistered: [],
  usedBefore: false,
};

type Fields = Readonly<Record<string, unknown>>;

const roles: Readonly<Record<Role, true>> = { viewer: true, operator: true, supervisor: true, admin: true };

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const isRole = (value: unknown): value is Role => typeof value === 'string' && Object.hasOwn(roles, value);
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
const time = (value: unknown): number | undefined => (Number.isFinite(value) ? Number(value) : undefined);

function readTokens(value: unknown): Tokens {
  return isFields(value)
    ? { refreshToken: text(value['refreshToken']), idToken: text(value['idToken']) }
    : {};
}

function readRights(value: unknown): PersonRights | undefined {
  if (!isFields(value) || !isRole(value['role'])) return undefined;
  return { active: value['active'] === true, role: value['role'], overridden: value['overridden'] === true };
}

function readPerson(value: unknown): Person | undefined {
  if (!isFields(value) || !isRole(value['claimedRole'])) return undefined;
  const subject = text(value['subject']);
  const name = text(value['name']);
  if (subject === undefined || name === undefined) return undefined;
  return { subject, name, email: text(value['email']), claimedRole: value['claimedRole'] };
}

function readSession(value: unknown): KeptSession | undefined {
  if (!isFields(value)) return undefined;
  const person = readPerson(value['person']);
  const { refreshToken, idToken } = readTokens(value['tokens']);
  const since = time(value['since']);
  const confirmedAt = time(value['confirmedAt']);
  if (!person || !refreshToken || since === undefined || confirmedAt === undefined) return undefined;
  return {
    person,
    tokens: { refreshToken, idToken },
    since,
    confirmedAt,
    locked: value['locked'] === true,
  };
}

/** Throws when the text is not JSON; whatever else is wrong in it counts as absent. */
export function readKept(json: string): Kept {
  const value: unknown = JSON.parse(json);
  if (!isFields(value)) return nothingKept;
  const list = (key: string): readonly unknown[] => (Array.isArray(value[key]) ? value[key] : []);
  return {
    writtenAt: time(value['writtenAt']) ?? 0,
    provider: text(value['provider']) ?? '',
    session: readSession(value['session']),
    toEnd: list('toEnd').map(readTokens),
    known: list('known').flatMap((entry) => {
      const subject = isFields(entry) ? text(entry['subject']) : undefined;
      const rights = readRights(entry);
      return subject !== undefined && rights ? [{ subject, ...rights }] : [];
    }),
    unregistered: list('unregistered').flatMap((entry) => readPerson(entry) ?? []),
    usedBefore: value['usedBefore'] === true,
  };
}
