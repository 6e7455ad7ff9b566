import type { Ground } from './ground.ts';
import type { Person, PersonRights, Tokens } from './ports.ts';
import type { Presence } from './presence.ts';
import type { Rights } from './rights.ts';

/** What the shared record says of the person who is here: it is asked again and again, and takes effect at once (fault 66). */
export interface Standing {
  /** Asks the record; resolves when the answer, if there was one, is in force. */
  check(): Promise<void>;
  /** The provider says something new of the person. */
  update(presence: Presence, person: Person): void;
  /** Enters all who signed in while the record was away. */
  databaseBack(): Promise<void>;
  /** The same, when there is somebody to enter: the record was there all the time, but refused or was slow. */
  retryMissing(): Promise<void>;
}

export function createStanding(options: {
  readonly ground: Ground;
  readonly rights: Rights;
  readonly onDeactivated: (presence: Presence) => void;
  readonly discard: (tokens: Tokens) => void;
}): Standing {
  const { ground, rights } = options;
  /** Answers take effect in the order they were asked for. */
  let last: Promise<void> = Promise.resolve();

  function deactivate(presence: Presence, given: PersonRights, correlationId: string): void {
    options.discard(presence.tokens);
    presence.tokens = {};
    presence.rights = given;
    presence.state = 'deactivated';
    options.onDeactivated(presence);
    ground.record('session.deactivated', correlationId, presence);
    void ground.changed();
  }

  function apply(presence: Presence, given: PersonRights, correlationId: string): void {
    if (ground.present() !== presence || presence.state === 'deactivated') return;
    if (!given.active) return deactivate(presence, given, correlationId);
    const before = presence.rights;
    presence.rights = given;
    if (before.role === given.role) return;
    ground.record('session.role-changed', correlationId, presence, {
      before: { role: before.role },
      after: { role: given.role, claimed: presence.person.claimedRole, overridden: given.overridden },
    });
    void ground.changed();
  }

  async function ask(): Promise<void> {
    const presence = ground.present();
    if (!presence) return;
    const correlationId = ground.newId();
    const given = await rights.ask(presence.person, correlationId);
    if (given) apply(presence, given, correlationId);
  }

  async function enter(presence: Presence): Promise<void> {
    const correlationId = ground.newId();
    apply(presence, await rights.register(presence.person, correlationId), correlationId);
  }

  async function enterMissing(): Promise<void> {
    await rights.registerMissing(ground.newId());
    await ask();
    await ground.changed();
  }

  function inOrder(task: () => Promise<void>): Promise<void> {
    last = last.then(task, task);
    return last;
  }

  return {
    check: () => inOrder(ask),
    update(presence, person) {
      const { subject, name, email, claimedRole } = presence.person;
      presence.person = person;
      const same =
        subject === person.subject &&
        name === person.name &&
        email === person.email &&
        claimedRole === person.claimedRole;
      if (!same) {
        // A right that the provider took is gone at once, whatever the record answers and when.
        apply(presence, rights.assume(person), ground.newId());
      }
      void inOrder(() => (same ? ask() : enter(presence)));
    },
    databaseBack: () => inOrder(enterMissing),
    retryMissing: () => (rights.kept().unregistered.length > 0 ? inOrder(enterMissing) : Promise.resolve()),
  };
}
