import { describe, expect, test } from 'vitest';
import { createScript, measured, passA, passB, wholeVehicle } from '../../tests/shared/camera-events.ts';
import type { Script } from '../../tests/shared/camera-events.ts';
import { folded } from '../../tests/shared/folded.ts';
import type { Folded } from '../../tests/shared/folded.ts';

function script(write: (script: Script) => void): Script {
  const written = createScript();
  write(written);
  return written;
}

const passOf = (result: Folded, passId = passA) => result.store.passes.get(passId);
const vehicleOf = (result: Folded, index: number, passId = passA) =>
  result.store.vehicles.get(passId)?.get(index);

describe('a pass in progress', () => {
  test('raises what is sure at once, the rest when it has ended', async () => {
    const written = script((s) => {
      s.start();
      s.identify(1);
      s.measure(1, wholeVehicle());
      s.measure(1, [measured({ defect: 'broken', confidence: 0.96 })]);
      s.measure(1, [measured({ axle: 3, defect: 'solid', confidence: 0.7 })]);
    });
    const during = await folded(written.entries);
    expect(during.alerts()).toEqual(['1 1La defect critical active-unacknowledged']);
    expect(vehicleOf(during, 1)?.springs[8]).toMatchObject({ position: '3La', state: 'critical' });
    expect(passOf(during)).toMatchObject({ status: 'in-progress', state: 'critical' });
    written.complete(1);
    const after = await folded(written.entries);
    expect(after.alerts()).toEqual([
      '1 1La defect critical active-unacknowledged',
      '1 3La defect critical active-unacknowledged',
    ]);
    expect(passOf(after)).toMatchObject({ status: 'pending', state: 'critical', vehicleCount: 1 });
  });

  test('a raised alert follows the judgement, sure or not: it clears and comes back', async () => {
    const written = script((s) => {
      s.start();
      s.identify(1);
      s.measure(1, [measured({ heightCmm: 17_900, confidence: 0.8 })]);
      s.measure(1, [measured({ heightCmm: 18_600, confidence: 0.85 })]);
      s.measure(1, [measured({ heightCmm: 19_600, confidence: 0.9 })]);
    });
    const cleared = await folded(written.entries);
    expect(cleared.transitions.map(({ kind, rule, severity }) => `${kind} ${rule} ${severity}`)).toEqual([
      'raised height critical',
      'raised conflict warning',
      'cleared height critical',
    ]);
    // Unsure of both springs, but as raised before it speaks at once.
    written.measure(1, [measured({ side: 'right', heightCmm: 19_600, confidence: 0.7 })]);
    written.measure(1, [measured({ heightCmm: 19_500, confidence: 0.95 })]);
    expect((await folded(written.entries)).alerts()).toEqual([
      '1 1La conflict warning active-unacknowledged',
      '1 1La height critical active-unacknowledged',
    ]);
  });

  test('judges the held messages one at a time when the identification comes', async () => {
    const written = script((s) => {
      s.start();
      s.measure(1, [measured({ heightCmm: 17_000, confidence: 0.9 })]);
      s.measure(1, [measured({ heightCmm: 23_000, confidence: 0.95 })]);
      s.identify(1);
    });
    const result = await folded(written.entries);
    expect(result.alerts()).toEqual([
      '1 1La conflict warning active-unacknowledged',
      '1 1La height critical cleared-unacknowledged',
    ]);
    expect(vehicleOf(result, 1)?.springs[1]?.state).toBeUndefined();
  });

  test('keeps the other measurements of a message that names a missing axle', async () => {
    const written = script((s) => {
      s.start();
      s.measure(1, [measured({ axle: 5 }), measured({ axle: 2 })]);
      s.identify(1);
      s.measure(1, [measured({ axle: 8 }), measured({ axle: 3 })]);
    });
    const result = await folded(written.entries);
    expect(result.rejectedSeqs()).toEqual([2, 4]);
    expect(result.store.rejections[0]?.text).toBe('message 2');
    expect(vehicleOf(result, 1)?.springs.filter((spring) => spring.heightCmm !== undefined)).toHaveLength(2);
  });
});

