import type { Role, SignInFailure } from '../../contract/domain.ts';
import type { Result } from '../../contract/errors.ts';

/** A person as the identity provider describes them. */
export interface Person {
  readonly subject: string;
  readonly name: string;
  readonly email?: string | undefined;
  /** The highest that the configured claim gives; `viewer` when it gives none that is known. */
  readonly claimedRole: Role;
}

/** What the shared record says of a person's rights here. */
export interface PersonRights {
  readonly active: boolean;
  /** In force: an override goes before the provider's role. */
  readonly role: Role;
  /** Whether `role` is an override; then it stands whatever the provider says meanwhile. */
  readonly overridden: boolean;
}

/** The shared record's list of persons. `database-away` when it cannot be asked. */
export interface PersonDirectory {
  /** At each sign-in and whenever the provider says something new: enters or updates the person. */
  registerPerson(person: Person, workstation: string, correlationId: string): Promise<Result<PersonRights>>;
  findPerson(subject: string): Promise<Result<PersonRights | undefined>>;
}

/** Seals text with the operating system's key store. Absent where there is none (fault 65). */
export interface Sealer {
  seal(text: string): string;
  /** Throws when it was sealed elsewhere or with another key. */
  unseal(sealed: string): string;
}

/**
 * A page of the identity provider that is shown to the person. Whoever opens pages is asked again with the same
 * address when the person wants to see an open page once more: it then brings that page to the front.
 */
export interface SignInPage {
  close(): void;
  /** Resolves when the person closed it; never for the system's browser, of which nobody knows. */
  readonly closed: Promise<void>;
}

/** What ends or renews a session at the provider. Never in a log, an audit entry, an error or a `Session`. */
export interface Tokens {
  /** Absent: the provider gives none, the session ends with its access token. */
  readonly refreshToken?: string | undefined;
  /** The hint for ending the session at the provider. */
  readonly idToken?: string | undefined;
}

export interface Problem {
  readonly kind: SignInFailure;
  /** Says what to do; never a token. */
  readonly message: string;
}

export interface Confirmation {
  readonly person: Person;
  readonly tokens: Tokens;
  /** How long the provider vouches for it, ms; a refresh comes before. */
  readonly expiresInMs: number;
}

export type SignInOutcome =
  | { readonly kind: 'confirmed'; readonly confirmation: Confirmation }
  | { readonly kind: 'failed'; readonly problem: Problem };

/** One sign-in in the person's browser. Its listener is closed when `outcome` is there. */
export interface SignInAttempt {
  /** Never rejects. */
  readonly outcome: Promise<SignInOutcome>;
  /** Brings the provider's page to the person once more. */
  showAgain(): void;
  /** The outcome is `cancelled`. */
  cancel(): void;
}

export type RefreshOutcome =
  | { readonly kind: 'confirmed'; readonly confirmation: Confirmation }
  /** The provider did not answer, or not as a provider does: nothing is known, the grace counts. */
  | { readonly kind: 'away'; readonly problem: Problem }
  /** The provider, or an answer that cannot be trusted, ended the session. */
  | { readonly kind: 'ended'; readonly problem: Problem };

/** The company's identity provider (RFC 6749, OpenID Connect); main/identity implements it. */
export interface IdentityProvider {
  /** Issuer and client: tokens of one are never shown to another. */
  readonly id: string;
  /** `freshLogin`: the person must show again who they are, whatever session the browser has. */
  signIn(options: { readonly freshLogin: boolean }): SignInAttempt;
  /**
   * Asks for new tokens without the person. `onRotated` is awaited with a new refresh token before anything else is
   * done with the answer: the old one is worth nothing any more (RFC 9700 §4.14.2). Never rejects.
   */
  refresh(
    tokens: Tokens & { readonly refreshToken: string },
    known: Person,
    onRotated: (refreshToken: string) => Promise<void>,
  ): Promise<RefreshOutcome>;
  /** Revokes the refresh token and ends the session there. `away`: to be done again later. Never rejects. */
  endSession(tokens: Tokens): Promise<'done' | 'away'>;
  /** Ends what is under way. */
  stop(): void;
}

/** Small values that outlive a restart; the local store's. */
export interface SessionStore {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string): Promise<void>;
}

export interface SessionClock {
  /** Wall clock, ms since the epoch. */
  now(): number;
  /** A clock that only goes forward, ms. */
  monotonic(): number;
  /** Runs once after `ms`; the answer cancels it. */
  after(ms: number, run: () => void): () => void;
}

export type SessionAction =
  | 'session.sign-in'
  | 'session.sign-in-failed'
  | 'session.sign-out'
  | 'session.lock'
  | 'session.unlock'
  | 'session.takeover'
  | 'session.expired'
  | 'session.grace'
  | 'session.grace-ended'
  | 'session.role-changed'
  | 'session.deactivated';

/** For the audit log: an entry without its identity. */
export interface SessionEntry {
  readonly at: number;
  readonly actor: string;
  /** Empty: nobody. */
  readonly subject: string;
  readonly role: Role;
  readonly workstation: string;
  readonly action: SessionAction;
  readonly entity: 'session';
  /** The workstation: a session is the person at one. */
  readonly entityId: string;
  readonly before?: Readonly<Record<string, unknown>> | undefined;
  readonly after?: Readonly<Record<string, unknown>> | undefined;
  readonly correlationId: string;
}

export interface SessionLog {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}
