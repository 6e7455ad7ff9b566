import { describe, expect, test } from 'vitest';
import type { Alert, AlertState } from '../../contract/domain.ts';
import { acknowledge, acknowledgeLate, addComment } from './acts.ts';
import { applyTransition, closeOnConfirmation, compareAlerts } from './lifecycle.ts';
import type { AlertTransition } from './transition.ts';

const transition = (overrides: Partial<AlertTransition> = {}): AlertTransition => ({
  kind: 'raised',
  alertId: 'alert',
  passId: 'pass',
  vehicleIndex: 3,
  position: '3Rb',
  rule: 'height',
  severity: 'warning',
  present: true,
  value: 19_000,
  limit: 19_500,
  streamId: 'stream',
  seq: 7,
  at: 1_000,
  receivedAt: 2_000,
  ...overrides,
});

const act = {
  actor: 'mona',
  subject: 'mona',
  role: 'operator',
  workstation: 'RCC-1',
  at: 5_000,
  correlationId: 'c',
};

function alertIn(state: AlertState, overrides: Partial<Alert> = {}): Alert {
  const { alert } = applyTransition(undefined, transition());
  const acknowledged = state === 'active-acknowledged' || state === 'closed';
  const present = state.startsWith('active');
  return {
    ...alert,
    state,
    present,
    ...(acknowledged ? { acknowledgedBy: 'ada', acknowledgedAt: 4_000 } : undefined),
    ...overrides,
  };
}

describe('a condition changes', () => {
  test.each([
    ['active-unacknowledged', 'cleared', 'warning', 'cleared-unacknowledged', ['cleared']],
    ['active-acknowledged', 'cleared', 'warning', 'closed', ['cleared', 'closed']],
    ['cleared-unacknowledged', 'cleared', 'warning', 'cleared-unacknowledged', []],
    ['closed', 'cleared', 'warning', 'closed', []],
    ['active-unacknowledged', 'severity-raised', 'critical', 'active-unacknowledged', ['severity-raised']],
    ['active-acknowledged', 'severity-raised', 'critical', 'active-unacknowledged', ['severity-raised']],
    ['cleared-unacknowledged', 'returned', 'warning', 'active-unacknowledged', ['returned']],
    ['cleared-unacknowledged', 'returned', 'critical', 'active-unacknowledged', ['returned']],
    ['closed', 'returned', 'warning', 'active-unacknowledged', ['returned']],
    ['active-unacknowledged', 'raised', 'warning', 'active-unacknowledged', []],
    ['active-acknowledged', 'raised', 'warning', 'active-acknowledged', []],
    ['active-acknowledged', 'returned', 'warning', 'active-acknowledged', []],
  ] as const)('%s, %s as %s: %s, events %j', (before, kind, severity, after, kinds) => {
    const change = applyTransition(alertIn(before), transition({ kind, severity }));
    expect(change.alert.state).toBe(after);
    expect(change.events.map((event) => event.kind)).toEqual(kinds);
    if (after === 'active-unacknowledged' && before !== after) {
      expect(change.alert.acknowledgedBy).toBeUndefined();
    }
  });

  test('the first raise makes it, with the time of the event and of receipt', () => {
    const { alert, events } = applyTransition(undefined, transition(), 'RCC-1');
    expect(alert).toMatchObject({ state: 'active-unacknowledged', raisedAt: 1_000, receivedAt: 2_000 });
    expect(events).toMatchObject([{ kind: 'raised', at: 2_000, workstation: 'RCC-1' }]);
  });

  test('severity latches', () => {
    const critical = alertIn('cleared-unacknowledged', { severity: 'critical' });
    const back = applyTransition(critical, transition({ kind: 'returned', severity: 'warning' })).alert;
    expect(back).toMatchObject({ severity: 'critical', state: 'active-unacknowledged' });
  });

  test('applied twice, the second changes nothing', () => {
    for (const kind of ['raised', 'severity-raised', 'cleared'] as const) {
      const severity = kind === 'severity-raised' ? 'critical' : 'warning';
      const once = applyTransition(alertIn('active-acknowledged'), transition({ kind, severity }));
      const twice = applyTransition(once.alert, transition({ kind, severity }));
      expect(twice.events).toEqual([]);
      expect(twice.alert).toEqual(once.alert);
    }
  });

  test('an alert closed with its pass stays closed while its condition lasts, and comes back when it rises', () => {
    const confirmed = alertIn('closed', { present: true });
    expect(applyTransition(confirmed, transition({ kind: 'cleared' })).alert).toMatchObject({
      state: 'closed',
      present: false,
    });
    const worse = transition({ kind: 'severity-raised', severity: 'critical' });
    expect(applyTransition(confirmed, worse).alert.state).toBe('active-unacknowledged');
  });
});

