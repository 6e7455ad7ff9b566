import { describe, expect, test } from 'vitest';
import { createScript, measured, passA, passB, wholeVehicle } from '../../tests/shared/camera-events.ts';
import type { Script } from '../../tests/shared/camera-events.ts';
import { folded } from '../../tests/shared/folded.ts';
import type { Folded } from '../../tests/shared/folded.ts';

const minute = 60_000;

function script(write: (script: Script) => void): Script {
  const written = createScript();
  write(written);
  return written;
}

const passOf = (result: Folded) => result.store.passes.get(passA);
const vehicleOf = (result: Folded, index: number) => result.store.vehicles.get(passA)?.get(index);

describe('ends', () => {
  const open = (s: Script): void => {
    s.start();
    s.identify(1);
    s.measure(1, wholeVehicle());
  };
  const abort = (s: Script, reason = 'lost'): number => s.say({ type: 'pass.aborted', reason });

  test.each([
    [10 * minute - 1, 'in-progress', false],
    [10 * minute, 'pending', true],
    [10 * minute + 1, 'pending', true],
  ])('a later event %d ms after the last of the pass: %s, aborted %s', async (after, status, aborted) => {
    const written = script((s) => {
      open(s);
      s.say({ type: 'pass.started', trainNumber: '2', track: 'T1', direction: 'uk-fr' }, passB, after);
    });
    expect(passOf(await folded(written.entries))).toMatchObject({ status, aborted });
  });

  test('an event of an unknown pass is later and valid, too', async () => {
    const written = script((s) => {
      open(s);
      s.say({ type: 'pass.aborted', reason: '' }, passB, 10 * minute);
    });
    expect(passOf(await folded(written.entries))).toMatchObject({ aborted: true, state: 'unmeasured' });
  });

  test('the same silence ends a pass that goes on afterwards', async () => {
    const written = script((s) => {
      open(s);
      s.say(
        {
          type: 'springs.measured',
          index: 1,
          cameraId: 'F1',
          measurements: [measured({ defect: 'broken' })],
        },
        passA,
        10 * minute,
      );
    });
    expect(passOf(await folded(written.entries))).toMatchObject({ aborted: true, state: 'critical' });
  });

  test('silence ends a pass when the link is caught up', async () => {
    const result = await folded(script(open).entries);
    const last = passOf(result)?.work as { lastReceivedAt: number };
    await result.expire('stream', last.lastReceivedAt + 10 * minute - 1);
    expect(passOf(result)?.status).toBe('in-progress');
    await result.expire('stream', last.lastReceivedAt + 10 * minute);
    expect(passOf(result)).toMatchObject({ status: 'pending', aborted: true });
  });

  test.each([
    ['an abort', (s: Script): void => void abort(s)],
    [
      'a time-out',
      (s: Script): void =>
        void s.say(
          { type: 'pass.started', trainNumber: '2', track: 'T1', direction: 'uk-fr' },
          passB,
          10 * minute,
        ),
    ],
  ] as const)('a completion after %s counts', async (_, end) => {
    const written = script((s) => {
      open(s);
      end(s);
      s.complete(2);
    });
    const result = await folded(written.entries);
    // Half of all positions are blank now: both sides count as blind.
    expect(passOf(result)).toMatchObject({ aborted: false, vehicleCount: 2, state: 'critical' });
    expect(vehicleOf(result, 2)).toMatchObject({ identified: false });
    expect(result.rejectedSeqs()).toEqual([]);
  });

  test('a second abort is ignored or rejected by what it says; after a time-out it changes nothing', async () => {
    const written = script((s) => {
      open(s);
      abort(s, 'lost');
      abort(s, 'lost');
      abort(s, 'found');
    });
    expect((await folded(written.entries)).rejectedSeqs()).toEqual([6]);
    const overtaken = script((s) => {
      open(s);
      s.say({ type: 'pass.started', trainNumber: '2', track: 'T1', direction: 'uk-fr' }, passB, 10 * minute);
      abort(s, 'lost');
    });
    const result = await folded(overtaken.entries);
    expect(result.rejectedSeqs()).toEqual([]);
    expect(passOf(result)).toMatchObject({ aborted: true });
  });

  test('a pass without vehicles is unmeasured', async () => {
    const written = script((s) => {
      s.start();
      s.complete(0);
    });
    expect(passOf(await folded(written.entries))).toMatchObject({ state: 'unmeasured' });
  });
});
