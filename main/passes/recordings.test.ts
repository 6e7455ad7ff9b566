import { expect, test } from 'vitest';
import { createMemoryStore } from '../../tests/shared/memory-store.ts';
import type { MemoryStore } from '../../tests/shared/memory-store.ts';
import { asExpected, expectedRecord, recordedEntries } from '../../tests/shared/recording.ts';
import type { Expected } from '../../tests/shared/recording.ts';
import { createFold } from './fold.ts';

const record = (store: MemoryStore): Expected =>
  asExpected([...store.passes.values()], store.allVehicles(), [...store.alerts.values()], store.rejections);

/** Small and repeatable: which batch sizes and restarts a run has, is in its seed. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

const recordings = ['plain', 'rough'] as const;

test.each(recordings)('%s, one message at a time', async (name) => {
  const store = createMemoryStore();
  const fold = createFold(store);
  for (const entry of recordedEntries(name)) await store.commit(await fold.apply([entry]));
  expect(record(store)).toEqual(expectedRecord(name));
});

test.each(recordings)('%s, all at once, then all again', async (name) => {
  const store = createMemoryStore();
  const fold = createFold(store);
  const entries = recordedEntries(name);
  await store.commit(await fold.apply(entries));
  expect(record(store)).toEqual(expectedRecord(name));
  const again = await fold.apply(entries);
  expect([again.passes, again.vehicles, again.transitions, again.rejections]).toEqual([[], [], [], []]);
});

test.each(recordings.flatMap((name) => [1, 2, 3].map((seed) => [name, seed] as const)))(
  '%s in batches of any size, with restarts anywhere (seed %i)',
  async (name, seed) => {
    const below = random(seed);
    const entries = recordedEntries(name);
    let store = createMemoryStore();
    let fold = createFold(store);
    for (let at = 0; at < entries.length;) {
      const size = 1 + below(120);
      const batch = entries.slice(Math.max(0, at - below(5)), at + size);
      at += size;
      const outcome = await fold.apply(batch);
      const lost = below(12) === 0;
      if (lost) {
        // The process dies before the commit: the same entries come again.
        at -= size;
        fold = createFold(store);
        continue;
      }
      await store.commit(outcome);
      const chance = below(8);
      if (chance === 0) fold.reset();
      if (chance === 1) {
        store = store.restarted();
        fold = createFold(store);
      }
    }
    expect(record(store)).toEqual(expectedRecord(name));
  },
);

test('unchanged springs keep their identity from one outcome to the next', async () => {
  const store = createMemoryStore();
  const fold = createFold(store);
  const entries = recordedEntries('plain');
  let kept = 0;
  for (const entry of entries.slice(0, 200)) {
    const before = store.allVehicles();
    const outcome = await fold.apply([entry]);
    for (const vehicle of outcome.vehicles) {
      const known = before.find(({ passId, index }) => passId === vehicle.passId && index === vehicle.index);
      for (const spring of known?.springs ?? []) if (vehicle.springs.includes(spring)) kept += 1;
    }
    await store.commit(outcome);
  }
  expect(kept).toBeGreaterThan(500);
});
