import type { IdentityProvider, RefreshOutcome, SessionClock } from './ports.ts';
import type { Presence } from './presence.ts';
import { retryDelay } from './retry.ts';

/** Of the time the provider vouches for; the jitter keeps workstations that started together apart. */
const renewAfter = 0.7;
const renewJitter = 0.1;
/** Roles are asked for at least this often, however long the provider's tokens last. */
const mostRenewMs = 3_600_000;
const leastRenewMs = 500;
const leastRetryMs = 2_000;
const mostRetryMs = 60_000;

/** Renews the session of the person at this workstation before its tokens expire (fault 60). */
export interface Renewal {
  /** Counts from the provider's confirmation just now. */
  schedule(presence: Presence): void;
  /** At once: after a restart, or when the machine slept over the time. */
  run(presence: Presence): void;
  /** The provider was away. */
  retryLater(presence: Presence): void;
  /** Whether its time has come, by trusted time. */
  isDue(): boolean;
  cancel(): void;
  /** When nothing is asked of the provider any more. */
  settled(): Promise<void>;
}

export function createRenewal(options: {
  readonly provider: Pick<IdentityProvider, 'refresh'>;
  readonly clock: SessionClock;
  readonly trustedNow: () => number;
  readonly random: () => number;
  readonly onRotated: (presence: Presence, refreshToken: string) => Promise<void>;
  readonly onOutcome: (presence: Presence, outcome: RefreshOutcome) => void;
}): Renewal {
  const { provider, clock, trustedNow, random } = options;
  /** One at a time for each: a refresh token can be used once. */
  const inFlight = new Map<Presence, Promise<void>>();
  let cancelTimer: (() => void) | undefined;
  let dueAt = Number.POSITIVE_INFINITY;
  let failures = 0;

  function cancel(): void {
    cancelTimer?.();
    cancelTimer = undefined;
    dueAt = Number.POSITIVE_INFINITY;
  }

  function after(ms: number, presence: Presence): void {
    cancel();
    dueAt = trustedNow() + ms;
    cancelTimer = clock.after(ms, () => run(presence));
  }

  async function ask(presence: Presence): Promise<RefreshOutcome> {
    const { refreshToken } = presence.tokens;
    if (refreshToken === undefined) {
      return { kind: 'ended', problem: { kind: 'refused-by-provider', message: noRefreshToken } };
    }
    return provider.refresh({ ...presence.tokens, refreshToken }, presence.person, (rotated) =>
      options.onRotated(presence, rotated),
    );
  }

  function run(presence: Presence): void {
    if (inFlight.has(presence)) return;
    cancel();
    const task = ask(presence).then((outcome) => {
      inFlight.delete(presence);
      options.onOutcome(presence, outcome);
    });
    inFlight.set(presence, task);
  }

  return {
    schedule(presence) {
      failures = 0;
      const { expiresInMs, tokens } = presence;
      const share = renewAfter + random() * renewJitter;
      after(
        tokens.refreshToken === undefined
          ? expiresInMs
          : Math.min(mostRenewMs, Math.max(leastRenewMs, expiresInMs * share)),
        presence,
      );
    },
    run,
    retryLater(presence) {
      after(retryDelay(failures, leastRetryMs, mostRetryMs, random), presence);
      failures += 1;
    },
    isDue: () => trustedNow() >= dueAt,
    cancel,
    async settled() {
      await Promise.all(inFlight.values());
    },
  };
}

const noRefreshToken =
  'The identity provider gave no refresh token, so the session ended with its access token. ' +
  'Sign in again; an administrator can allow refresh tokens (offline_access) for this client.';
