import type { Change } from '../../contract/changes.ts';
import type { Alert, AlertEvent } from '../../contract/domain.ts';
import type { FakeMain } from './fake-main.ts';
import { countAlerts, livePass, makeAlerts, managedAlerts, manyAlerts } from './world.ts';

/** The alerts of the fake main process, and their history as far as it was made in the page. */
export interface AlertWorld {
  readonly alerts: Map<string, Alert>;
  /** Unacknowledged first, then severity, then newest. */
  readonly ordered: () => Alert[];
  readonly counts: () => ReturnType<typeof countAlerts>;
  readonly eventsOf: (alert: Alert) => readonly AlertEvent[];
  /** Replaces the alert, remembers the event, and tells the window a moment later as main does. */
  readonly change: (alert: Alert, kind: string, details?: AlertEvent['details']) => Alert;
  readonly add: (alerts: readonly Alert[]) => void;
}

const firstAlerts = ({ options: { scenario, seen }, startedAt: now }: FakeMain): readonly Alert[] => {
  if (scenario === 'empty' || scenario === 'quiet' || scenario === 'flood-live') return [];
  const usual = makeAlerts(now).filter(
    (alert) => (alert.vehicleIndex ?? 0) <= seen || alert.passId !== livePass,
  );
  if (scenario === 'managed') return [...usual, ...managedAlerts(now)];
  return scenario === 'flood' ? [...usual, ...manyAlerts(now, 5000)] : usual;
};

const beginnings = (alert: Alert): readonly AlertEvent[] => {
  const event = { alertId: alert.id, actor: 'system', workstation: 'RCC-FOLK-03', details: {} };
  const raised = { value: alert.value };
  return [
    { ...event, actor: 'analysis', at: alert.raisedAt, kind: 'raised', details: raised },
    { ...event, at: alert.raisedAt + 90, kind: 'notified' },
    ...(alert.escalatedAt === undefined ? [] : [{ ...event, at: alert.escalatedAt, kind: 'escalated' }]),
    ...(alert.acknowledgedAt === undefined
      ? []
      : [
          {
            ...event,
            at: alert.acknowledgedAt,
            actor: alert.acknowledgedBy ?? '',
            kind: 'acknowledged',
            details: alert.comment === undefined ? {} : { comment: alert.comment },
          },
        ]),
  ];
};

const worlds = new WeakMap<FakeMain, AlertWorld>();

/** One for each fake main process, whichever part asks first. */
export const alertWorldOf = (main: FakeMain): AlertWorld => {
  const known = worlds.get(main);
  if (known !== undefined) return known;
  const alerts = new Map<string, Alert>(firstAlerts(main).map((alert) => [alert.id, alert]));
  const events = new Map<string, AlertEvent[]>();
  const counts = () => countAlerts(alerts.values());
  const eventsOf = (alert: Alert): AlertEvent[] => {
    const made = events.get(alert.id) ?? [...beginnings(alert)];
    events.set(alert.id, made);
    return made;
  };
  const tell = (changed: readonly Alert[]): void =>
    main.send([
      ...changed.map((alert): Change => ({ kind: 'alert', alert })),
      { kind: 'counts', counts: counts() },
    ]);
  const world: AlertWorld = {
    alerts,
    counts,
    eventsOf,
    ordered: () =>
      [...alerts.values()]
        .filter(({ state }) => state !== 'closed')
        .sort(
          (left, right) =>
            Number(left.state === 'active-acknowledged') - Number(right.state === 'active-acknowledged') ||
            left.severity.localeCompare(right.severity) ||
            right.raisedAt - left.raisedAt,
        ),
    change: (alert, kind, details = {}) => {
      const { name, workstation } = main.session();
      const before = alerts.get(alert.id);
      if (before !== undefined) {
        eventsOf(before).push({ alertId: alert.id, at: Date.now(), actor: name, workstation, kind, details });
      }
      alerts.set(alert.id, alert);
      setTimeout(() => tell([alert]), 40);
      return alert;
    },
    add: (more) => {
      for (const alert of more) alerts.set(alert.id, alert);
      tell(more);
    },
  };
  worlds.set(main, world);
  return world;
};
