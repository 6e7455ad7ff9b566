import type { Kept } from './kept.ts';
import type { Person, PersonDirectory, PersonRights, SessionLog } from './ports.ts';

/** Persons of this workstation that are remembered for when the shared record is away. */
const remembered = 50;

/** What a person may do here, whether the shared record is there or not. */
export interface Rights {
  /**
   * Without asking: what the provider says, unless the record said otherwise when it was last asked. A person known
   * as deactivated stays so.
   */
  assume(person: Person): PersonRights;
  /** Enters the person; while the record is away, as `assume`, and the entry is made later. */
  register(person: Person, correlationId: string): Promise<PersonRights>;
  /** Asks the record; absent: it cannot be asked now. */
  ask(person: Person, correlationId: string): Promise<PersonRights | undefined>;
  /** Enters those that could not be entered before. */
  registerMissing(correlationId: string): Promise<void>;
  readonly kept: () => Pick<Kept, 'known' | 'unregistered'>;
}

function remember<T>(map: Map<string, T>, subject: string, value: T): void {
  map.delete(subject);
  map.set(subject, value);
  const oldest = map.keys().next().value;
  if (map.size > remembered && oldest !== undefined) map.delete(oldest);
}

export function createRights(
  options: {
    readonly directory: PersonDirectory;
    readonly workstation: string;
    readonly log: SessionLog;
  },
  kept: Pick<Kept, 'known' | 'unregistered'>,
): Rights {
  const { directory, workstation, log } = options;
  const known = new Map<string, PersonRights>(
    kept.known.map(({ subject, active, role, overridden }) => [subject, { active, role, overridden }]),
  );
  const unregistered = new Map(kept.unregistered.map((person) => [person.subject, person]));

  function assume(person: Person): PersonRights {
    const last = known.get(person.subject);
    if (!last) return { active: true, role: person.claimedRole, overridden: false };
    return last.overridden ? last : { ...last, role: person.claimedRole };
  }

  async function enter(person: Person, correlationId: string): Promise<PersonRights | undefined> {
    const answer = await directory.registerPerson(person, workstation, correlationId);
    if (answer.ok) {
      remember(known, person.subject, answer.value);
      // Whoever signed in meanwhile with a new name or role is entered once more.
      if (unregistered.get(person.subject) === person) unregistered.delete(person.subject);
      return answer.value;
    }
    log.warn(
      { subject: person.subject, reason: answer.error.code, correlationId },
      'the person could not be entered in the shared record; it is tried again',
    );
    return undefined;
  }

  return {
    assume,
    async register(person, correlationId) {
      remember(unregistered, person.subject, person);
      return (await enter(person, correlationId)) ?? assume(person);
    },
    async ask(person, correlationId) {
      const missing = unregistered.get(person.subject);
      if (missing) return enter(missing, correlationId);
      const answer = await directory.findPerson(person.subject);
      if (!answer.ok) return undefined;
      if (answer.value === undefined) {
        // A record that was restored from an old backup does not know the person any more (fault 21).
        remember(unregistered, person.subject, person);
        return enter(person, correlationId);
      }
      remember(known, person.subject, answer.value);
      return answer.value;
    },
    async registerMissing(correlationId) {
      for (const person of unregistered.values()) {
        // One after the other: the first that fails says that the record is away again.
        if (!(await enter(person, correlationId))) return;
      }
    },
    kept: () => ({
      known: [...known].map(([subject, rights]) => ({ subject, ...rights })),
      unregistered: [...unregistered.values()],
    }),
  };
}
