import { describe, expect, test } from 'vitest';
import { addAlerts, applyBatch, applySnapshot } from './apply.ts';
import { initialState } from './state.ts';
import type { LiveState } from './state.ts';
import { anAlert, aPass, aSnapshot, aSound, aSpring, aVehicle } from './test-values.ts';

const started = (): LiveState =>
  applySnapshot(initialState, aSnapshot(10, [aPass('p1')], [aVehicle('p1', 1), aVehicle('p1', 2)]));

const applied = (
  state: LiveState,
  first: number,
  ...changes: Parameters<typeof applyBatch>[1]['changes']
): LiveState => {
  const result = applyBatch(state, { first, changes });
  if (result.kind === 'hole') throw new Error('a hole');
  return result.state;
};

describe('a batch', () => {
  test('moves the sequence by its changes', () => {
    const state = applied(
      started(),
      11,
      { kind: 'pass', pass: aPass('p2', { startedAt: 2000 }) },
      { kind: 'alert', alert: anAlert('a1') },
    );
    expect(state.sequence).toBe(12);
    expect(state.passOrder).toEqual(['p2', 'p1']);
    expect(state.alerts.get('a1')?.rule).toBe('height');
  });

  test('beyond the next number is a hole', () => {
    expect(applyBatch(started(), { first: 12, changes: [{ kind: 'alert', alert: anAlert('a1') }] })).toEqual({
      kind: 'hole',
    });
  });

  test('seen before changes nothing', () => {
    const state = started();
    const result = applyBatch(state, { first: 10, changes: [{ kind: 'alert', alert: anAlert('a1') }] });
    expect(result).toEqual({ kind: 'old', state });
  });

  test('seen in part applies the rest only', () => {
    const state = applied(
      started(),
      10,
      { kind: 'alert', alert: anAlert('seen') },
      { kind: 'alert', alert: anAlert('new') },
    );
    expect([...state.alerts.keys()]).toEqual(['new']);
    expect(state.sequence).toBe(11);
  });

  test('does not put an older revision of a pass over a newer one', () => {
    const state = applied(started(), 11, {
      kind: 'pass',
      pass: aPass('p1', { revision: 9, trainNumber: 'old' }),
    });
    expect(state.passes.get('p1')?.trainNumber).toBe('6412');
  });

  test('takes a confirmation, which leaves the revision as it is', () => {
    const state = applied(started(), 11, { kind: 'pass', pass: aPass('p1', { status: 'confirmed' }) });
    expect(state.passes.get('p1')?.status).toBe('confirmed');
  });

  test('keeps unchanged springs and vehicles as they are', () => {
    const before = started();
    const springs = ['1La', '1Lb', '1Ra'].map((position) => aSpring(position));
    const vehicle = aVehicle('p1', 1, {
      springs: [...springs, aSpring('1Rb', { state: 'critical', heightCmm: 17000 })],
    });
    const state = applied(
      before,
      11,
      { kind: 'vehicle', vehicle },
      { kind: 'vehicle', vehicle: aVehicle('p1', 2) },
    );
    const known = before.watched?.vehicles.get(1);
    const next = state.watched?.vehicles.get(1);
    expect(next?.springs[0]).toBe(known?.springs[0]);
    expect(next?.springs[3]?.state).toBe('critical');
    expect(state.watched?.vehicles.get(2)).toBe(before.watched?.vehicles.get(2));
  });

  test('ignores vehicles of a pass that is not watched', () => {
    const before = started();
    const state = applied(before, 11, { kind: 'vehicle', vehicle: aVehicle('p9', 1) });
    expect(state.watched).toBe(before.watched);
  });

  test('moves an alert that closed out of the open ones and remembers it', () => {
    const open = applied(started(), 11, { kind: 'alert', alert: anAlert('a1') });
    const state = applied(open, 12, { kind: 'alert', alert: anAlert('a1', { state: 'closed' }) });
    expect(state.alerts.has('a1')).toBe(false);
    expect(state.closedAlerts.get('a1')?.state).toBe('closed');
  });
});

describe('a snapshot', () => {
  test('keeps what it says again unchanged', () => {
    const before = started();
    const after = applySnapshot(before, aSnapshot(50, [aPass('p1')], [aVehicle('p1', 1), aVehicle('p1', 2)]));
    expect(after.sequence).toBe(50);
    expect(after.passes.get('p1')).toBe(before.passes.get('p1'));
    expect(after.watched?.vehicles.get(1)).toBe(before.watched?.vehicles.get(1));
    expect(after.passOrder).toBe(before.passOrder);
  });

  test('does not bring back an older revision', () => {
    const newer = applied(started(), 11, {
      kind: 'pass',
      pass: aPass('p1', { revision: 20, state: 'critical' }),
    });
    const after = applySnapshot(newer, aSnapshot(11, [aPass('p1', { revision: 15 })]));
    expect(after.passes.get('p1')?.state).toBe('critical');
  });
});

test('later pages of alerts do not overwrite what live changes told', () => {
  const live = applied(started(), 11, {
    kind: 'alert',
    alert: anAlert('a1', { state: 'active-acknowledged' }),
  });
  const state = addAlerts(live, [anAlert('a1'), anAlert('a2')]);
  expect(state.alerts.get('a1')?.state).toBe('active-acknowledged');
  expect(state.alerts.has('a2')).toBe(true);
});

describe('reference data', () => {
  test('counts what was changed, kind by kind', () => {
    const state = applied(
      started(),
      11,
      { kind: 'reference', about: 'user' },
      { kind: 'reference', about: 'user' },
      { kind: 'reference', about: 'threshold' },
    );
    expect(state.references).toMatchObject({ user: 2, threshold: 1, setting: 0 });
  });

  test('counts for every kind what a new snapshot may have skipped, and nothing otherwise', () => {
    const state = started();
    expect(applySnapshot(state, aSnapshot(10, [])).references).toEqual(initialState.references);
    expect(applySnapshot(state, aSnapshot(14, [])).references).toMatchObject({ user: 1, setting: 1 });
  });
});

test('the sound comes with the snapshot and then by its own changes', () => {
  const state = applySnapshot(initialState, aSnapshot(3, []));
  expect(state.sound).toEqual(aSound());
  const muted = aSound({ mutedUntil: 9000, mutedBy: 'Alan Martin' });
  const next = applyBatch(state, { first: 4, changes: [{ kind: 'sound', sound: muted }] });
  expect(next.kind === 'applied' && next.state.sound).toEqual(muted);
  expect(next.kind === 'applied' && next.state.alerts).toBe(state.alerts);
});

test('an alert that says the same again keeps its identity, what is known of earlier ones included', () => {
  const known = { since: 1, times: 4, acknowledgedBy: 'B. Lee' };
  const first = applyBatch(
    { ...initialState, sequence: 0 },
    { first: 1, changes: [{ kind: 'alert', alert: anAlert('a', { known }) }] },
  );
  if (first.kind !== 'applied') throw new Error('not applied');
  const again = applyBatch(first.state, {
    first: 2,
    changes: [{ kind: 'alert', alert: anAlert('a', { known: { ...known } }) }],
  });
  expect(again.kind === 'applied' && again.state.alerts).toBe(first.state.alerts);
  const more = applyBatch(first.state, {
    first: 2,
    changes: [{ kind: 'alert', alert: anAlert('a', { known: { ...known, times: 5 } }) }],
  });
  expect(more.kind === 'applied' && more.state.alerts.get('a')?.known?.times).toBe(5);
});
