import { describe, expect, test } from 'vitest';
import { createSoundDesk, soundingAlert, statusWith } from '../../tests/shared/sound-desk.ts';

const warning = { severity: 'warning' } as const;
const acknowledged = { state: 'active-acknowledged' } as const;

describe('a call goes on until somebody acts', () => {
  test('critical every 10 s, warning every 30 s', () => {
    const desk = createSoundDesk();
    desk.raise(soundingAlert('a', warning));
    desk.pass(65_000);
    expect(desk.starts('warning')).toEqual([0, 30, 60]);
    desk.raise(soundingAlert('b'));
    desk.pass(25_000);
    expect(desk.starts('critical')).toEqual([65, 75, 85]);
    expect(desk.starts('warning')).toHaveLength(3);
  });

  test('an acknowledgement ends it at once; what is left is heard', () => {
    const desk = createSoundDesk();
    desk.raise(soundingAlert('a'), soundingAlert('b', warning));
    desk.pass(1_000);
    desk.raise(soundingAlert('a', acknowledged));
    expect(desk.steps.slice(1)).toMatchObject([
      { at: 1_000, kind: 'stop' },
      { at: 1_000, kind: 'play', sound: 'warning' },
    ]);
    desk.raise(soundingAlert('b', { ...warning, ...acknowledged, provisional: true }));
    expect(desk.steps.at(-1)).toMatchObject({ kind: 'stop' });
    desk.pass(120_000);
    expect(desk.starts()).toEqual([0, 1]);
    expect(desk.policy.state().sounding).toBeUndefined();
  });

  test('an acknowledgement that is taken back here rings again at once', () => {
    const desk = createSoundDesk();
    desk.raise(soundingAlert('a'));
    desk.pass(1_000);
    desk.raise(soundingAlert('a', { ...acknowledged, provisional: true }));
    desk.pass(20_000);
    desk.raise(soundingAlert('a'));
    expect(desk.steps.at(-1)).toMatchObject({ at: 21_000, kind: 'play', sound: 'critical' });
    desk.pass(10_500);
    expect(desk.starts()).toEqual([0, 21, 31]);
  });

  test('what the shared record never had ends at once', () => {
    const desk = createSoundDesk();
    desk.raise(soundingAlert('a'));
    desk.pass(1_000);
    desk.raise(soundingAlert('a', { state: 'closed', present: false }));
    expect(desk.steps.at(-1)).toMatchObject({ at: 1_000, kind: 'stop' });
    expect(desk.policy.state().sounding).toBeUndefined();
    desk.pass(60_000);
    expect(desk.starts()).toEqual([0]);
  });

  test('what cleared makes none; when it comes back it does, but not more often than a call repeats', () => {
    const desk = createSoundDesk();
    for (let times = 0; times < 10; times += 1) {
      desk.raise(soundingAlert('a'));
      desk.pass(1_000);
      desk.raise(soundingAlert('a', { state: 'cleared-unacknowledged', present: false }));
      desk.pass(1_000);
    }
    expect(desk.starts()).toEqual([0, 10]);
  });

  test('a burst is one sound; what begins to call after it is heard 10 s later at most', () => {
    const desk = createSoundDesk();
    for (let index = 0; index < 500; index += 1) {
      desk.raise(soundingAlert(`${index}`, warning));
      desk.pass(10);
    }
    expect(desk.starts()).toEqual([0]);
    desk.pass(20_000);
    expect(desk.starts()).toEqual([0, 10]);
    desk.raise(soundingAlert('later', warning));
    expect(desk.starts()).toEqual([0, 10, 25]);
  });

  test('the next alert after an acknowledgement is heard at once', () => {
    const desk = createSoundDesk();
    desk.raise(soundingAlert('a'));
    desk.pass(2_000);
    desk.raise(soundingAlert('a', acknowledged));
    desk.pass(1_000);
    desk.raise(soundingAlert('b'));
    expect(desk.starts()).toEqual([0, 3]);
  });
});

