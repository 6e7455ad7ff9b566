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
  const waiting = [...alerts]
    .filter((alert) => isUnacknowledged(alert) && !shelved.has(alert.id))
    .sort(compareAlerts);
  const place = waiting.findIndex((alert) => alert.id === current);
  return waiting[place + 1] ?? waiting[0];
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

/**
 * Groups alerts by vehicle. A camera-blind alert has no car and so is a line of its own; what it causes raises no
 * alerts of its own (rules 6 and 8, docs/domain.md). Groups are ordered by their first alert.
 */
export const groupAlerts = (alerts: Iterable<Alert>): readonly AlertGroup[] => {
  const groups = new Map<string, Alert[]>();
  for (const alert of [...alerts].sort(compareAlerts)) {
    const key = groupKey(alert);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [alert]);
    else group.push(alert);
  }
  return [...groups].map(([key, members]) => ({ key, alerts: members }));
};

export interface Frozen {
  readonly groups: readonly AlertGroup[];
  /** Alerts that came meanwhile and wait behind the "n new" chip. */
  readonly hidden: number;
}

/**
 * The list while somebody is in it: the rows that were there stay where they are, with what is known of them now;
 * rows that came wait, rows whose alerts have all closed stay as they ended (`lookUp`).
 */
export const freezeGroups = (
  shown: readonly AlertGroup[],
  current: readonly AlertGroup[],
  lookUp: (id: string) => Alert | undefined,
): Frozen => {
  const byKey = new Map(current.map((group) => [group.key, group]));
  const shownIds = new Set(shown.flatMap((group) => group.alerts.map((alert) => alert.id)));
  let hidden = 0;
  const groups = shown.map((group) => {
    const next = byKey.get(group.key);
    byKey.delete(group.key);
    hidden += next?.alerts.filter((alert) => !shownIds.has(alert.id)).length ?? 0;
    const alerts = group.alerts.map((alert) => lookUp(alert.id) ?? alert);
    const same = alerts.every((alert, place) => alert === group.alerts[place]);
    return same ? group : { key: group.key, alerts };
  });
  // A vehicle may be identified while its line stands: what is shown already is not new under another key.
  for (const group of byKey.values()) {
    hidden += group.alerts.filter((alert) => !shownIds.has(alert.id)).length;
  }
  return { groups: groups.every((group, place) => group === shown[place]) ? shown : groups, hidden };
};
