import { describe, expect, test, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { VicoreApi } from '../../contract/api.ts';
import type { ChangeBatch, Snapshot } from '../../contract/changes.ts';
import type { Alert } from '../../contract/domain.ts';
import type { Inputs } from '../../contract/inputs.ts';
import type { MethodName } from '../../contract/methods.ts';
import type { Result } from '../../contract/errors.ts';
import { startFeed } from './feed.ts';
import { initialState } from './state.ts';
import type { LiveState } from './state.ts';
import { anAlert, aPass, aSnapshot, aVehicle } from './test-values.ts';

interface Asked {
  readonly input: Inputs['monitoring.snapshot'];
  readonly answer: (result: Result<Snapshot>) => Promise<void>;
}

/** A main process whose snapshots the test answers one by one. */
const rig = (follows = true) => {
  const asked: Asked[] = [];
  const pages: ((items: readonly Alert[], cursor?: string) => Promise<void>)[] = [];
  /** Which pages of the open alerts were asked for. */
  const cursors: unknown[] = [];
  let send: (batch: ChangeBatch) => void = () => undefined;
  const call = (method: MethodName, input: object): Promise<Result<never>> => {
    if (method === 'alerts.list') {
      cursors.push('cursor' in input ? input.cursor : undefined);
      return new Promise((resolve) => {
        pages.push(async (items, cursor) => {
          resolve({ ok: true, value: { items, cursor } } as Result<never>);
          await new Promise((done) => setTimeout(done, 0));
        });
      });
    }
    if (method !== 'monitoring.snapshot') throw new Error(`unexpected ${method}`);
    return new Promise((resolve) => {
      asked.push({
        input,
        answer: async (result) => {
          resolve(result as Result<never>);
          await new Promise((done) => setTimeout(done, 0));
        },
      });
    });
  };
  const api: VicoreApi = {
    call,
    onChanges: (listener) => {
      send = listener;
      return () => undefined;
    },
    onContext: () => () => undefined,
    onSession: () => () => undefined,
    onPreferences: () => () => undefined,
  };
  const store = createStore<LiveState>(() => initialState);
  let now = 0;
  const feed = startFeed({ api, store, follows, monotonic: () => now, wall: () => now });
  return {
    asked,
    pages,
    cursors,
    store,
    feed,
    send: (batch: ChangeBatch) => send(batch),
    at: (time: number) => (now = time),
  };
};

const passChange = (id: string, startedAt: number) =>
  ({ kind: 'pass', pass: aPass(id, { startedAt }) }) as const;

describe('the feed', () => {
  test('applies what came while the snapshot was on its way', async () => {
    const { asked, store, send } = rig(false);
    send({ first: 11, changes: [passChange('p2', 2000)] });
    expect(store.getState().phase).toBe('loading');
    await asked[0]?.answer({ ok: true, value: aSnapshot(10, [aPass('p1')]) });
    expect(store.getState().sequence).toBe(11);
    expect(store.getState().passOrder).toEqual(['p2', 'p1']);
  });

  test('asks once for a new snapshot when it sees a hole', async () => {
    const { asked, store, send } = rig(false);
    await asked[0]?.answer({ ok: true, value: aSnapshot(10, [aPass('p1')]) });
    send({ first: 15, changes: [passChange('p5', 5000)] });
    send({ first: 16, changes: [passChange('p6', 6000)] });
    expect(asked).toHaveLength(2);
    expect(store.getState().passes.has('p5')).toBe(false);
    await asked[1]?.answer({
      ok: true,
      value: aSnapshot(15, [aPass('p5', { startedAt: 5000 }), aPass('p1')]),
    });
    expect(store.getState().sequence).toBe(16);
    expect(store.getState().passOrder).toEqual(['p6', 'p5', 'p1']);
    expect(asked).toHaveLength(2);
  });

  test('sets the state once per batch', async () => {
    const { asked, store, send } = rig(false);
    await asked[0]?.answer({ ok: true, value: aSnapshot(10, [aPass('p1')]) });
    const seen = vi.fn();
    store.subscribe(seen);
    send({ first: 11, changes: [passChange('p2', 2000), passChange('p3', 3000), passChange('p4', 4000)] });
    expect(seen).toHaveBeenCalledTimes(1);
  });

  test('follows the newest pass in progress and asks for its vehicles', async () => {
    const { asked, store, send } = rig();
    await asked[0]?.answer({ ok: true, value: aSnapshot(10, [aPass('p1')]) });
    expect(store.getState().selection.passId).toBe('p1');
    expect(asked[1]?.input).toEqual({ passId: 'p1' });
    await asked[1]?.answer({ ok: true, value: aSnapshot(10, [aPass('p1')], [aVehicle('p1', 1)]) });
    send({ first: 11, changes: [passChange('p2', 2000)] });
    expect(store.getState().selection.passId).toBe('p2');
    expect(asked[2]?.input).toEqual({ passId: 'p2' });
  });

  test('keeps the selected alert when it goes on to the next train', async () => {
    const { asked, store, send } = rig();
    await asked[0]?.answer({ ok: true, value: aSnapshot(10, [aPass('p1')]) });
    store.setState({ selection: { passId: 'p1', vehicleIndex: 3, alertId: 'a1', followLive: true } });
    await asked[1]?.answer({ ok: true, value: aSnapshot(10, [aPass('p1')]) });
    send({ first: 11, changes: [passChange('p2', 2000)] });
    expect(store.getState().selection).toEqual({ passId: 'p2', alertId: 'a1', followLive: true });
  });

  test('stays where somebody went', async () => {
    const { asked, store, send } = rig();
    await asked[0]?.answer({ ok: true, value: aSnapshot(10, [aPass('p1')]) });
    await asked[1]?.answer({ ok: true, value: aSnapshot(10, [aPass('p1')]) });
    store.setState({ selection: { passId: 'p1', followLive: false } });
    send({ first: 11, changes: [passChange('p2', 2000)] });
    expect(store.getState().selection.passId).toBe('p1');
  });

  test('says what failed and keeps the old picture', async () => {
    const { asked, store, feed } = rig(false);
    await asked[0]?.answer({ ok: true, value: aSnapshot(10, [aPass('p1')]) });
    feed.retry();
    await asked[1]?.answer({ ok: false, error: { code: 'timeout', message: 'no answer' } });
    expect(store.getState().failure?.code).toBe('timeout');
    expect(store.getState().phase).toBe('ready');
    feed.stop();
  });
});

describe('more open alerts than a snapshot has', () => {
  const alerts = (from: number, count: number): Alert[] =>
    Array.from({ length: count }, (_, place) => anAlert(`a${from + place}`));
  const snapshot = (sequence: number): Snapshot => ({
    ...aSnapshot(sequence, [aPass('p1')]),
    alerts: alerts(0, 200),
    counts: { criticalUnacknowledged: 450, warningUnacknowledged: 0, acknowledged: 0, shelved: 0 },
  });
  const loaded = async () => {
    const live = rig(false);
    await live.asked[0]?.answer({ ok: true, value: snapshot(10) });
    await live.pages[0]?.(alerts(0, 200), '200');
    await live.pages[1]?.(alerts(200, 250));
    expect(live.store.getState().alerts.size).toBe(450);
    return live;
  };

  test('stay when another pass is selected; a change meanwhile counts', async () => {
    const { asked, pages, store, feed, send } = await loaded();
    feed.watch('p1');
    send({ first: 11, changes: [{ kind: 'alert', alert: anAlert('a449', { state: 'closed' }) }] });
    send({ first: 12, changes: [{ kind: 'alert', alert: anAlert('new') }] });
    const sizes: number[] = [];
    store.subscribe(({ alerts: now }) => sizes.push(now.size));
    await asked[1]?.answer({ ok: true, value: snapshot(11) });
    expect(Math.min(...sizes)).toBe(450);
    expect(store.getState().alerts.size).toBe(450);
    expect(store.getState().alerts.has('a449')).toBe(false);
    expect(store.getState().alerts.has('new')).toBe(true);
    expect(pages).toHaveLength(2);
  });

  test('are loaded anew after a hole, also when the loading was under way', async () => {
    const { asked, pages, cursors, store, send } = rig(false);
    await asked[0]?.answer({ ok: true, value: snapshot(10) });
    await pages[0]?.(alerts(0, 200), '200');
    await pages[1]?.(alerts(200, 200), '400');
    send({ first: 20, changes: [] });
    await asked[1]?.answer({ ok: true, value: snapshot(20) });
    await pages[2]?.(alerts(400, 50));
    await pages[3]?.(alerts(0, 200), '200');
    await pages[4]?.(alerts(200, 200), '400');
    await pages[5]?.(alerts(400, 50));
    expect(store.getState().alerts.size).toBe(450);
    expect(cursors).toEqual([undefined, '200', '400', undefined, '200', '400']);
  });

  test('appear at once when all of them are there, but for what was told of meanwhile', async () => {
    const { asked, pages, store, send } = rig(false);
    const sizes = new Set<number>();
    store.subscribe(({ alerts: now }) => sizes.add(now.size));
    await asked[0]?.answer({ ok: true, value: snapshot(10) });
    await pages[0]?.(alerts(0, 200), '200');
    // Closed while the pages are read, by more others than a window remembers.
    const closing = alerts(1000, 300).map(({ id }) => anAlert(id, { state: 'closed' }));
    const gone = anAlert('a449', { state: 'closed' });
    send({ first: 11, changes: [gone, ...closing].map((alert) => ({ kind: 'alert', alert })) });
    await pages[1]?.(alerts(200, 250));
    expect([...sizes]).toEqual([200, 449]);
    expect(store.getState().alerts.has('a449')).toBe(false);
  });
});
