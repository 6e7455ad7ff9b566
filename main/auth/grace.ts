import type { Ground } from './ground.ts';
import type { Problem, SessionClock } from './ports.ts';
import type { Presence } from './presence.ts';

/** Wall clock corrections smaller than this do not move the shown end of the grace. */
const shownSlackMs = 2_000;

/** The rights that last while the identity provider is away (fault 62). */
export interface Grace {
  /** The provider could not be asked. */
  begin(presence: Presence, problem: Problem): void;
  /** Time has passed, or a clock has moved. */
  check(presence: Presence): void;
  cancel(): void;
}

export function createGrace(options: {
  readonly ground: Ground;
  readonly clock: SessionClock;
  readonly trustedNow: () => number;
  /** Counts from the provider's last confirmation. */
  readonly graceMs: number;
}): Grace {
  const { ground, clock, trustedNow, graceMs } = options;
  let cancelTimer: (() => void) | undefined;

  const remaining = (presence: Presence): number => graceMs - (trustedNow() - presence.confirmedAt);

  function cancel(): void {
    cancelTimer?.();
    cancelTimer = undefined;
  }

  function end(presence: Presence): void {
    cancel();
    if (presence.state === 'grace-ended') return;
    presence.state = 'grace-ended';
    ground.record('session.grace-ended', ground.newId(), presence, {
      after: { confirmedAt: new Date(presence.confirmedAt).toISOString() },
    });
    void ground.changed();
  }

  function wait(presence: Presence, ms: number): void {
    cancel();
    cancelTimer = clock.after(ms, () => check(presence));
  }

  function check(presence: Presence): void {
    if (ground.present() !== presence || presence.state !== 'grace') return cancel();
    const ms = remaining(presence);
    if (ms <= 0) return end(presence);
    wait(presence, ms);
    const endsAt = clock.now() + ms;
    if (Math.abs(endsAt - (presence.graceEndsAt ?? 0)) <= shownSlackMs) return;
    presence.graceEndsAt = endsAt;
    void ground.changed();
  }

  return {
    begin(presence, problem) {
      const ms = remaining(presence);
      if (ms <= 0) return end(presence);
      if (presence.state === 'grace') return;
      presence.state = 'grace';
      presence.graceEndsAt = clock.now() + ms;
      wait(presence, ms);
      ground.record('session.grace', ground.newId(), presence, {
        after: { until: new Date(presence.graceEndsAt).toISOString(), reason: problem.kind },
      });
      void ground.changed();
    },
    check,
    cancel,
  };
}
