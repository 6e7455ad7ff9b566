import type { Alert, Severity } from '../../contract/domain.ts';

export const isUnacknowledged = (alert: Alert): boolean =>
  alert.state === 'active-unacknowledged' || alert.state === 'cleared-unacknowledged';

const severityRank: Readonly<Record<Severity, number>> = { critical: 0, warning: 1 };

/** Unacknowledged first, then severity, then newest; ids decide between equals, so that the order is the same everywhere. */
export const compareAlerts = (left: Alert, right: Alert): number =>
  Number(isUnacknowledged(right)) - Number(isUnacknowledged(left)) ||
  severityRank[left.severity] - severityRank[right.severity] ||
  right.raisedAt - left.raisedAt ||
  (left.id < right.id ? -1 : 1);

/** Nothing is on the shelf. */
const none: ReadonlySet<string> = new Set();

/**
 * For the banner: the newest of the worst severity that waits and is not on the shelf. A new warning never takes the
 * place of a critical alert that nobody has acknowledged.
 */
export const newestUnacknowledged = (
  alerts: Iterable<Alert>,
  shelved: ReadonlySet<string> = none,
): Alert | undefined => {
  let first: Alert | undefined;
  for (const alert of alerts) {
    if (!isUnacknowledged(alert) || shelved.has(alert.id)) continue;
    if (first === undefined || compareAlerts(alert, first) < 0) first = alert;
  }
  return first;
};

/** After `current` in list order, round to the first; undefined when none waits: what is on the shelf does not. */
export const nextUnacknowledged = (
  alerts: Iterable<Alert>,
  current: string | undefined,
  shelved: ReadonlySet<string> = none,
): Alert | undefined => {
  const all = [...alerts];
  const from = all.find((alert) => alert.id === current);
  const after =
    from !== undefined && isUnacknowledged(from) && !shelved.has(from.id)
      ? all.filter((alert) => alert !== from && compareAlerts(alert, from) > 0)
      : [];
  return newestUnacknowledged(after, shelved) ?? newestUnacknowledged(all, shelved);
};

/** One line of the list: all open alerts of one vehicle, in whichever passes, or one alert that stands for itself. */
export interface AlertGroup {
  readonly key: string;
  /** In list order; the first is the worst. */
  readonly alerts: readonly Alert[];
}

const groupKey = (alert: Alert): string => {
  if (alert.passId === undefined || alert.vehicleIndex === undefined) return alert.id;
  return alert.vehicleNumber === undefined
    ? `${alert.passId}/${alert.vehicleIndex}`
    : `vehicle ${alert.vehicleNumber}`;
};

/** Whether all are the same finding on the same place of one vehicle, in pass after pass: one cause, one line. */
export const isOneFinding = ({ alerts }: AlertGroup): boolean => {
  const [first, ...others] = alerts;
  return others.every(
    ({ rule, position, passId }) =>
      rule === first?.rule && position === first.position && passId !== first.passId,
  );
};

/** The newest of a group: of one finding it says what is the case now. */
export const newestOf = ({ alerts }: AlertGroup): Alert | undefined =>
  alerts.reduce<Alert | undefined>(
    (newest, alert) => (newest === undefined || alert.raisedAt > newest.raisedAt ? alert : newest),
    undefined,
  );

/** The lines of a list, and what is in them. */
export interface Grouped {
  /** Ordered by their first alert. */
  readonly groups: readonly AlertGroup[];
  /** How many alerts they hold. */
  readonly size: number;
  readonly has: (alertId: string) => boolean;
}

const compareGroups = ({ alerts: [left] }: AlertGroup, { alerts: [right] }: AlertGroup): number =>
  left === undefined || right === undefined ? 0 : compareAlerts(left, right);