describe('a person acknowledges', () => {
  test.each([
    ['active-unacknowledged', 'active-acknowledged', ['acknowledged']],
    ['cleared-unacknowledged', 'closed', ['acknowledged', 'closed']],
  ] as const)('%s becomes %s', (before, after, kinds) => {
    const done = acknowledge(alertIn(before), act, { comment: 'seen' });
    if (!done.ok) throw new Error('it can be acknowledged');
    const { alert, events } = done.value;
    expect(alert).toMatchObject({
      state: after,
      acknowledgedBy: 'mona',
      acknowledgedAt: 5_000,
      comment: 'seen',
    });
    expect(events.map((event) => event.kind)).toEqual(kinds);
  });

  test('the second is told who and when', () => {
    expect(acknowledge(alertIn('active-acknowledged'), act)).toMatchObject({
      ok: false,
      error: { code: 'already-acknowledged', details: { acknowledgedBy: 'ada', acknowledgedAt: 4_000 } },
    });
  });

  test('a closed alert that nobody acknowledged is a conflict', () => {
    const closed = alertIn('closed', { acknowledgedBy: undefined });
    expect(acknowledge(closed, act)).toMatchObject({ ok: false, error: { code: 'conflict' } });
  });
});

describe('an acknowledgement made without the database', () => {
  test('counts with its own time', () => {
    const { alert } = acknowledgeLate(alertIn('active-unacknowledged'), act, {}, 1_000);
    expect(alert).toMatchObject({ state: 'active-acknowledged', acknowledgedAt: 5_000 });
  });

  test('an earlier one of somebody else stands, and both are in the history', () => {
    const { alert, events } = acknowledgeLate(alertIn('active-acknowledged'), act, {}, 1_000);
    expect(alert.acknowledgedBy).toBe('ada');
    expect(events).toMatchObject([
      { kind: 'acknowledged-late', actor: 'mona', details: { outcome: 'second' } },
    ]);
  });

  test('a later one of somebody else gives way', () => {
    const later = alertIn('active-acknowledged', { acknowledgedAt: 6_000 });
    expect(acknowledgeLate(later, act, {}, 1_000).alert.acknowledgedBy).toBe('mona');
  });

  test('says nothing of what became worse after it', () => {
    const { alert, events } = acknowledgeLate(alertIn('active-unacknowledged'), act, {}, 5_001);
    expect(alert.state).toBe('active-unacknowledged');
    expect(events).toMatchObject([{ details: { outcome: 'superseded' } }]);
  });
});

test('a comment changes the comment only', () => {
  const alert = alertIn('active-unacknowledged');
  expect(addComment(alert, act, 'look').alert).toEqual({ ...alert, comment: 'look' });
});

test('confirming closes', () => {
  expect(closeOnConfirmation(alertIn('active-acknowledged'), act).alert.state).toBe('closed');
  expect(closeOnConfirmation(alertIn('closed'), act).events).toEqual([]);
});

test('lists: unacknowledged first, then severity, then newest', () => {
  const list = [
    alertIn('closed', { id: '5', severity: 'critical' }),
    alertIn('active-unacknowledged', { id: '3', raisedAt: 9 }),
    alertIn('cleared-unacknowledged', { id: '4', raisedAt: 8 }),
    alertIn('active-unacknowledged', { id: '1', severity: 'critical', raisedAt: 2 }),
    alertIn('active-unacknowledged', { id: '2', severity: 'critical', raisedAt: 1 }),
  ];
  expect(list.toSorted(compareAlerts).map((alert) => alert.id)).toEqual(['1', '2', '3', '4', '5']);
});
