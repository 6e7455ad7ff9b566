import type { Role } from '../../contract/domain.ts';
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
}

/** The shared record's list of persons. `database-away` when it cannot be asked. */
export interface PersonDirectory {
  /** At each sign-in and whenever the provider says something new: enters or updates the person. */
  registerPerson(
    person: Person,
    workstation: string,
    correlationId: string,
  ): Promise<Result<PersonRights>>;
  findPerson(subject: string): Promise<Result<PersonRights | undefined>>;
}

/** Seals text with the operating system's key store. Absent where there is none (fault 65). */
export interface Sealer {
  seal(text: string): string;
  /** Throws when it was sealed elsewhere or with another key. */
  unseal(sealed: string): string;
}

/** A page of the identity provider that is shown to the person. */
export interface SignInPage {
  close(): void;
  /** Resolves when the person closed it; never for the system's browser, of which nobody knows. */
  readonly closed: Promise<void>;
}
