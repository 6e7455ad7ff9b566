import { describe, expect, test } from 'vitest';
import type { Alert } from '../../contract/domain.ts';
import { createScript } from '../../tests/shared/camera-events.ts';
import { createMemoryStore } from '../../tests/shared/memory-store.ts';
import type { JournalEntry } from './events.ts';
import { createFold } from './fold.ts';
import { createIntake } from './intake.ts';
import type { FoldOutcome } from './ports.ts';

function setUp(options: { readonly failCommits?: number } = {}) {
  const store = createMemoryStore();
  const journal: JournalEntry[] = [];
  const order: string[] = [];
  const ends: Alert[] = [];
  const faults: { error: unknown; outcome: FoldOutcome | undefined }[] = [];
  let failures = options.failCommits ?? 0;
  const intake = createIntake({
    journal: {
      append(entries) {
        order.push('journal');
        journal.push(...entries);
        return Promise.resolve();
      },
      read: (after, limit) =>
        Promise.resolve(
          journal.slice(after, after + limit).map((entry, index) => ({ position: after + index + 1, entry })),
        ),
    },
    replica: {
      ...store,
      commit(outcome) {
        if (failures > 0) {
          failures -= 1;
          return Promise.reject(new Error('the disk is full'));
        }
        order.push('commit');
        return store.commit(outcome);
      },
      applyShared: () => Promise.resolve({ alerts: [], passes: [] }),
      endHereOnly: () => Promise.resolve({ alerts: [...ends], passes: [] }),
    },
    fold: createFold(store),
    onCommitted: ({ alerts }) => order.push(`told ${alerts.length}`),
    onFault: (error, outcome) => faults.push({ error, outcome }),
  });
  return { store, journal, order, ends, faults, intake };
}

function brokenSpring() {
  const script = createScript();
  script.start();
  script.identify(1);
  script.measure(1, [
    { axle: 3, side: 'right', nest: 'trail', heightCmm: 17_180, confidence: 0.93, defect: 'broken' },
  ]);
  return script;
}

describe('intake', () => {
  test('is durable before it is judged, and told after it is stored', async () => {
    const { intake, order, store } = setUp();
    await intake.deliver(brokenSpring().entries);
    await intake.settled();
    expect(order).toEqual(['journal', 'commit', 'told 2']);
    expect([...store.alerts.values()].map(({ rule }) => rule).toSorted()).toEqual(['defect', 'height']);
  });

  test('a replica that refuses does not silence an alert, and has everything in the end', async () => {
    const { intake, faults, store } = setUp({ failCommits: 2 });
    await intake.deliver(brokenSpring().entries);
    await intake.settled();
    expect(faults.map(({ outcome }) => outcome?.transitions.length)).toEqual([2, 2]);
    expect(store.alerts.size).toBe(2);
  });

  test('while the replica refuses, more than the backlog is taken, and judged from the journal later', async () => {
    const { intake, store } = setUp({ failCommits: 4 });
    const script = brokenSpring();
    for (let index = 2; index <= 60; index += 1) {
      script.identify(index);
      for (let repeat = 0; repeat < 60; repeat += 1) {
        script.measure(index, [
          {
            axle: 1,
            side: 'left',
            nest: 'lead',
            heightCmm: 23_000 + repeat,
            confidence: 0.9,
            defect: 'none',
          },
        ]);
      }
    }
    const last = script.complete(60);
    for (let at = 0; at < script.entries.length; at += 100) {
      await intake.deliver(script.entries.slice(at, at + 100));
    }
    await intake.settled();
    expect(store.streams.get('stream')?.lastSeq).toBe(last);
    expect([...store.passes.values()][0]?.status).toBe('pending');
  });

  test('what the shared record will not have is told as it ended, and judged from what is left', async () => {
    const { intake, order, store, ends } = setUp();
    const script = brokenSpring();
    await intake.deliver(script.entries);
    await intake.settled();
    expect((await intake.endHereOnly([])).alerts).toEqual([]);
    expect(order).toEqual(['journal', 'commit', 'told 2']);
    for (const alert of store.alerts.values()) ends.push({ ...alert, state: 'closed', present: false });
    store.alerts.clear();
    expect((await intake.endHereOnly([])).alerts).toHaveLength(2);
    expect(order.at(-1)).toBe('told 2');
    // What it remembers of them counts no more: found again, they are raised again.
    const before = script.entries.length;
    script.measure(1, [
      { axle: 3, side: 'right', nest: 'trail', heightCmm: 17_170, confidence: 0.99, defect: 'broken' },
    ]);
    await intake.deliver(script.entries.slice(before));
    await intake.settled();
    expect(store.alerts.size).toBe(2);
  });

  test('a restart judges what the journal holds, once', async () => {
    const first = setUp();
    await first.intake.deliver(brokenSpring().entries);
    await first.intake.settled();
    const again = setUp();
    again.journal.push(...first.journal);
    await again.intake.recover();
    await again.intake.recover();
    expect(again.store.alerts).toEqual(first.store.alerts);
  });
});
