import { describe, expect, test } from 'vitest';
import { createScript, measured, wholeVehicle } from '../../tests/shared/camera-events.ts';
import type { Script } from '../../tests/shared/camera-events.ts';
import { folded } from '../../tests/shared/folded.ts';
import type { Measurement } from '../springs/measurement.ts';

const passId = (number: number): string => `0b9f1c1e-0000-4000-8000-${String(number).padStart(12, '0')}`;

interface Run {
  readonly number: number;
  readonly measurements: readonly Measurement[];
  readonly contradicted?: boolean;
  readonly end?: 'abort';
}

/** The same vehicle runs past the same site again. */
function run(script: Script, { number, measurements, contradicted, end }: Run): void {
  const id = passId(number);
  script.start(id);
  const identified = {
    type: 'vehicle.identified',
    index: 1,
    vehicleNumber: '9870 1001',
    vehicleType: 'carrier-truck',
    axles: 4,
    leadingEnd: 'A',
  } as const;
  script.say(identified, id);
  if (contradicted) script.say({ ...identified, axles: 6 }, id);
  script.measure(1, measurements, id);
  if (end) script.say({ type: 'pass.aborted', reason: 'lost' }, id);
  else script.complete(1, id);
}

const without3Rb = wholeVehicle().filter(
  ({ axle, side, nest }) => !(axle === 3 && side === 'right' && nest === 'trail'),
);

const sizes = [1, 4, 1_000];

describe.each(sizes)('in batches of %i', (size) => {
  test('a spring that is blank for the third time running is unseen, aborted passes included', async () => {
    const script = createScript();
    run(script, { number: 1, measurements: without3Rb });
    run(script, { number: 2, measurements: without3Rb, end: 'abort' });
    expect((await folded(script.entries, { size })).alerts()).toEqual([]);
    run(script, { number: 3, measurements: without3Rb });
    expect((await folded(script.entries, { size })).alerts()).toEqual([
      '1 3Rb unseen warning active-unacknowledged',
    ]);
  });

  test('a contradicted pass is no history', async () => {
    const script = createScript();
    run(script, { number: 1, measurements: without3Rb });
    run(script, { number: 2, measurements: without3Rb, contradicted: true });
    run(script, { number: 3, measurements: without3Rb });
    expect((await folded(script.entries, { size })).alerts()).toEqual([
      '1 - identity warning active-unacknowledged',
    ]);
  });

  test('a contradiction after the end takes the pass out of the history of later ones', async () => {
    const script = createScript();
    run(script, { number: 1, measurements: without3Rb });
    run(script, { number: 2, measurements: without3Rb });
    script.say(
      {
        type: 'vehicle.identified',
        index: 1,
        vehicleNumber: 'other',
        vehicleType: 'loader',
        axles: 4,
        leadingEnd: 'A',
      },
      passId(2),
    );
    run(script, { number: 3, measurements: without3Rb });
    expect((await folded(script.entries, { size })).alerts()).toEqual([
      '1 - identity warning active-unacknowledged',
    ]);
  });

  test('slow settling adds up against the earliest passes', async () => {
    const script = createScript();
    for (let number = 1; number <= 9; number += 1) {
      const settled = measured({ heightCmm: 23_000 - number * 100 });
      run(script, { number, measurements: [...wholeVehicle().slice(1), settled] });
    }
    const result = await folded(script.entries, { size });
    // Baseline of pass 9: −100 … −800, lower median −400, so −900 has dropped by 5 mm only.
    expect(result.alerts()).toEqual([]);
    run(script, {
      number: 10,
      measurements: [...wholeVehicle().slice(1), measured({ heightCmm: 21_900 })],
    });
    const after = await folded(script.entries, { size });
    expect(after.alerts()).toEqual(['1 1La trend warning active-unacknowledged']);
    expect(after.transitions.at(-1)).toMatchObject({ value: 600, limit: 600 });
  });

  test('a late measurement of an earlier pass counts from then on', async () => {
    const script = createScript();
    run(script, { number: 1, measurements: without3Rb });
    run(script, { number: 2, measurements: without3Rb });
    script.measure(1, [measured({ axle: 3, side: 'right', nest: 'trail' })], passId(1));
    run(script, { number: 3, measurements: without3Rb });
    expect((await folded(script.entries, { size })).alerts()).toEqual([]);
  });
});
