import { problemAt } from './ground.ts';
import type { Ground } from './ground.ts';
import type {
  Confirmation,
  IdentityProvider,
  Problem,
  SessionClock,
  SessionLog,
  SignInAttempt,
  Tokens,
} from './ports.ts';
import type { Presence } from './presence.ts';
import type { Rights } from './rights.ts';

interface UnderWay {
  readonly attempt: SignInAttempt;
  readonly correlationId: string;
  cancelled: boolean;
}

/** Signing in: one attempt at a time, and who is here stays until the next person is (docs/domain.md, roles). */
export interface SignIn {
  /** Starts an attempt, or brings the page of the one under way to the person again. */
  begin(correlationId: string): void;
  cancel(): void;
  underWay(): boolean;
}

export function createSignIn(options: {
  readonly ground: Ground;
  readonly provider: IdentityProvider;
  readonly rights: Rights;
  readonly clock: SessionClock;
  readonly log: SessionLog;
  /** Whether the person has to show who they are, whatever session the browser still has. */
  readonly needsFreshLogin: () => boolean;
  /** Trusted time of a confirmation just now. */
  readonly confirmedNow: () => number;
  readonly onEntered: (presence: Presence) => void;
  /** Tokens that nobody here uses any more. */
  readonly discard: (tokens: Tokens) => void;
}): SignIn {
  const { ground, provider, rights, clock, log } = options;
  let underWay: UnderWay | undefined;

  function fail(problem: Problem, correlationId: string, about?: Presence): void {
    underWay = undefined;
    ground.setProblem(problemAt(problem, clock.now()));
    log.warn({ kind: problem.kind, reason: problem.message, correlationId }, 'a sign-in failed');
    ground.record('session.sign-in-failed', correlationId, about, {
      after: { kind: problem.kind, message: problem.message },
    });
    void ground.changed();
  }

  /** From whom to whom, or that the same person is back. */
  function recordEntry(presence: Presence, previous: Presence | undefined, correlationId: string): void {
    const after = {
      name: presence.person.name,
      subject: presence.person.subject,
      role: presence.rights.role,
    };
    ground.record('session.sign-in', correlationId, presence, { after });
    if (!previous || previous.state === 'restoring') return;
    const before = {
      name: previous.person.name,
      subject: previous.person.subject,
      state: previous.state,
    };
    if (previous.person.subject !== presence.person.subject) {
      ground.record('session.takeover', correlationId, presence, { before, after });
    } else if (previous.state === 'locked') {
      ground.record('session.unlock', correlationId, presence, { before, after });
    }
  }

  async function enter(mine: UnderWay, { person, tokens, expiresInMs }: Confirmation): Promise<void> {
    const { correlationId } = mine;
    const presence: Presence = {
      person,
      tokens,
      rights: rights.assume(person),
      state: 'signed-in',
      since: clock.now(),
      confirmedAt: options.confirmedNow(),
      expiresInMs,
    };
    presence.rights = await rights.register(person, correlationId);
    if (mine.cancelled) {
      options.discard(tokens);
      return fail(cancelled, correlationId);
    }
    if (!presence.rights.active) {
      options.discard(tokens);
      presence.state = 'deactivated';
      return fail(deactivated, correlationId, presence);
    }
    underWay = undefined;
    const previous = ground.present();
    ground.replace(presence);
    ground.setProblem(undefined);
    // The same person's old tokens are left alone: many providers end everything of a person with one of them.
    if (previous && previous.person.subject !== person.subject) options.discard(previous.tokens);
    recordEntry(presence, previous, correlationId);
    options.onEntered(presence);
    await ground.changed();
  }

  async function run(mine: UnderWay): Promise<void> {
    const outcome = await mine.attempt.outcome;
    if (underWay !== mine) return;
    if (outcome.kind === 'failed') return fail(outcome.problem, mine.correlationId);
    await enter(mine, outcome.confirmation);
  }

  return {
    begin(correlationId) {
      if (underWay) return underWay.attempt.showAgain();
      ground.setProblem(undefined);
      const mine = {
        attempt: provider.signIn({ freshLogin: options.needsFreshLogin() }),
        correlationId,
        cancelled: false,
      };
      underWay = mine;
      run(mine).catch((error: unknown) => {
        const name = error instanceof Error ? error.name : typeof error;
        fail(
          { kind: 'internal', message: `An internal error (${name}); the log has its time.` },
          correlationId,
        );
      });
      void ground.changed();
    },
    cancel() {
      if (!underWay) return;
      underWay.cancelled = true;
      underWay.attempt.cancel();
    },
    underWay: () => underWay !== undefined,
  };
}

const cancelled: Problem = { kind: 'cancelled', message: 'The sign-in was cancelled.' };
const deactivated: Problem = {
  kind: 'deactivated',
  message: 'This person has been deactivated in VICORE. An administrator can activate the account again.',
};