describe('silence', () => {
  test('is for what called, ends by itself, and is asked for again', () => {
    const desk = createSoundDesk();
    desk.raise(soundingAlert('a'));
    desk.pass(1_000);
    desk.apply({ kind: 'silence' });
    expect(desk.policy.silenced()).toEqual(['a']);
    expect(desk.steps.at(-1)).toMatchObject({ kind: 'stop' });
    expect(desk.policy.state()).toMatchObject({ sounding: 'critical', silencedUntil: 1_800_000_061_000 });
    desk.pass(65_000);
    expect(desk.starts()).toEqual([0, 61]);
    expect(desk.policy.state().silencedUntil).toBeUndefined();
  });

  test.each([
    ['a new alert', soundingAlert('b', warning), 'warning'],
    ['a severity that rises', soundingAlert('a'), 'critical'],
  ] as const)('is broken by %s', (_name, alert, sound) => {
    const desk = createSoundDesk();
    desk.raise(soundingAlert('a', warning));
    desk.apply({ kind: 'silence' });
    desk.pass(3_000);
    desk.raise(alert);
    expect(desk.steps.at(-1)).toMatchObject({ at: 3_000, kind: 'play', sound });
    expect(desk.policy.state().silencedUntil).toBeUndefined();
  });

  test('is broken by an alert that comes back', () => {
    const desk = createSoundDesk();
    desk.raise(soundingAlert('a'));
    desk.apply({ kind: 'silence' });
    desk.raise(soundingAlert('a', { state: 'cleared-unacknowledged', present: false }));
    desk.pass(20_000);
    desk.raise(soundingAlert('a'));
    expect(desk.starts()).toEqual([0, 20]);
  });

  test('of some leaves the others', () => {
    const desk = createSoundDesk();
    desk.raise(soundingAlert('a'), soundingAlert('b', warning));
    desk.apply({ kind: 'silence', alertIds: ['a', 'nobody knows'] });
    expect(desk.policy.silenced()).toEqual(['a']);
    expect(desk.steps.at(-1)).toMatchObject({ kind: 'play', sound: 'warning' });
  });
});

describe('the shelf', () => {
  test('makes no sound until it ends, whatever the calendar says', () => {
    const desk = createSoundDesk();
    const until = 1_800_000_000_000 + 60_000;
    desk.raise(soundingAlert('a', { shelvedUntil: until }));
    desk.pass(10_000);
    desk.setClock(3_600_000);
    desk.raise(soundingAlert('a', { shelvedUntil: until }));
    desk.pass(49_000);
    expect(desk.starts()).toEqual([]);
    expect(desk.policy.state().sounding).toBeUndefined();
    desk.setClock(-7_200_000);
    desk.pass(2_000);
    expect(desk.starts()).toEqual([60]);
  });

  test('stops what sounds, and gives it back when somebody takes it off', () => {
    const desk = createSoundDesk();
    desk.raise(soundingAlert('a'));
    desk.pass(1_000);
    desk.raise(soundingAlert('a', { shelvedUntil: 1_900_000_000_000 }));
    expect(desk.steps.at(-1)).toMatchObject({ kind: 'stop' });
    desk.pass(4_000);
    desk.raise(soundingAlert('a'));
    expect(desk.starts()).toEqual([0, 5]);
  });
});

describe('escalation', () => {
  test('sounds of its own where a supervisor works, and breaks a silence there', () => {
    const desk = createSoundDesk();
    desk.apply({ kind: 'supervised', supervised: true });
    desk.raise(soundingAlert('a'));
    desk.pass(55_000);
    desk.apply({ kind: 'silence' });
    desk.pass(5_000);
    desk.raise(soundingAlert('a', { escalatedAt: 1 }));
    desk.pass(11_000);
    expect(desk.starts('escalation')).toEqual([60, 70]);
    desk.raise(soundingAlert('a', { ...acknowledged, escalatedAt: 1 }));
    desk.pass(60_000);
    expect(desk.starts('escalation')).toHaveLength(2);
  });

  test('is the call as before where none does', () => {
    const desk = createSoundDesk();
    desk.raise(soundingAlert('a', { escalatedAt: 1 }));
    desk.pass(11_000);
    expect(desk.starts()).toEqual([0, 10]);
    expect(desk.starts('critical')).toHaveLength(2);
  });

  test('needs no database, and no calendar', () => {
    const desk = createSoundDesk();
    desk.apply({ kind: 'supervised', supervised: true });
    desk.apply({ kind: 'status', status: statusWith('live', 'away') });
    desk.raise(soundingAlert('a'), soundingAlert('b', warning));
    desk.pass(30_000);
    desk.setClock(3_600_000);
    desk.pass(29_000);
    expect(desk.starts('escalation')).toEqual([]);
    desk.pass(2_000);
    expect(desk.starts('escalation')).toEqual([60]);
  });

  test('is left to the record while that is there, with some patience', () => {
    const desk = createSoundDesk();
    desk.apply({ kind: 'supervised', supervised: true });
    desk.raise(soundingAlert('a'));
    desk.pass(74_000);
    expect(desk.starts('escalation')).toEqual([]);
    desk.pass(2_000);
    expect(desk.starts('escalation')).toEqual([75]);
  });
});

