import type { IdentityProvider, SessionClock, Tokens } from './ports.ts';
import { retryDelay } from './retry.ts';

const leastMs = 5_000;
const mostMs = 300_000;
/** More than one shift's worth; the provider forgets unused sessions by itself. */
const mostKept = 20;

/** Sessions that were ended here and have to be ended at the provider, now or when it is back. */
export interface Endings {
  add(tokens: Tokens): void;
  /** The provider has just answered: what waits is tried at once. */
  retry(): void;
  pending(): readonly Tokens[];
  stop(): void;
}

export function createEndings(options: {
  readonly provider: Pick<IdentityProvider, 'endSession'>;
  readonly clock: SessionClock;
  readonly random: () => number;
  readonly kept: readonly Tokens[];
  /** Keeps what is pending; resolves when that is durable. Never rejects. */
  readonly save: () => Promise<void>;
}): Endings {
  const { provider, clock, random, save } = options;
  let pending: readonly Tokens[] = options.kept;
  let running = false;
  let stopped = false;
  let failures = 0;
  let cancelTimer: (() => void) | undefined;

  async function run(): Promise<void> {
    if (running) return;
    running = true;
    cancelTimer?.();
    // Before the provider is asked: a program that dies here still knows what it has to end.
    await save();
    for (let next = pending[0]; next && !stopped; next = pending[0]) {
      const tokens = next;
      if ((await provider.endSession(tokens)) === 'away') {
        failures += 1;
        break;
      }
      failures = 0;
      pending = pending.filter((other) => other !== tokens);
      await save();
    }
    running = false;
    if (pending.length === 0 || stopped) return;
    cancelTimer = clock.after(retryDelay(failures, leastMs, mostMs, random), start);
  }

  function start(): void {
    // `save` and `endSession` never reject.
    void run();
  }

  return {
    add(tokens) {
      if (tokens.refreshToken === undefined && tokens.idToken === undefined) return;
      pending = [...pending, tokens].slice(-mostKept);
      start();
    },
    retry() {
      if (pending.length > 0) start();
    },
    pending: () => pending,
    stop() {
      stopped = true;
      cancelTimer?.();
    },
  };
}
