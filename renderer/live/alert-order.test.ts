import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Alert } from '../../contract/domain.ts';
import {
  compareAlerts,
  createGrouping,
  freezeGroups,
  isOneFinding,
  newestOf,
  newestUnacknowledged,
  nextUnacknowledged,
} from './alert-order.ts';
import type { AlertGroup, Grouped } from './alert-order.ts';
import { anAlert } from './test-values.ts';

const grouped = (alerts: readonly Alert[]): Grouped =>
  createGrouping()(new Map(alerts.map((alert) => [alert.id, alert])), () => true);
const groupAlerts = (alerts: readonly Alert[]): readonly AlertGroup[] => grouped(alerts).groups;

const ids = (groups: readonly AlertGroup[]): readonly string[] =>
  groups.map((group) => group.alerts.map((alert) => alert.id).join('+'));

const car = (vehicleIndex: number): Partial<Alert> => ({ vehicleIndex });

describe('the order of alerts', () => {
  test('is unacknowledged, then severity, then newest', () => {
    const alerts = [
      anAlert('acknowledged', {
        ...car(1),
        severity: 'critical',
        state: 'active-acknowledged',
        raisedAt: 9000,
      }),
      anAlert('old warning', { ...car(2), raisedAt: 1000 }),
      anAlert('new warning', { ...car(3), raisedAt: 2000 }),
      anAlert('critical', { ...car(4), severity: 'critical', raisedAt: 500 }),
      anAlert('cleared', { ...car(5), state: 'cleared-unacknowledged', raisedAt: 1500 }),
    ];
    expect(ids(groupAlerts(alerts))).toEqual([
      'critical',
      'new warning',
      'cleared',
      'old warning',
      'acknowledged',
    ]);
  });

  test('puts the alerts of one car in one pass on one line', () => {
    const alerts = [
      anAlert('a', { ...car(12), severity: 'critical' }),
      anAlert('b', { ...car(12), position: '2La' }),
      anAlert('c', { ...car(12), passId: 'p2' }),
      anAlert('blind', {
        vehicleIndex: undefined,
        rule: 'camera-blind',
        severity: 'critical',
        position: 'left',
      }),
    ];
    expect(ids(groupAlerts(alerts))).toEqual(['a+b', 'blind', 'c']);
  });
});

describe('a frozen list', () => {
  const first = anAlert('first', car(1));
  const second = anAlert('second', car(2));
  const shown = groupAlerts([first, second]);
  const look =
    (...alerts: readonly Alert[]) =>
    (id: string) =>
      alerts.find((alert) => alert.id === id);

  test('keeps its rows in place and counts what came', () => {
    const worse = anAlert('worse', { ...car(3), severity: 'critical' });
    const same = anAlert('same car', { ...car(2), position: '1Ra' });
    const all = [first, second, worse, same];
    const frozen = freezeGroups(shown, grouped(all), look(...all));
    expect(ids(frozen.groups)).toEqual(['first', 'second']);
    expect(frozen.hidden).toBe(2);
  });

  test('shows what became of its rows', () => {
    const done: Alert = { ...first, state: 'closed' };
    const frozen = freezeGroups(shown, grouped([second]), look(done, second));
    expect(ids(frozen.groups)).toEqual(['first', 'second']);
    expect(frozen.groups[0]?.alerts[0]?.state).toBe('closed');
    expect(frozen.hidden).toBe(0);
  });

  test('keeps its identity when nothing changed', () => {
    expect(freezeGroups(shown, grouped([first, second]), look(first, second)).groups).toBe(shown);
  });
});

test('the banner names the newest unacknowledged alert', () => {
  const newest = anAlert('newest', { raisedAt: 3000 });
  const acknowledged = anAlert('acknowledged', { raisedAt: 4000, state: 'active-acknowledged' });
  expect(newestUnacknowledged([anAlert('older'), newest, acknowledged])?.id).toBe('newest');
  const critical = anAlert('critical', { raisedAt: 2000, severity: 'critical' });
  expect(newestUnacknowledged([newest, critical, acknowledged])?.id).toBe('critical');
  const newer = anAlert('newer', { raisedAt: 2500, severity: 'critical' });
  expect(newestUnacknowledged([newest, critical, newer])?.id).toBe('newer');
});

test('F2 goes through the unacknowledged alerts and begins again', () => {
  const alerts = [anAlert('a', { raisedAt: 3000 }), anAlert('b', { raisedAt: 2000 })];
  expect(nextUnacknowledged(alerts, undefined)?.id).toBe('a');
  expect(nextUnacknowledged(alerts, 'a')?.id).toBe('b');
  expect(nextUnacknowledged(alerts, 'b')?.id).toBe('a');
});

