import type { Grace } from './grace.ts';
import { problemAt } from './ground.ts';
import type { Ground } from './ground.ts';
import type { Confirmation, Problem, RefreshOutcome, SessionClock, SessionLog } from './ports.ts';
import type { Presence } from './presence.ts';
import type { Standing } from './standing.ts';

const loggedOf = ({ person }: Presence, { kind, message }: Problem) => ({
  subject: person.subject,
  kind,
  reason: message,
});

/** What the provider's answer to a renewal, or its silence, makes of the session (faults 60 to 62). */
export function createConfirmation(options: {
  readonly ground: Ground;
  readonly grace: Grace;
  readonly standing: Standing;
  readonly clock: SessionClock;
  readonly log: SessionLog;
  /** Trusted time of a confirmation just now. */
  readonly confirmedNow: () => number;
  readonly schedule: (presence: Presence) => void;
  readonly retryLater: (presence: Presence) => void;
  readonly onProviderBack: () => void;
}): (presence: Presence, outcome: RefreshOutcome) => void {
  const { ground, grace, standing, clock, log } = options;

  function confirmed(presence: Presence, { person, tokens, expiresInMs }: Confirmation): void {
    const before = presence.state;
    presence.tokens = tokens;
    presence.expiresInMs = expiresInMs;
    presence.confirmedAt = options.confirmedNow();
    presence.graceEndsAt = undefined;
    presence.state = 'signed-in';
    grace.cancel();
    ground.setProblem(undefined);
    standing.update(presence, person);
    // The record may already have said that this person is deactivated.
    if (ground.present() !== presence || presence.state !== 'signed-in') return;
    if (before === 'restoring') {
      ground.record('session.sign-in', ground.newId(), presence, {
        after: { name: person.name, subject: person.subject, role: presence.rights.role, restored: true },
      });
    } else if (before !== 'signed-in') {
      log.info({ subject: person.subject, before }, 'the identity provider is back');
    }
    options.schedule(presence);
    options.onProviderBack();
    void ground.changed();
  }

  function away(presence: Presence, problem: Problem): void {
    log.warn(loggedOf(presence, problem), 'the session could not be renewed');
    // Nothing but the clock can be put right by the person who sees it.
    if (problem.kind === 'clock-wrong') ground.setProblem(problemAt(problem, clock.now()));
    grace.begin(presence, problem);
    options.retryLater(presence);
    void ground.changed();
  }

  function ended(presence: Presence, problem: Problem): void {
    log.warn(loggedOf(presence, problem), 'the session has ended');
    presence.tokens = {};
    presence.state = 'expired';
    grace.cancel();
    ground.setProblem(problemAt(problem, clock.now()));
    ground.record('session.expired', ground.newId(), presence, {
      after: { kind: problem.kind, message: problem.message },
    });
    void ground.changed();
  }

  return (presence, outcome) => {
    // Somebody else is here by now, or nobody, or the session was locked meanwhile.
    if (ground.present() !== presence) return;
    if (presence.state === 'deactivated' || presence.state === 'locked') return;
    if (outcome.kind === 'confirmed') confirmed(presence, outcome.confirmation);
    else if (outcome.kind === 'away') away(presence, outcome.problem);
    else ended(presence, outcome.problem);
  };
}
