import type { Alert } from '../../contract/domain.ts';

/** More than this many alerts within the window become one notification with their number. */
export const singles = 3;
export const windowMs = 2_000;
/** More than this many new alerts in that time are a flood (IEC 62682, EEMUA 191). */
export const floodCount = 10;
export const floodMs = 600_000;
/** The longest that a flood without a pause keeps back its next notification. */
export const floodGroupMs = 30_000;

export interface Group {
  readonly alerts: readonly Alert[];
  /** New alerts of the last 10 minutes, when those are too many for each to have a notification of its own. */
  readonly flood?: number | undefined;
}

export interface Grouping {
  /** An alert that nobody wants to be notified of: it counts all the same. */
  count(now: number): void;
  /** What to show at once; undefined when the alert joins the group that `due` will give. */
  add(alert: Alert, now: number): Alert | undefined;
  /** When `due` has something, on the clock of `now`. */
  dueAt(): number | undefined;
  /** The grouped alerts whose time has come; none otherwise. */
  due(now: number): Group;
}

/** Times of the last 10 minutes, oldest first. */
function createRecent(): { add(now: number): void; size(now: number): number } {
  let times: number[] = [];
  let first = 0;
  return {
    add(now) {
      times.push(now);
    },
    size(now) {
      while (first < times.length && now - (times[first] ?? now) >= floodMs) first += 1;
      if (first > 10_000) {
        times = times.slice(first);
        first = 0;
      }
      return times.length - first;
    },
  };
}

/**
 * The first three alerts at once, each for itself, so that none waits for company; those that follow within 2 s of
 * them together, at the end of the 2 s. In a flood there are no single ones any more: one notification says so, the
 * next comes when there is a pause, or every 30 s (fault 59).
 */
export function createGrouping(): Grouping {
  const recent = createRecent();
  let shownAt: readonly number[] = [];
  /** By alert: a later value of the same one replaces what waits, so that the count stays exact. */
  let group = new Map<string, Alert>();
  let groupSince = 0;
  let lastAt = 0;
  /** Whether the flood has been spoken of. */
  let announced = false;

  const isFlood = (now: number): boolean => recent.size(now) > floodCount;

  function dueAt(): number | undefined {
    if (group.size === 0) return undefined;
    if (!announced) return groupSince + windowMs;
    return Math.min(lastAt + windowMs, groupSince + floodGroupMs);
  }

  return {
    count(now) {
      recent.add(now);
    },
    add(alert, now) {
      recent.add(now);
      const flood = isFlood(now);
      if (!flood) announced = false;
      shownAt = shownAt.filter((at) => now - at < windowMs);
      if (!flood && group.size === 0 && shownAt.length < singles) {
        shownAt = [...shownAt, now];
        return alert;
      }
      if (group.size === 0) groupSince = now;
      lastAt = now;
      group.set(alert.id, alert);
      return undefined;
    },
    dueAt,
    due(now) {
      const at = dueAt();
      if (at === undefined || now < at) return { alerts: [] };
      const alerts = [...group.values()];
      group = new Map();
      if (!isFlood(now)) return { alerts };
      announced = true;
      return { alerts, flood: recent.size(now) };
    },
  };
}
