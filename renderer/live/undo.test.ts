import { describe, expect, test } from 'vitest';
import type { Alert } from '../../contract/domain.ts';
import { anAlert } from './test-values.ts';
import { isOwnAcknowledgement, undoMsLeft } from './undo.ts';

const own = (changed: Partial<Alert> = {}): Alert =>
  anAlert('a', {
    state: 'active-acknowledged',
    acknowledgedBy: 'Alan Martin',
    acknowledgedAt: 1_000_000,
    owner: 'Alan Martin',
    ...changed,
  });

describe('whose acknowledgement it is', () => {
  test.each<[string, Partial<Alert>, string | undefined, boolean]>([
    ['mine, wherever I made it', {}, 'Alan Martin', true],
    ['mine, and the alert closed by it', { state: 'closed' }, 'Alan Martin', true],
    ["a colleague's", {}, 'Sophie Lambert', false],
    ["a colleague's that was handed to me", { acknowledgedBy: 'B. Lee' }, 'Alan Martin', false],
    ['nobody is signed in', {}, undefined, false],
    ['nobody has a name', { acknowledgedBy: '' }, '', false],
    ['kept here only: it can be taken back here', { provisional: true }, 'Alan Martin', true],
    ['handed over since', { owner: 'Sophie Lambert' }, 'Alan Martin', false],
    ['undone already', { state: 'active-unacknowledged' }, 'Alan Martin', false],
    ['raised again since', { state: 'cleared-unacknowledged' }, 'Alan Martin', false],
    ['of an unknown time', { acknowledgedAt: undefined }, 'Alan Martin', false],
  ])('%s', (_name, changed, person, expected) => {
    expect(isOwnAcknowledgement(own(changed), person)).toBe(expected);
  });
});

describe('the time that is left', () => {
  const at = 1_000_000;

  test('is 30 s from the acknowledgement, in a window that did not make it too', () => {
    expect(undoMsLeft(at, undefined, 500, { wall: at, monotonic: 500 })).toBe(30_000);
    expect(undoMsLeft(at, undefined, 500, { wall: at + 12_000, monotonic: 12_500 })).toBe(18_000);
    // Opened late.
    expect(undoMsLeft(at, undefined, 500, { wall: at + 25_000, monotonic: 500 })).toBe(5_000);
    expect(undoMsLeft(at, undefined, 500, { wall: at + 30_000, monotonic: 500 })).toBe(0);
  });

  test('ends with a wall clock that is late or set back too', () => {
    expect(undoMsLeft(at, undefined, 500, { wall: at - 60_000, monotonic: 500 })).toBe(30_000);
    expect(undoMsLeft(at, undefined, 500, { wall: at - 60_000, monotonic: 20_500 })).toBe(10_000);
    expect(undoMsLeft(at, undefined, 500, { wall: at - 60_000, monotonic: 30_500 })).toBe(0);
  });

  test('is what this window counted itself when it was made here, whatever the wall clock says', () => {
    const made = { acknowledgedAt: at, until: 40_000 };
    expect(undoMsLeft(at, made, 0, { wall: at + 3_600_000, monotonic: 15_000 })).toBe(25_000);
    expect(undoMsLeft(at, made, 0, { wall: at, monotonic: 40_000 })).toBe(0);
  });

  test('of another acknowledgement of the same alert begins anew', () => {
    const refused = { acknowledgedAt: at, until: 0 };
    expect(undoMsLeft(at, refused, 0, { wall: at + 1_000, monotonic: 1_000 })).toBeLessThanOrEqual(0);
    expect(undoMsLeft(at + 5_000, refused, 6_000, { wall: at + 6_000, monotonic: 6_000 })).toBe(29_000);
  });
});
