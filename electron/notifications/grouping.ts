import type { Alert } from '../../contract/domain.ts';

/** More than this many alerts within the window become one notification with their number. */
export const singles = 3;
export const windowMs = 2_000;

export interface Grouping {
  /** What to show at once; undefined when the alert joins the group that `due` will give. */
  add(alert: Alert, now: number): Alert | undefined;
  /** When `due` has something, on the clock of `now`. */
  dueAt(): number | undefined;
  /** The grouped alerts whose window is over; empty otherwise. */
  due(now: number): readonly Alert[];
}

/**
 * The first three alerts at once, each for itself, so that none waits for company; those that follow within 2 s of
 * them together, at the end of the 2 s (fault 59: a flood is one notification with a count).
 */
export function createGrouping(): Grouping {
  let shownAt: readonly number[] = [];
  let group: Alert[] = [];
  let groupSince: number | undefined;
  return {
    add(alert, now) {
      shownAt = shownAt.filter((at) => now - at < windowMs);
      if (group.length === 0 && shownAt.length < singles) {
        shownAt = [...shownAt, now];
        return alert;
      }
      // A later value of the same alert replaces the waiting one: the count stays exact.
      const index = group.findIndex((waiting) => waiting.id === alert.id);
      if (index >= 0) group[index] = alert;
      else group.push(alert);
      groupSince ??= now;
      return undefined;
    },
    dueAt: () => (groupSince === undefined ? undefined : groupSince + windowMs),
    due(now) {
      if (groupSince === undefined || now - groupSince < windowMs) return [];
      const alerts = group;
      group = [];
      groupSince = undefined;
      return alerts;
    },
  };
}
