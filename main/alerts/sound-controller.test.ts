import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { soundingAlert } from '../../tests/shared/sound-desk.ts';
import type { Session, SoundState } from '../../contract/domain.ts';
import type { SoundCommand } from '../../contract/results.ts';
import type { Act } from '../audit/act.ts';
import type { NewAuditEntry } from '../audit/entry.ts';
import { createSoundController } from './sound-controller.ts';

const act: Act = {
  actor: 'Alan Martin',
  subject: 'alan',
  role: 'operator',
  workstation: 'RCC-01',
  at: 1_000,
  correlationId: 'c',
};
const nobody: Session = {
  state: 'signed-out',
  signingIn: false,
  configured: true,
  name: '',
  role: 'viewer',
  workstation: 'RCC-01',
  sessionOnly: false,
};

function setUp(kept?: string) {
  const values = new Map(kept === undefined ? [] : [['sound.volume', kept]]);
  const entries: NewAuditEntry[] = [];
  const states: SoundState[] = [];
  const commands: SoundCommand[] = [];
  const warn = vi.fn();
  const sound = createSoundController({
    keyValue: {
      get: (key) => Promise.resolve(values.get(key)),
      set: async (key, value) => void values.set(key, value),
    },
    trail: { record: (entry) => void entries.push(entry) },
    settings: { current: (key) => (key === 'alerts.soundAgainSeconds' ? 30 : 60) },
    session: () => nobody,
    clock: { now: Date.now, monotonic: () => performance.now() },
    log: { debug: () => undefined, warn },
    onState: (state) => void states.push(state),
  });
  sound.onCommand((command) => void commands.push(command));
  return { sound, values, entries, states, commands, warn };
}

const raise = (id: string) => ({ kind: 'alert', alert: soundingAlert(id) }) as const;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('an alert rings through every window and login; whoever told of it is not kept waiting', () => {
  const { sound, commands } = setUp();
  sound.report({ device: 'ok' });
  sound.changed([raise('a'), { kind: 'reference', about: 'user' }]);
  expect(commands).toEqual([]);
  vi.advanceTimersByTime(10_500);
  expect(commands).toEqual([
    { kind: 'play', sound: 'critical', volume: 0.7, playId: '1' },
    { kind: 'play', sound: 'critical', volume: 0.7, playId: '2' },
  ]);
  sound.stop();
  vi.advanceTimersByTime(60_000);
  expect(commands).toHaveLength(2);
});

test('what is silenced is audited by name, as many as there are', () => {
  const { sound, entries, commands } = setUp();
  sound.report({ device: 'ok' });
  sound.silence(undefined, act);
  expect(entries).toEqual([]);
  sound.changed([raise('a')]);
  // In the same moment: it is silenced with the rest.
  expect(sound.silence(undefined, act)).toMatchObject({ sounding: 'critical' });
  expect(commands.map(({ kind }) => kind)).toEqual(['play', 'stop']);
  sound.changed([raise('b')]);
  sound.silence(undefined, act);
  expect(entries).toMatchObject([
    { action: 'alert.silence', actor: 'Alan Martin', entity: 'alert', entityId: 'a', after: { alerts: 1 } },
    {
      action: 'alert.silence',
      entity: 'workstation',
      entityId: 'RCC-01',
      after: { alerts: 2, alertIds: ['a', 'b'] },
    },
  ]);
  vi.advanceTimersByTime(31_000);
  expect(commands.at(-1)).toMatchObject({ kind: 'play' });
});

test('a mute is audited with its end, an end of it only where there was one', () => {
  const { sound, entries, states } = setUp();
  sound.unmute(act);
  const { mutedUntil } = sound.mute(5, act);
  sound.unmute(act);
  expect(entries).toMatchObject([
    { action: 'sound.mute', entityId: 'RCC-01', after: { minutes: 5, until: mutedUntil } },
    { action: 'sound.unmute', before: { mutedUntil, mutedBy: 'Alan Martin' } },
  ]);
  expect(states.map(({ mutedBy }) => mutedBy)).toEqual(['Alan Martin', undefined]);
});

test.each([
  ['0.9', 0.9],
  ['0', 0.2],
  ['loud', 0.7],
  [undefined, 0.7],
])('the volume of the last time, %s, is %s now', async (kept, expected) => {
  const { sound, values } = setUp(kept);
  await vi.advanceTimersByTimeAsync(1);
  expect(sound.state().volume).toBe(expected);
  expect(sound.setVolume(0.5)).toMatchObject({ volume: 0.5 });
  expect(values.get('sound.volume')).toBe('0.5');
});

test('the window that plays may go and come back: what calls is sounded anew', () => {
  const { sound, commands, states } = setUp();
  sound.report({ device: 'ok' });
  sound.changed([raise('a')]);
  vi.advanceTimersByTime(1_000);
  sound.windowGone();
  vi.advanceTimersByTime(1_000);
  expect(commands).toHaveLength(1);
  sound.report({ device: 'missing' });
  expect(commands).toHaveLength(2);
  expect(states.map(({ device }) => device)).toEqual(['ok', 'ok', 'starting', 'missing']);
});

test('what was on record before rings; what was told while it was read is newer', async () => {
  const { sound, commands } = setUp();
  sound.report({ device: 'ok' });
  await sound.compare(() => {
    sound.changed([
      { kind: 'alert', alert: soundingAlert('taken', { state: 'active-acknowledged' }) },
      raise('new'),
    ]);
    return Promise.resolve([soundingAlert('taken'), soundingAlert('before')]);
  });
  expect(commands).toHaveLength(1);
  expect(sound.silence(undefined, act).sounding).toBe('critical');
  sound.changed([
    { kind: 'alert', alert: soundingAlert('before', { state: 'closed' }) },
    { kind: 'alert', alert: soundingAlert('new', { state: 'closed' }) },
  ]);
  vi.advanceTimersByTime(1_000);
  expect(sound.state().sounding).toBeUndefined();
});

test('an alert that another record does not have calls for nobody', async () => {
  const { sound, warn } = setUp();
  sound.changed([raise('a'), raise('b')]);
  await sound.compare(() => Promise.reject(new Error('the store is away')));
  expect(warn).toHaveBeenCalledOnce();
  expect(sound.state().sounding).toBe('critical');
  await sound.compare(() => Promise.resolve([soundingAlert('b', { severity: 'warning' })]));
  expect(sound.state().sounding).toBe('warning');
  await sound.compare(() => Promise.resolve([]));
  expect(sound.state().sounding).toBeUndefined();
});
