import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFold } from '../../main/passes/fold.ts';
import { createIntake } from '../../main/passes/intake.ts';
import type { Intake } from '../../main/passes/intake.ts';
import type { LocalStore } from '../../main/sqlite/local-store.ts';
import { createScript, wholeVehicle } from '../shared/camera-events.ts';
import type { Script } from '../shared/camera-events.ts';
import { passIdOf, sharedRows, testStore } from '../shared/local-store.ts';
import type { TestStore } from '../shared/local-store.ts';

/* Rule 5 at this workstation: what was measured before a maintenance mark is no baseline (docs/domain.md). */

let place: TestStore;
let store: LocalStore;
let intake: Intake;
let script: Script;
beforeEach(async () => {
  place = testStore();
  store = await place.open();
  intake = createIntake({
    journal: store,
    replica: store,
    fold: createFold(store),
    onCommitted: () => undefined,
    onFault: (error) => {
      throw error;
    },
  });
  script = createScript();
});
afterEach(async () => {
  await store.close();
  place.remove();
});

let delivered = 0;
/** One vehicle passes; its first left spring stands `lowerCmm` lower than the others. */
async function passes(number: number, lowerCmm: number): Promise<readonly string[]> {
  const passId = passIdOf(number);
  script.start(passId);
  script.say(
    {
      type: 'vehicle.identified',
      index: 1,
      vehicleNumber: 'V',
      vehicleType: 'carrier-truck',
      axles: 4,
      leadingEnd: 'A',
    },
    passId,
  );
  const [first, ...others] = wholeVehicle();
  if (!first) throw new Error('a vehicle has springs');
  script.measure(1, [{ ...first, heightCmm: 23_000 - lowerCmm }, ...others], passId);
  script.complete(1, passId);
  await intake.deliver(script.entries.slice(delivered));
  delivered = script.entries.length;
  await intake.settled();
  const { items } = await store.listAlerts({ passId, limit: 50 });
  return items.map(({ rule }) => rule);
}

test('a spring that has settled is a trend; after its springs were renewed the vehicle begins anew', async () => {
  delivered = 0;
  for (let number = 1; number <= 6; number += 1) expect(await passes(number, 0)).toEqual([]);
  expect(await passes(7, 800)).toEqual(['trend']);

  const last = (await store.getPass(passIdOf(7)))?.pass.startedAt ?? 0;
  await intake.applyShared(sharedRows({ maintenance: [{ vehicleNumber: 'V', at: last }] }));
  // Too little is known of the new springs for a trend; then they are their own baseline.
  expect(await passes(8, 800)).toEqual([]);
  for (let number = 9; number <= 13; number += 1) expect(await passes(number, -400)).toEqual([]);
  expect(await passes(14, 400)).toEqual(['trend']);
});
