import { beforeEach, describe, expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { VicoreApi } from '../../contract/api.ts';
import { failure } from '../../contract/errors.ts';
import type { Result } from '../../contract/errors.ts';
import { createAlertActs } from './alert-acts.ts';
import { drafts, writeDraft } from './drafts.ts';
import { notices } from './notices.ts';
import { initialState } from './state.ts';
import { aSession, aSound, anAlert } from './test-values.ts';

/** As the contract would answer; the method decides what its value is. */
const success = (value: unknown): Result<never> => ({ ok: true, value }) as Result<never>;

const unsubscribe = (): void => undefined;

/** `answers` by method; what was asked is in `asked`. */
const start = (
  answers: Readonly<Record<string, Result<never>>>,
  role: 'viewer' | 'operator' = 'operator',
) => {
  const asked: (readonly [string, unknown])[] = [];
  const api: VicoreApi = {
    call: (method, input) => {
      asked.push([method, input]);
      return Promise.resolve(answers[method] ?? failure('internal', method));
    },
    onChanges: () => unsubscribe,
    onContext: () => unsubscribe,
    onSession: () => unsubscribe,
    onPreferences: () => unsubscribe,
  };
  const waiting = anAlert('a');
  const store = createStore(() => ({
    ...initialState,
    sequence: 7,
    session: aSession({ role, ownRole: role }),
    alerts: new Map([[waiting.id, waiting]]),
  }));
  return { asked, store, acts: createAlertActs(api, store) };
};

beforeEach(() => {
  notices.setState({ items: [] });
  drafts.setState({ owner: undefined, texts: new Map(), ofOthers: new Map() });
});

describe('acknowledging', () => {
  const taken = anAlert('a', { state: 'active-acknowledged', acknowledgedBy: 'Alan Martin' });

  test('shows the answer at once and takes the ticked steps along, whichever button it was', async () => {
    const { acts, asked, store } = start({ 'alerts.acknowledge': success(taken) });
    writeDraft('checklist a', 'xTrain held\n-Called');
    expect(await acts.acknowledge('a', '  ')).toBe(true);
    expect(asked).toEqual([
      [
        'alerts.acknowledge',
        {
          alertId: 'a',
          comment: undefined,
          checklist: [
            { step: 'Train held', done: true },
            { step: 'Called', done: false },
          ],
        },
      ],
    ]);
    expect(store.getState().alerts.get('a')).toEqual(taken);
    expect(store.getState().sequence).toBe(7);
    expect(drafts.getState().texts.size).toBe(0);
  });

  test('is refused here without the role, with the reason, and main is not asked', async () => {
    const { acts, asked } = start({}, 'viewer');
    expect(await acts.acknowledge('a')).toBe(false);
    expect(asked).toEqual([]);
    expect(notices.getState().items[0]?.error.code).toBe('forbidden');
  });

  test('that failed keeps the ticks and says why', async () => {
    const { acts } = start({ 'alerts.acknowledge': failure('already-acknowledged', 'B. Lee was faster') });
    writeDraft('checklist a', 'xTrain held');
    expect(await acts.acknowledge('a')).toBe(false);
    expect(drafts.getState().texts.get('checklist a')).toBe('xTrain held');
    expect(notices.getState().items).toHaveLength(1);
  });
});

test('of several, each outcome has its name', async () => {
  const error = failure('already-acknowledged', 'B. Lee was faster').error;
  const { acts, store } = start({
    'alerts.acknowledgeMany': success({
      acknowledged: [anAlert('a', { state: 'active-acknowledged' })],
      failed: [{ alertId: 'b', error }],
    }),
  });
  expect(await acts.acknowledgeMany(['a', 'b'])).toEqual({
    acknowledged: ['a'],
    failed: [{ alertId: 'b', error }],
  });
  expect(store.getState().alerts.get('a')?.state).toBe('active-acknowledged');
  expect(notices.getState().items).toEqual([]);
});

test('shelving needs a supervisor', async () => {
  const { acts, asked } = start({});
  expect(await acts.shelve('a', 60, 'camera is being cleaned')).toBe(false);
  expect(asked).toEqual([]);
});

test('the sound’s answer is shown at once; ending a mute is open to everybody', async () => {
  const sound = aSound({ volume: 0.5 });
  const { acts, store } = start({ 'sound.unmute': success(sound) }, 'viewer');
  expect(await acts.unmute()).toBe(true);
  expect(store.getState().sound).toEqual(sound);
  expect(await acts.silence()).toBe(false);
});
