import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Change, ChangeBatch, Snapshot } from '../../contract/changes.ts';
import type { Vehicle } from '../../contract/domain.ts';
import { batchIntervalMs, createLivePublisher } from './live.ts';

const counts = (criticalUnacknowledged: number): Change => ({
  kind: 'counts',
  counts: { criticalUnacknowledged, warningUnacknowledged: 0, acknowledged: 0, shelved: 0 },
});

const vehicle = (passId: string, index: number, blankCount = 0): Change => {
  const value: Vehicle = { passId, index, identified: true, axles: 4, blankCount, springs: [] };
  return { kind: 'vehicle', vehicle: value };
};

const content: Omit<Snapshot, 'sequence'> = {
  passes: [],
  alerts: [],
  counts: { criticalUnacknowledged: 0, warningUnacknowledged: 0, acknowledged: 0, shelved: 0 },
  status: {
    at: 0,
    workstation: 'W',
    timeZone: 'Europe/London',
    streams: [],
    sites: [],
    database: { state: 'connected' },
    journalEntries: 0,
    rejectedCount: 0,
    warnings: [],
  },
  sound: { volume: 1, device: 'ok' },
};

function setUp() {
  const sent: ChangeBatch[] = [];
  let emit: (changes: readonly Change[]) => void = () => undefined;
  const pending: (() => void)[] = [];
  const source = {
    hold: false,
    snapshot: () =>
      source.hold
        ? new Promise<Omit<Snapshot, 'sequence'>>((resolve) => {
            pending.push(() => {
              resolve(content);
            });
          })
        : Promise.resolve(content),
    onChanges: (listener: (changes: readonly Change[]) => void) => {
      emit = listener;
      return () => undefined;
    },
  };
  const publisher = createLivePublisher(source, () => Date.now());
  publisher.attach(1, (batch) => sent.push(batch));
  return {
    publisher,
    sent,
    source,
    emit: (...changes: Change[]) => {
      emit(changes);
    },
    release: () => {
      pending.shift()?.();
    },
  };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('live changes', () => {
  test('are not sent before the window asked, and go on from the snapshot', async () => {
    const { publisher, sent, emit } = setUp();
    emit(counts(1));
    await vi.advanceTimersByTimeAsync(1000);
    expect(sent).toEqual([]);
    expect((await publisher.snapshot(1, undefined)).sequence).toBe(0);
    emit(counts(2), vehicle('p', 1));
    await vi.advanceTimersByTimeAsync(batchIntervalMs);
    expect(sent).toEqual([{ first: 1, changes: [counts(2)] }]);
  });

  test('are merged: the newest value of a thing, one batch in each interval, numbers without a hole', async () => {
    const { publisher, sent, emit } = setUp();
    await publisher.snapshot(1, 'p');
    for (let index = 1; index <= 40; index += 1) {
      emit(vehicle('p', (index % 4) + 1, index), vehicle('other', 1), counts(index));
      await vi.advanceTimersByTimeAsync(batchIntervalMs / 8);
    }
    await vi.advanceTimersByTimeAsync(batchIntervalMs);
    // 40 steps of an eighth are five intervals.
    expect(sent.length).toBeLessThanOrEqual(7);
    let next = 1;
    for (const batch of sent) {
      expect(batch.first).toBe(next);
      next += batch.changes.length;
      expect(batch.changes.length).toBeLessThanOrEqual(5);
    }
    expect(sent.at(-1)?.changes).toContainEqual(counts(40));
    expect(JSON.stringify(sent)).not.toContain('other');
  });

  test('that happen while the snapshot is read come after it', async () => {
    const { publisher, sent, source, emit, release } = setUp();
    source.hold = true;
    const asked = publisher.snapshot(1, 'p');
    emit(counts(5));
    await vi.advanceTimersByTimeAsync(200);
    expect(sent).toEqual([]);
    release();
    expect((await asked).sequence).toBe(0);
    await vi.advanceTimersByTimeAsync(batchIntervalMs);
    expect(sent).toEqual([{ first: 1, changes: [counts(5)] }]);
  });

  test('wait for a window that does not receive, merged, and go on when it does', async () => {
    const { publisher, sent, emit } = setUp();
    await publisher.snapshot(1, undefined);
    for (let index = 1; index <= 500; index += 1) {
      emit(counts(index));
      await vi.advanceTimersByTimeAsync(batchIntervalMs);
    }
    expect(sent).toHaveLength(20);
    publisher.received(1, 20);
    await vi.advanceTimersByTimeAsync(batchIntervalMs);
    expect(sent.at(-1)).toEqual({ first: 21, changes: [counts(500)] });
  });

  test('become a hole in the numbers when even merged they are too many', async () => {
    const { publisher, sent, emit } = setUp();
    await publisher.snapshot(1, 'p');
    for (let index = 1; index <= 20; index += 1) {
      emit(counts(index));
      await vi.advanceTimersByTimeAsync(batchIntervalMs);
    }
    for (let index = 1; index <= 10_001; index += 1) emit(vehicle('p', index));
    expect(sent.at(-1)).toEqual({ first: 22, changes: [] });
    emit(counts(1));
    await vi.advanceTimersByTimeAsync(1000);
    expect(sent).toHaveLength(21);
    await publisher.snapshot(1, 'p');
    emit(counts(2));
    await vi.advanceTimersByTimeAsync(batchIntervalMs);
    expect(sent.at(-1)).toEqual({ first: 21, changes: [counts(2)] });
  });

  test('stop when the page is gone, and an old snapshot does not revive them', async () => {
    const { publisher, sent, source, emit, release } = setUp();
    source.hold = true;
    const asked = publisher.snapshot(1, 'p');
    publisher.reset(1);
    release();
    await asked;
    emit(counts(1));
    await vi.advanceTimersByTimeAsync(1000);
    expect(sent).toEqual([]);
  });
});
