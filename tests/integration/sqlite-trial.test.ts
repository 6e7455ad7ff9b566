import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTrial } from '../../main/admin/trial.ts';
import type { LocalStore } from '../../main/sqlite/local-store.ts';
import { defaultThresholds } from '../../main/springs/thresholds.ts';
import { outcome, passIdOf, passRecord, springsOf, testStore, vehicleRecord } from '../shared/local-store.ts';
import type { TestStore } from '../shared/local-store.ts';

/* What other thresholds are tried on: the latest ended passes, as the replica has them. */

let place: TestStore;
let store: LocalStore;
beforeEach(async () => {
  place = testStore();
  store = await place.open();
});
afterEach(async () => {
  await store.close();
  place.remove();
});

async function fill(passes: number, vehicles: number): Promise<void> {
  for (let number = 1; number <= passes; number += 1) {
    const pass = passRecord(number, { vehicleCount: vehicles });
    await store.commit(
      outcome({
        passes: [pass],
        vehicles: Array.from({ length: vehicles }, (_, index) =>
          vehicleRecord(pass, index + 1, { springs: springsOf(4, pass.startedAt, { heightCmm: 20_600 }) }),
        ),
      }),
    );
  }
}

test('the latest ended passes come newest first, whole, without the one in progress', async () => {
  await fill(5, 2);
  await store.commit(outcome({ passes: [passRecord(6, { status: 'in-progress', endedAt: undefined })] }));
  const details = [];
  for await (const detail of store.latestEnded(3)) details.push(detail);
  expect(details.map(({ pass }) => pass.id)).toEqual([5, 4, 3].map(passIdOf));
  expect(details[0]?.vehicles.map(({ index }) => index)).toEqual([1, 2]);
  expect(details[0]?.thresholds).toEqual(defaultThresholds);
});

describe('a trial', () => {
  test('on 60 long trains counts every spring, and nobody waits for it', async () => {
    await fill(60, 36);
    const trial = createTrial({
      reads: store,
      pause: () => turn(),
      monotonic: () => performance.now(),
    });
    const { version: _v, effectiveAt: _e, createdBy: _c, reason: _r, ...values } = defaultThresholds;
    const clubCar = values.types['club-car'];
    if (!clubCar) throw new Error('there is no club-car');
    const types = { ...values.types, 'club-car': { ...clubCar, warningLowCmm: 20_700 } };
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    let turns = 0;
    let over = false;
    const counting = (async () => {
      while (!over) {
        await turn();
        turns += 1;
      }
    })();
    const result = await trial.tryThresholds({ ...values, types }, 60);
    over = true;
    await counting;
    delay.disable();
    const springs = 60 * 36 * 16;
    expect(result).toMatchObject({
      value: {
        passes: 60,
        before: { ok: springs, warning: 0 },
        after: { ok: 0, warning: springs },
        changedCount: springs,
      },
    });
    // Each train is a turn of its own at least: in between, everything else is done.
    expect(turns).toBeGreaterThan(60);
    process.stdout.write(`the event loop's delay during a trial: p99 ${delay.percentile(99) / 1e6} ms\n`);
  }, 60_000);
});
