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

test('three at once, the rest of a burst together and counted once each', () => {
  const grouping = createGrouping();
  const shown = Array.from({ length: 20 }, (_, index) => grouping.add(alert(`${index}`), index * 10));
  expect(shown.filter((one) => one !== undefined).map(({ id }) => id)).toEqual(['0', '1', '2']);
  grouping.add(alert('19'), 300);
  expect(grouping.due(2029)).toEqual([]);
  expect(grouping.dueAt()).toBe(2030);
  expect(grouping.due(2030).map(({ id }) => id)).toEqual(
    Array.from({ length: 17 }, (_, index) => `${index + 3}`),
  );
  expect(grouping.due(9000)).toEqual([]);
  expect(grouping.dueAt()).toBeUndefined();
});

test('alerts that come slowly are never grouped', () => {
  const grouping = createGrouping();
  for (let index = 0; index < 10; index += 1) {
    expect(grouping.add(alert(`${index}`), index * 700)).toBeDefined();
  }
});

test('a flood without end becomes one notification every two seconds', () => {
  const grouping = createGrouping();
  let groups = 0;
  let told = 0;
  for (let now = 0; now <= 60_000; now += 5) {
    told += grouping.add(alert(`${now}`), now) ? 1 : 0;
    const due = grouping.due(now);
    groups += due.length > 0 ? 1 : 0;
    told += due.length;
  }
  told += grouping.due(70_000).length;
  expect(told).toBe(12_001);
  expect(groups).toBeLessThanOrEqual(30);
});
