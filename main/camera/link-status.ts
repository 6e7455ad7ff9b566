import type { LinkState, StreamHealth } from '../../contract/domain.ts';
import type { JournalEntry } from '../passes/events.ts';
import type { Clock } from './timings.ts';

type LinkNote = Pick<Extract<JournalEntry, { kind: 'link' }>, 'state' | 'reason' | 'at'>;

export interface LinkStatusOptions {
  readonly url: string;
  readonly clock: Clock;
  /** ms between reports of which only times and counts are new. */
  readonly reportEvery: number;
  /** What others know of the stream. */
  readonly rest: () => Pick<StreamHealth, 'streamId' | 'site' | 'track' | 'lag' | 'cameras'>;
  readonly onHealth: (health: StreamHealth) => void;
  /** The state or its reason is another one. */
  readonly onChange: (note: LinkNote) => void;
}

export interface LinkStatus {
  readonly state: LinkState;
  set(state: LinkState, reason?: string): void;
  /** Why nothing can be stored; undefined: it can. */
  setStoreFault(reason: string | undefined): void;
  heard(at: number): void;
  setSkew(milliseconds: number): void;
  health(): StreamHealth;
  report(): void;
  reportSoon(): void;
  stop(): void;
}

/** The address as it may be shown: no user, no password, no query. */
export function shownUrl(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}

/** The state of one link as people see it, and when to tell them. */
export function createLinkStatus(options: LinkStatusOptions): LinkStatus {
  const { url, clock } = options;
  let state: LinkState = 'connecting';
  let reason: string | undefined;
  let storeFault: string | undefined;
  let since = clock.now();
  let lastMessageAt: number | undefined;
  let clockSkewMs: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const health = (): StreamHealth => ({
    url,
    link: state,
    since,
    lastMessageAt,
    clockSkewMs,
    reason: storeFault === undefined ? reason : `cannot store: ${storeFault}`,
    ...options.rest(),
  });

  function report(): void {
    clearTimeout(timer);
    timer = undefined;
    if (!stopped) options.onHealth(health());
  }

  return {
    get state() {
      return state;
    },
    set(next, why) {
      if (next === state && why === reason) return;
      const at = clock.now();
      if (next !== state) since = at;
      state = next;
      reason = why;
      options.onChange({ state, reason: why ?? '', at });
      report();
    },
    setStoreFault(why) {
      if (why === storeFault) return;
      storeFault = why;
      report();
    },
    heard(at) {
      lastMessageAt = at;
    },
    setSkew(milliseconds) {
      clockSkewMs = milliseconds;
    },
    health,
    report,
    reportSoon() {
      if (!stopped) timer ??= setTimeout(report, options.reportEvery);
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