describe('mute and volume', () => {
  test('a mute is seen, ends by itself, and loses no call', () => {
    const desk = createSoundDesk();
    desk.raise(soundingAlert('a'));
    desk.pass(1_000);
    desk.apply({ kind: 'mute', minutes: 1, by: 'Alan Martin' });
    expect(desk.steps.at(-1)).toMatchObject({ kind: 'stop', why: 'muted' });
    desk.raise(soundingAlert('b'));
    expect(desk.policy.state()).toMatchObject({
      mutedBy: 'Alan Martin',
      mutedUntil: 1_800_000_061_000,
      sounding: 'critical',
    });
    desk.pass(62_000);
    expect(desk.starts()).toEqual([0, 61]);
    expect(desk.policy.state().mutedBy).toBeUndefined();
  });

  test('an end of the mute brings the call back at once', () => {
    const desk = createSoundDesk();
    desk.raise(soundingAlert('a'));
    desk.pass(1_000);
    desk.apply({ kind: 'mute', minutes: 15, by: 'Alan Martin' });
    desk.raise(soundingAlert('b'));
    desk.pass(4_000);
    desk.apply({ kind: 'unmute' });
    expect(desk.starts()).toEqual([0, 5]);
  });

  test('no volume is silent', () => {
    const desk = createSoundDesk();
    desk.apply({ kind: 'volume', volume: 0 });
    desk.raise(soundingAlert('a'));
    expect(desk.steps).toMatchObject([{ kind: 'play', volume: 0.2 }]);
  });

  test('a test is heard whole, muted or not', () => {
    const desk = createSoundDesk();
    desk.apply({ kind: 'mute', minutes: 1, by: 'Alan Martin' });
    desk.apply({ kind: 'test', sound: 'critical' });
    desk.pass(5_000);
    expect(desk.steps).toMatchObject([{ at: 0, kind: 'play', sound: 'critical', why: 'test' }]);
  });
});

describe('interruptions', () => {
  test('a lost link and its return are heard once each, however it flaps', () => {
    const desk = createSoundDesk();
    for (let times = 0; times < 10; times += 1) {
      desk.apply({ kind: 'status', status: statusWith(times % 2 === 0 ? 'down' : 'live', 'connected') });
      desk.pass(500);
    }
    desk.apply({ kind: 'status', status: statusWith('down', 'connected') });
    desk.apply({ kind: 'status', status: statusWith('connecting', 'connected') });
    desk.pass(30_000);
    expect(desk.steps).toMatchObject([{ at: 7_000, sound: 'link-lost' }]);
    desk.apply({ kind: 'status', status: statusWith('catching-up', 'connected') });
    desk.pass(30_000);
    expect(desk.steps.slice(1)).toMatchObject([{ sound: 'link-restored' }]);
  });

  test('link and database together are one sound, after a call and never muted into later', () => {
    const desk = createSoundDesk();
    desk.apply({ kind: 'status', status: statusWith('silent', 'away') });
    desk.pass(1_200);
    desk.raise(soundingAlert('a'));
    desk.pass(5_000);
    expect(desk.steps).toMatchObject([
      { at: 1_200, sound: 'critical' },
      { at: 2_600, sound: 'link-lost', why: 'link-lost: database, wss://cameras/t1' },
    ]);
    desk.apply({ kind: 'mute', minutes: 1, by: 'Alan Martin' });
    desk.apply({ kind: 'status', status: statusWith('live', 'connected') });
    desk.raise(soundingAlert('a', acknowledged));
    desk.pass(70_000);
    expect(desk.starts('link-restored')).toEqual([]);
  });
});

describe('the window that plays', () => {
  test('gets nothing before it is there, and then what calls', () => {
    const desk = createSoundDesk({ silentWindow: true });
    desk.raise(soundingAlert('a'));
    desk.pass(3_000);
    expect(desk.steps).toEqual([]);
    desk.apply({ kind: 'device', device: 'ok' });
    expect(desk.starts()).toEqual([3]);
  });

  test('that never speaks is a device that is missing', () => {
    const desk = createSoundDesk({ silentWindow: true });
    desk.pass(9_000);
    expect(desk.policy.state().device).toBe('starting');
    desk.pass(2_000);
    expect(desk.policy.state().device).toBe('missing');
  });

  test('begins anew when it was gone, or its device was', () => {
    const desk = createSoundDesk();
    desk.raise(soundingAlert('a'));
    desk.pass(500);
    for (const device of ['starting', 'ok', 'missing', 'ok'] as const) {
      desk.apply({ kind: 'device', device });
      desk.pass(500);
    }
    expect(desk.starts()).toEqual([0, 1, 1.5, 2]);
  });
});

test('5,000 alerts in a minute: one call after the other, and no time lost', () => {
  const desk = createSoundDesk();
  const began = performance.now();
  for (let batch = 0; batch < 500; batch += 1) {
    desk.raise(
      ...Array.from({ length: 10 }, (_, index) =>
        soundingAlert(`${batch}/${index}`, index > 0 ? warning : {}),
      ),
    );
    desk.pass(120);
  }
  expect(desk.starts()).toEqual([0, 10, 20, 30, 40, 50].map((second) => expect.closeTo(second, 0)));
  // On average for each of 500 batches, far below the 50 ms that a window may be kept waiting.
  expect((performance.now() - began) / 500).toBeLessThan(20);
});