describe('one cause, one line', () => {
  const vehicle = { vehicleNumber: '9870 1156', position: '3Rb', rule: 'trend' } as const;

  test('a vehicle is one line, in whichever passes its alerts are', () => {
    const groups = groupAlerts([
      anAlert('first', { ...vehicle, passId: 'p1', vehicleIndex: 12, raisedAt: 1000 }),
      anAlert('second', { ...vehicle, passId: 'p2', vehicleIndex: 17, raisedAt: 2000 }),
      anAlert('other', { vehicleNumber: '9870 1', passId: 'p2', vehicleIndex: 18, raisedAt: 500 }),
    ]);
    expect(ids(groups)).toEqual(['second+first', 'other']);
    expect(groups.map((group) => newestOf(group)?.id)).toEqual(['second', 'other']);
    expect(groups.map((group) => isOneFinding(group))).toEqual([true, true]);
  });

  test('another place, another rule, or twice in one pass is not one finding', () => {
    const first = anAlert('first', { ...vehicle, passId: 'p1' });
    const group = (changed: Partial<Alert>) => ({
      key: 'k',
      alerts: [first, anAlert('second', { ...vehicle, passId: 'p2', ...changed })],
    });
    expect(isOneFinding(group({}))).toBe(true);
    expect(isOneFinding(group({ position: '3Ra' }))).toBe(false);
    expect(isOneFinding(group({ rule: 'height' }))).toBe(false);
    expect(isOneFinding(group({ passId: 'p1' }))).toBe(false);
  });

  test('a vehicle that is identified while its line stands is not counted as new', () => {
    const unknown = anAlert('a', { vehicleIndex: 3 });
    const known = anAlert('a', { vehicleIndex: 3, vehicleNumber: '9870 3' });
    const frozen = freezeGroups(groupAlerts([unknown]), grouped([known]), () => known);
    expect(frozen.hidden).toBe(0);
    expect(frozen.groups[0]?.alerts).toEqual([known]);
  });
});

test('what is on the shelf is neither the newest nor the next', () => {
  const alerts = [anAlert('new', { raisedAt: 2000 }), anAlert('old', { raisedAt: 1000 })];
  expect(newestUnacknowledged(alerts, new Set(['new']))?.id).toBe('old');
  expect(nextUnacknowledged(alerts, undefined, new Set(['new']))?.id).toBe('old');
  expect(newestUnacknowledged(alerts, new Set(['new', 'old']))).toBeUndefined();
});

describe('groups that are kept up to date', () => {
  /** The rule itself: everything sorted anew. */
  const sortedAnew = (alerts: readonly Alert[], keeps: (alert: Alert) => boolean): readonly string[] => {
    const groups = new Map<string, string[]>();
    for (const alert of alerts.filter(keeps).sort(compareAlerts)) {
      const key = alert.vehicleNumber ?? `${alert.passId ?? ''}/${alert.vehicleIndex ?? alert.id}`;
      groups.set(key, [...(groups.get(key) ?? []), alert.id]);
    }
    return [...groups.values()].map((members) => members.join('+'));
  };
  const anyAlert = fc
    .record({
      id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'),
      vehicleIndex: fc.constantFrom(1, 2, undefined),
      vehicleNumber: fc.constantFrom(undefined, '9870 1', '9870 2'),
      severity: fc.constantFrom('critical', 'warning'),
      state: fc.constantFrom('active-unacknowledged', 'active-acknowledged', 'cleared-unacknowledged'),
      raisedAt: fc.integer({ min: 0, max: 3 }),
    })
    .map(({ id, vehicleIndex, vehicleNumber, ...rest }) =>
      anAlert(id, {
        ...rest,
        vehicleIndex,
        vehicleNumber: vehicleIndex === undefined ? undefined : vehicleNumber,
      }),
    );
  const step = fc.oneof(
    fc.record({ put: fc.array(anyAlert, { maxLength: 4 }), remove: fc.constant<string[]>([]) }),
    fc.record({ put: fc.constant<Alert[]>([]), remove: fc.array(fc.constantFrom('a', 'b', 'c', 'd')) }),
  );
  const all = (): boolean => true;
  const critical = ({ severity }: Alert): boolean => severity === 'critical';

  test('are the groups that sorting everything anew gives, whatever came, changed or went', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(step, fc.boolean()), { maxLength: 12 }), (steps) => {
        const grouping = createGrouping();
        let alerts: ReadonlyMap<string, Alert> = new Map();
        for (const [{ put, remove }, filtered] of steps) {
          const next = new Map(alerts);
          for (const alert of put) next.set(alert.id, alert);
          for (const id of remove) next.delete(id);
          alerts = next;
          const keeps = filtered ? critical : all;
          const { groups, size, has } = grouping(alerts, keeps);
          const expected = [...alerts.values()].filter(keeps);
          expect(ids(groups)).toEqual(sortedAnew([...alerts.values()], keeps));
          expect(size).toBe(expected.length);
          expect([...alerts.keys()].filter(has)).toEqual(expected.map(({ id }) => id));
        }
      }),
    );
  });

  test('stay the same objects when nothing in them changed', () => {
    const first = anAlert('first', car(1));
    const second = anAlert('second', car(2));
    const grouping = createGrouping();
    const before = grouping(new Map([['first', first]]), all).groups;
    const after = grouping(new Map([first, second].map((alert) => [alert.id, alert])), all).groups;
    expect(after).toHaveLength(2);
    expect(after.find(({ key }) => key === before[0]?.key)).toBe(before[0]);
  });
});
