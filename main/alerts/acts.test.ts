import { describe, expect, test } from 'vitest';
import type { Alert } from '../../contract/domain.ts';
import type { Act } from '../audit/act.ts';
import { acknowledge, addComment, giveVerdict, handOver, shelve, undo, unshelve } from './acts.ts';
import { endShelf, escalate } from './timed.ts';

const act = (actor: string, at: number): Act => ({
  actor,
  subject: actor,
  role: 'supervisor',
  workstation: 'RCC-1',
  at,
  correlationId: 'c',
});

const raised: Alert = {
  id: 'a1',
  rule: 'height',
  severity: 'critical',
  state: 'active-unacknowledged',
  present: true,
  raisedAt: 0,
  receivedAt: 0,
  provisional: false,
};

const done = (result: ReturnType<typeof acknowledge>) => {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};

const owned = done(acknowledge(raised, act('ada', 1_000))).alert;

describe('the owner', () => {
  test('is who acknowledged; what was ticked is in the entry', () => {
    const checklist = [{ step: 'Call the train', done: true }];
    const { alert, events } = done(acknowledge(raised, act('ada', 1_000), { checklist }));
    expect(alert).toMatchObject({ owner: 'ada', acknowledgedBy: 'ada' });
    expect(events).toMatchObject([{ kind: 'acknowledged', details: { checklist } }]);
  });

  test('changes when it is handed over, and stays who acknowledged it', () => {
    const { alert, events } = done(handOver(owned, act('mona', 2_000), 'zoe', 'end of shift'));
    expect(alert).toMatchObject({ owner: 'zoe', acknowledgedBy: 'ada', comment: 'end of shift' });
    expect(events).toMatchObject([
      { kind: 'handed-over', actor: 'mona', details: { from: 'ada', to: 'zoe' } },
    ]);
  });

  test('is not handed over to who has it, nor of what is closed', () => {
    expect(handOver(owned, act('mona', 2_000), 'ada')).toMatchObject({ error: { code: 'conflict' } });
    expect(handOver({ ...owned, state: 'closed' }, act('mona', 2_000), 'zoe')).toMatchObject({
      error: { code: 'conflict' },
    });
  });
});

describe('taking an acknowledgement back', () => {
  test('makes the alert as before, up to the thirtieth second', () => {
    const { alert, events } = done(undo(owned, act('ada', 31_000), []));
    expect({ ...alert, comment: undefined }).toEqual({ ...raised, comment: undefined, owner: undefined });
    expect(events).toMatchObject([{ kind: 'acknowledgement-undone', details: { acknowledgedAt: 1_000 } }]);
  });

  test('of one that closed the alert makes it wait again', () => {
    const cleared: Alert = { ...raised, present: false, state: 'cleared-unacknowledged' };
    const { alert, events } = done(acknowledge(cleared, act('ada', 1_000)));
    expect(alert.state).toBe('closed');
    expect(done(undo(alert, act('ada', 2_000), events.slice(1))).alert.state).toBe('cleared-unacknowledged');
  });

  test.each([
    ['a second too late', undo(owned, act('ada', 31_001), [])],
    ['by somebody else', undo(owned, act('mona', 2_000), [])],
    ['of what nobody acknowledged', undo(raised, act('ada', 2_000), [])],
    ['after its pass was confirmed', undo({ ...owned, state: 'closed' }, act('ada', 2_000), [])],
    [
      'after it was handed over',
      undo(
        { ...owned, owner: 'mona' },
        act('ada', 2_000),
        done(handOver(owned, act('zoe', 1_500), 'mona')).events,
      ),
    ],
  ])('is refused %s', (_when, result) => {
    expect(result).toMatchObject({ ok: false, error: { code: 'conflict' } });
  });

  test('is not in the way of a comment', () => {
    const { events } = addComment(owned, act('mona', 1_500), 'on my way');
    expect(undo(owned, act('ada', 2_000), events).ok).toBe(true);
  });
});

describe('the shelf', () => {
  const shelved = done(shelve(raised, act('ada', 1_000), 10, 'bogie in the workshop')).alert;

  test('has end, name and reason, and leaves the state', () => {
    expect(shelved).toMatchObject({
      state: 'active-unacknowledged',
      shelvedUntil: 601_000,
      shelvedBy: 'ada',
      shelveReason: 'bogie in the workshop',
    });
  });

  test.each([0, -1, 1_441, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'does not last %d minutes',
    (minutes) => {
      expect(shelve(raised, act('ada', 0), minutes, 'r')).toMatchObject({ error: { code: 'invalid-input' } });
    },
  );

  test('wants a reason', () => {
    expect(shelve(raised, act('ada', 0), 1, '  ')).toMatchObject({ error: { code: 'invalid-input' } });
  });

  test('of somebody else in force is not moved; after its end it is', () => {
    expect(shelve(shelved, act('mona', 2_000), 5, 'r')).toMatchObject({
      error: { code: 'conflict', details: { shelvedBy: 'ada' } },
    });
    expect(shelve(shelved, act('mona', 601_000), 5, 'r').ok).toBe(true);
    expect(shelve(shelved, act('ada', 2_000), 5, 'r').ok).toBe(true);
  });

  test('ends by itself at its end, once, and not before', () => {
    expect(endShelf(shelved, 600_999, 'RCC-1').events).toEqual([]);
    const { alert, events } = endShelf(shelved, 601_000, 'RCC-1');
    expect(events).toMatchObject([{ kind: 'shelf-ended', actor: 'system' }]);
    expect(endShelf(alert, 700_000, 'RCC-1').events).toEqual([]);
  });

  test('is left by a person while it is in force', () => {
    expect(unshelve(shelved, act('mona', 2_000)).ok).toBe(true);
    expect(unshelve(shelved, act('mona', 601_000))).toMatchObject({ error: { code: 'conflict' } });
  });

  test('keeps the alert from escalating until it has ended', () => {
    const due = { afterMs: 60_000, since: 0, now: 100_000 };
    expect(escalate(shelved, due, 'RCC-1').events).toEqual([]);
    expect(escalate(raised, due, 'RCC-1').alert.escalatedAt).toBe(100_000);
    expect(escalate(raised, { ...due, now: 59_999 }, 'RCC-1').events).toEqual([]);
  });
});

test('a later verdict takes the place of the one before, and names it', () => {
  const first = giveVerdict(owned, act('ada', 2_000), 'true', 'seen it').alert;
  const { alert, events } = giveVerdict(first, act('mona', 3_000), 'not-found');
  expect(alert).toMatchObject({ verdict: 'not-found', comment: 'seen it' });
  expect(events).toMatchObject([{ kind: 'verdict', details: { verdict: 'not-found', before: 'true' } }]);
});
