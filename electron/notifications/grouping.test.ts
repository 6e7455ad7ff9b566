import { expect, test } from 'vitest';
import type { Alert } from '../../contract/domain.ts';
import { createGrouping } from './grouping.ts';

const alert = (id: string): Alert => ({
  id,
  rule: 'defect',
  severity: 'critical',
  state: 'active-unacknowledged',
  present: true,
  raisedAt: 0,
  receivedAt: 0,
  provisional: false,
});

const ids = (alerts: readonly Alert[]) => alerts.map(({ id }) => id);

test('three at once, the rest of a burst together and counted once each', () => {
  const grouping = createGrouping();
  const shown = Array.from({ length: 9 }, (_, index) => grouping.add(alert(`${index}`), index * 10));
  expect(shown.filter((one) => one !== undefined).map(({ id }) => id)).toEqual(['0', '1', '2']);
  grouping.add(alert('8'), 300);
  expect(grouping.due(2029).alerts).toEqual([]);
  expect(grouping.dueAt()).toBe(2030);
  const group = grouping.due(2030);
  expect(ids(group.alerts)).toEqual(['3', '4', '5', '6', '7', '8']);
  expect(group.flood).toBeUndefined();
  expect(grouping.due(9000).alerts).toEqual([]);
  expect(grouping.dueAt()).toBeUndefined();
});

test('ten alerts in ten minutes are never grouped when they come slowly', () => {
  const grouping = createGrouping();
  for (let index = 0; index < 50; index += 1) {
    expect(grouping.add(alert(`${index}`), index * 60_000)).toBeDefined();
  }
});

test('the eleventh in ten minutes is a flood: it says so, and gives each its own again when it is over', () => {
  const grouping = createGrouping();
  for (let index = 0; index < 10; index += 1) {
    expect(grouping.add(alert(`${index}`), index * 1_000)).toBeDefined();
  }
  expect(grouping.add(alert('10'), 10_000)).toBeUndefined();
  expect(grouping.due(12_000)).toMatchObject({ alerts: [{ id: '10' }], flood: 11 });
  expect(grouping.add(alert('11'), 100_000)).toBeUndefined();
  expect(grouping.due(102_000)).toMatchObject({ alerts: [{ id: '11' }], flood: 12 });
  expect(grouping.add(alert('12'), 700_000)).toBeDefined();
});

test('alerts that nobody is notified of make a flood too', () => {
  const grouping = createGrouping();
  for (let index = 0; index < 10; index += 1) grouping.count(index);
  expect(grouping.add(alert('critical'), 100)).toBeUndefined();
  expect(grouping.due(2_100).flood).toBe(11);
});

test('5,000 alerts in a minute: few notifications, every alert in one of them, exact numbers', () => {
  const grouping = createGrouping();
  const told = new Set<string>();
  const floods: (number | undefined)[] = [];
  for (let count = 0; count < 5_000; count += 1) {
    const now = count * 12;
    const single = grouping.add(alert(`${count}`), now);
    if (single) told.add(single.id);
    const { alerts, flood } = grouping.due(now);
    if (alerts.length > 0) floods.push(flood);
    for (const one of alerts) told.add(one.id);
  }
  const last = grouping.due(90_000);
  for (const one of last.alerts) told.add(one.id);
  floods.push(last.flood);
  expect(told.size).toBe(5_000);
  expect(floods.length).toBeLessThanOrEqual(4);
  expect(floods.at(-1)).toBe(5_000);
});

test('what pauses is told at the pause', () => {
  const grouping = createGrouping();
  for (let index = 0; index < 20; index += 1) grouping.add(alert(`${index}`), index);
  expect(grouping.due(2_100).flood).toBe(20);
  for (let index = 20; index < 25; index += 1) grouping.add(alert(`${index}`), 5_000 + index * 100);
  expect(grouping.dueAt()).toBe(9_400);
  expect(ids(grouping.due(9_400).alerts)).toEqual(['20', '21', '22', '23', '24']);
});