describe('vehicles without identification', () => {
  test('every counted or measured index is a vehicle when the pass ends', async () => {
    const written = script((s) => {
      s.start();
      s.identify(1);
      s.measure(1, wholeVehicle());
      s.measure(2, wholeVehicle(6));
      s.measure(5, [measured()]);
      s.complete(3);
    });
    const result = await folded(written.entries);
    expect(new Set(result.store.vehicles.get(passA)?.keys())).toEqual(new Set([1, 2, 3, 5]));
    expect(vehicleOf(result, 2)).toMatchObject({ identified: false, axles: 6, blankCount: 0 });
    expect(vehicleOf(result, 3)).toMatchObject({
      identified: false,
      axles: 4,
      blankCount: 16,
      state: 'warning',
    });
    expect(result.alerts()).toContain('- - count-mismatch warning active-unacknowledged');
    expect(result.alerts()).toContain('2 - identity warning active-unacknowledged');
  });

  test('one that is identified late is judged anew; alerts of positions that no longer exist clear', async () => {
    const written = script((s) => {
      s.start();
      s.measure(1, [
        ...wholeVehicle(),
        measured({ axle: 5, defect: 'broken' }),
        measured({ axle: 1, side: 'right', nest: 'trail', defect: 'missing' }),
      ]);
      s.complete(1);
      s.measure(1, [measured({ axle: 6 })]);
      s.identify(1, { leadingEnd: 'B' });
    });
    const before = await folded(written.entries.slice(0, -1));
    expect(vehicleOf(before, 1)).toMatchObject({ axles: 6, identified: false });
    const after = await folded(written.entries);
    expect(vehicleOf(after, 1)).toMatchObject({
      axles: 4,
      identified: true,
      state: 'critical',
      blankCount: 0,
    });
    expect(after.alerts()).toEqual([
      '1 - identity warning cleared-unacknowledged',
      '1 - incomplete warning cleared-unacknowledged',
      '1 1Rb defect critical cleared-unacknowledged',
      '1 4La defect critical active-unacknowledged',
      '1 5La defect critical cleared-unacknowledged',
    ]);
    expect(after.rejectedSeqs()).toEqual([2, 4]);
  });

  test('a measurement after the end makes one', async () => {
    const written = script((s) => {
      s.start();
      s.complete(0);
      s.measure(7, wholeVehicle());
    });
    const result = await folded(written.entries);
    expect(vehicleOf(result, 7)).toMatchObject({ identified: false, blankCount: 0 });
    expect(passOf(result)).toMatchObject({ state: 'warning' });
  });
});

describe('contradictions', () => {
  test.each([
    ['a start that says the same', (s: Script) => s.start(), false],
    [
      'a start that says something else',
      (s: Script) => s.say({ type: 'pass.started', trainNumber: '1', track: 'T1', direction: 'uk-fr' }),
      true,
    ],
    ['an identification that says the same', (s: Script) => s.identify(1), false],
    ['an identification that says something else', (s: Script) => s.identify(1, { axles: 6 }), true],
    ['an end that says the same', (s: Script) => s.complete(1), false],
    ['an end that says something else', (s: Script) => s.complete(2), true],
    ['an abort after the end', (s: Script) => s.say({ type: 'pass.aborted', reason: 'x' }), true],
    ['anything for an unknown pass', (s: Script) => s.measure(1, [measured()], passB), true],
  ] as const)('%s', async (_, second, rejected) => {
    const written = script((s) => {
      s.start();
      s.identify(1);
      s.measure(1, wholeVehicle());
      s.complete(1);
    });
    const before = await folded(written.entries);
    const seq = second(written);
    const after = await folded(written.entries);
    expect(after.rejectedSeqs()).toEqual(rejected ? [seq] : []);
    expect(passOf(after)?.vehicleCount).toBe(passOf(before)?.vehicleCount);
  });

  test('of an identification speaks at once and never clears', async () => {
    const written = script((s) => {
      s.start();
      s.identify(1);
      s.identify(1, { vehicleNumber: 'other' });
    });
    expect((await folded(written.entries)).alerts()).toEqual(['1 - identity warning active-unacknowledged']);
    written.identify(1);
    written.measure(1, wholeVehicle());
    written.complete(1);
    const after = await folded(written.entries);
    expect(after.alerts()).toEqual(['1 - identity warning active-unacknowledged']);
    expect(vehicleOf(after, 1)).toMatchObject({ state: 'warning', vehicleNumber: '9870 1001' });
  });
});

test('events that can no longer be delivered are an alert without a pass', async () => {
  const written = script((s) => s.start());
  written.entries.push({ kind: 'gap', streamId: 'stream', receivedAt: 9, first: 2, seq: 5 });
  const result = await folded(written.entries);
  expect(result.alerts()).toEqual(['- - data-gap warning active-unacknowledged']);
  expect(result.store.streams.get('stream')?.lastSeq).toBe(5);
});

test('a late measurement of a confirmed pass re-opens it when an alert becomes active', async () => {
  const written = script((s) => {
    s.start();
    s.identify(1);
    s.measure(1, wholeVehicle());
    s.complete(1);
  });
  const { store, fold } = await folded(written.entries);
  const pass = store.passes.get(passA);
  if (!pass) throw new Error('the pass is on record');
  store.passes.set(passA, { ...pass, status: 'confirmed', confirmedBy: 'ada' });
  const first = written.entries.length;
  written.measure(1, [measured({ heightCmm: 23_001, confidence: 0.99 })]);
  written.measure(1, [measured({ defect: 'broken' })]);
  await store.commit(await fold.apply(written.entries.slice(first, first + 1)));
  expect(store.passes.get(passA)).toMatchObject({ status: 'confirmed' });
  await store.commit(await fold.apply(written.entries.slice(first + 1)));
  expect(store.passes.get(passA)).toMatchObject({ status: 'pending', reopened: true, confirmedBy: 'ada' });
});

test('an unidentified vehicle cannot grow its record without bound', async () => {
  const written = script((s) => {
    s.start();
    for (let count = 0; count < 260; count += 1) s.measure(1, [measured()]);
  });
  expect((await folded(written.entries, { size: 500 })).rejectedSeqs()).toHaveLength(4);
});