/** Two lists in order, as one. */
const merge = (left: readonly AlertGroup[], right: readonly AlertGroup[]): readonly AlertGroup[] => {
  const merged: AlertGroup[] = [];
  let from = 0;
  for (const group of left) {
    for (let next = right[from]; next !== undefined && compareGroups(next, group) < 0; next = right[from]) {
      merged.push(next);
      from += 1;
    }
    merged.push(group);
  }
  return [...merged, ...right.slice(from)];
};

/**
 * Groups alerts by vehicle. A camera-blind alert has no car and so is a line of its own; what it causes raises no
 * alerts of its own (rules 6 and 8, docs/domain.md). Groups are ordered by their first alert.
 *
 * Called with each new state of the alerts it sorts only the lines that changed: in a flood thousands of lines are
 * brought up to date many times a second, and a window must answer meanwhile. A `keeps` that is another function is
 * another list.
 */
export const createGrouping = (): ((
  alerts: ReadonlyMap<string, Alert>,
  keeps: (alert: Alert) => boolean,
) => Grouped) => {
  let known: ReadonlyMap<string, Alert> = new Map();
  let keptBy: ((alert: Alert) => boolean) | undefined;
  let groups: readonly AlertGroup[] = [];
  const byKey = new Map<string, AlertGroup>();
  /** Of each alert in the list. */
  const keyOf = new Map<string, string>();

  return (alerts, keeps) => {
    if (keeps !== keptBy) {
      keptBy = keeps;
      known = new Map();
      groups = [];
      byKey.clear();
      keyOf.clear();
    }
    const touched = new Map<string, Map<string, Alert>>();
    const membersOf = (key: string): Map<string, Alert> => {
      const members =
        touched.get(key) ?? new Map(byKey.get(key)?.alerts.map((alert) => [alert.id, alert] as const));
      touched.set(key, members);
      return members;
    };
    const leave = (id: string): void => {
      const key = keyOf.get(id);
      if (key === undefined) return;
      keyOf.delete(id);
      membersOf(key).delete(id);
    };
    let found = 0;
    for (const [id, alert] of alerts) {
      const before = known.get(id);
      if (before !== undefined) found += 1;
      if (before === alert) continue;
      leave(id);
      if (!keeps(alert)) continue;
      const key = groupKey(alert);
      keyOf.set(id, key);
      membersOf(key).set(id, alert);
    }
    if (found < known.size) for (const id of known.keys()) if (!alerts.has(id)) leave(id);
    known = alerts;

    const anew: AlertGroup[] = [];
    for (const [key, members] of touched) {
      if (members.size === 0) {
        byKey.delete(key);
        continue;
      }
      const group = { key, alerts: [...members.values()].sort(compareAlerts) };
      byKey.set(key, group);
      anew.push(group);
    }
    if (touched.size > 0) {
      groups = merge(
        groups.filter(({ key }) => !touched.has(key)),
        anew.sort(compareGroups),
      );
    }
    return { groups, size: keyOf.size, has: (id) => keyOf.has(id) };
  };
};

export interface Frozen {
  readonly groups: readonly AlertGroup[];
  /** Alerts that came meanwhile and wait behind the "n new" chip. */
  readonly hidden: number;
}

/**
 * The list while somebody is in it: the rows that were there stay where they are, with what is known of them now;
 * rows that came wait, rows whose alerts have all closed stay as they ended (`lookUp`). An alert that is shown is not
 * new under another key: a vehicle may be identified while its line stands.
 */
export const freezeGroups = (
  shown: readonly AlertGroup[],
  current: Grouped,
  lookUp: (id: string) => Alert | undefined,
): Frozen => {
  let shownStill = 0;
  let changed = false;
  const groups = shown.map((group) => {
    let same = true;
    for (const alert of group.alerts) {
      if (current.has(alert.id)) shownStill += 1;
      same &&= (lookUp(alert.id) ?? alert) === alert;
    }
    if (same) return group;
    changed = true;
    return { key: group.key, alerts: group.alerts.map((alert) => lookUp(alert.id) ?? alert) };
  });
  return { groups: changed ? groups : shown, hidden: current.size - shownStill };
};
