import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Alert, AlertEvent, Verdict } from '../../contract/domain.ts';
import type { Act } from '../audit/act.ts';
import {
  acknowledge,
  acknowledgeLate,
  addComment,
  giveVerdict,
  handOver,
  shelve,
  shelfMinutes,
  undo,
  undoMs,
  unshelve,
} from './acts.ts';
import { applyTransition, closeOnConfirmation, isShelved, isUnacknowledged } from './lifecycle.ts';
import type { AlertChange } from './lifecycle.ts';
import { endShelf, escalate } from './timed.ts';
import type { AlertTransition } from './transition.ts';

/*
 * Whatever happens to an alert, in whatever order and however the clock jumps, these stay true (docs/domain.md,
 * alerts; docs/faults.md, row 43).
 */

interface Standing {
  readonly alert: Alert | undefined;
  readonly history: readonly AlertEvent[];
  /** Of this step alone; undefined: refused. */
  readonly change: AlertChange | undefined;
}

type Step = (record: Standing, now: number) => AlertChange | undefined;

const people = ['ada', 'mona', 'zoe'] as const;
const person = fc.constantFrom(...people);
const actAt = (actor: string, at: number): Act => ({
  actor,
  subject: actor,
  role: 'supervisor',
  workstation: 'RCC-1',
  at,
  correlationId: 'c',
});

const transition = (
  kind: AlertTransition['kind'],
  severity: AlertTransition['severity'],
  at: number,
): AlertTransition => ({
  kind,
  severity,
  at,
  receivedAt: at,
  alertId: 'alert',
  passId: 'pass',
  rule: 'height',
  present: kind !== 'cleared',
  streamId: 'stream',
  seq: 1,
});

const taken = (result: ReturnType<typeof acknowledge>): AlertChange | undefined =>
  result.ok ? result.value : undefined;

/** Only what can be done to an alert that there is. */
const onAlert =
  (act: (alert: Alert, now: number, history: readonly AlertEvent[]) => AlertChange | undefined): Step =>
  ({ alert, history }, now) =>
    alert && act(alert, now, history);

const conditions = fc
  .tuple(
    fc.constantFrom('raised', 'severity-raised', 'returned', 'cleared' as const),
    fc.constantFrom('warning', 'critical' as const),
  )
  .map(
    ([kind, severity]): Step =>
      ({ alert }, now) =>
        applyTransition(alert, transition(kind, severity, now)),
  );

const steps = fc.oneof(
  { arbitrary: conditions, weight: 4 },
  person.map((actor) => onAlert((alert, now) => taken(acknowledge(alert, actAt(actor, now))))),
  person.map((actor) =>
    onAlert((alert, now, history) => {
      const place = history.findLastIndex(({ kind }) => kind === 'acknowledged');
      return taken(undo(alert, actAt(actor, now), history.slice(place + 1)));
    }),
  ),
  fc
    .tuple(person, fc.integer({ min: -90_000, max: 0 }))
    .map(([actor, ago]) =>
      onAlert((alert, now) => acknowledgeLate(alert, actAt(actor, now + ago), {}, alert.receivedAt)),
    ),
  fc
    .tuple(person, person)
    .map(([actor, to]) => onAlert((alert, now) => taken(handOver(alert, actAt(actor, now), to)))),
  fc
    .tuple(person, fc.oneof(fc.integer({ min: -5, max: 1_500 }), fc.double()))
    .map(([actor, minutes]) =>
      onAlert((alert, now) => taken(shelve(alert, actAt(actor, now), minutes, 'known'))),
    ),
  person.map((actor) => onAlert((alert, now) => taken(unshelve(alert, actAt(actor, now))))),
  fc
    .tuple(person, fc.constantFrom<Verdict>('true', 'false', 'not-found', 'pending'))
    .map(([actor, verdict]) => onAlert((alert, now) => giveVerdict(alert, actAt(actor, now), verdict))),
  person.map((actor) => onAlert((alert, now) => addComment(alert, actAt(actor, now), `said at ${now}`))),
  person.map((actor) =>
    onAlert((alert, now) =>
      isUnacknowledged(alert) ? undefined : closeOnConfirmation(alert, actAt(actor, now)),
    ),
  ),
  fc.constant(onAlert((alert, now) => endShelf(alert, now, 'RCC-1'))),
  fc.constant(
    onAlert((alert, now) => escalate(alert, { afterMs: 60_000, since: alert.receivedAt, now }, 'RCC-1')),
  ),
);

/** Seconds, now and then hours, either way. */
const jumps = fc.oneof(
  { arbitrary: fc.integer({ min: 1, max: 90_000 }), weight: 5 },
  fc.integer({ min: -7_200_000, max: 7_200_000 }),
);

const start = Date.UTC(2026, 10, 21, 9);

/** Every record on the way, with the one before it and the time. */
function forEveryStep(
  look: (before: Standing, after: Standing, now: number) => void,
): fc.IProperty<[[Step, number][]]> {
  return fc.property(fc.array(fc.tuple(steps, jumps), { maxLength: 40 }), (script) => {
    let now = start;
    let record: Standing = { alert: undefined, history: [], change: undefined };
    for (const [step, jump] of script) {
      now += jump;
      const change = step(record, now);
      const after = {
        alert: change?.alert ?? record.alert,
        history: [...record.history, ...(change?.events ?? [])],
        change,
      };
      look(record, after, now);
      record = after;
    }
  });
}

describe('whatever happens to an alert', () => {
  test('what changes leaves an entry of who, where and when; what does not leaves none', () => {
    fc.assert(
      forEveryStep((before, after) => {
        if (!after.change) return;
        const { alert, events } = after.change;
        // A first transition that clears is of a condition nobody has seen.
        if (before.alert) {
          if (events.length === 0) expect(alert).toEqual(before.alert);
          if (JSON.stringify(alert) !== JSON.stringify(before.alert))
            expect(events.length).toBeGreaterThan(0);
        }
        for (const event of events) {
          expect(event).toMatchObject({ alertId: alert.id, at: expect.any(Number) });
          expect(event.actor).not.toBe('');
          expect(event.kind).not.toBe('');
        }
      }),
    );
  });

  test('its severity never falls, and a rise makes it nobody’s', () => {
    fc.assert(
      forEveryStep((before, after) => {
        if (!before.alert || !after.alert) return;
        if (before.alert.severity === 'critical') expect(after.alert.severity).toBe('critical');
        else if (after.alert.severity === 'critical') {
          expect(after.alert).toMatchObject({ state: 'active-unacknowledged' });
          expect(after.alert.owner).toBeUndefined();
          expect(after.alert.shelvedUntil).toBeUndefined();
        }
      }),
    );
  });

  test('only an acknowledgement or a confirmation ends that it waits for one', () => {
    fc.assert(
      forEveryStep((before, after) => {
        if (!before.alert || !after.alert || !isUnacknowledged(before.alert)) return;
        if (isUnacknowledged(after.alert)) return;
        expect(after.change?.events.map(({ kind }) => kind)).toContain('acknowledged');
      }),
    );
  });

  test('the state says what the condition and the owner say', () => {
    fc.assert(
      forEveryStep((_before, { alert }) => {
        if (!alert) return;
        if (alert.state === 'active-unacknowledged' || alert.state === 'active-acknowledged')
          expect(alert.present).toBe(true);
        if (alert.state === 'cleared-unacknowledged') expect(alert.present).toBe(false);
        expect(alert.acknowledgedBy === undefined).toBe(alert.acknowledgedAt === undefined);
        if (isUnacknowledged(alert)) expect(alert.acknowledgedBy).toBeUndefined();
        if (alert.escalatedAt !== undefined) expect(alert.severity).toBe('critical');
      }),
    );
  });

  test('a shelf has an end within a day, a reason and a name, and is gone when its end has come', () => {
    fc.assert(
      forEveryStep((before, { alert, change }, now) => {
        if (!alert) return;
        const { shelvedUntil, shelvedBy, shelveReason } = alert;
        expect(shelvedUntil === undefined).toBe(shelvedBy === undefined);
        expect(shelvedUntil === undefined).toBe(shelveReason === undefined);
        if (change?.events.some(({ kind }) => kind === 'shelved')) {
          expect(shelvedUntil).toBeGreaterThanOrEqual(now + shelfMinutes.least * 60_000);
          expect(shelvedUntil).toBeLessThanOrEqual(now + shelfMinutes.most * 60_000);
        }
        if (shelvedUntil === undefined) return;
        expect(Number.isInteger(shelvedUntil)).toBe(true);
        expect(alert.state).not.toBe('closed');
        const ended = endShelf(alert, shelvedUntil, 'RCC-1').alert;
        expect(isShelved(ended, Number.NEGATIVE_INFINITY)).toBe(false);
        // As it was: only the shelf is gone.
        expect({ ...ended, shelvedUntil, shelvedBy, shelveReason }).toEqual(alert);
        if (before.alert) expect(alert.id).toBe(before.alert.id);
      }),
    );
  });

  test('what hides it or takes it from the shelf changes nothing else of it', () => {
    const hides = new Set(['shelved', 'unshelved', 'shelf-ended']);
    fc.assert(
      forEveryStep((before, after) => {
        const [event] = after.change?.events ?? [];
        if (!event || !hides.has(event.kind) || !before.alert || !after.alert) return;
        const { shelvedUntil, shelvedBy, shelveReason } = before.alert;
        expect({ ...after.alert, shelvedUntil, shelvedBy, shelveReason }).toEqual(before.alert);
      }),
    );
  });

  test('only who acknowledged takes it back, within 30 s', () => {
    fc.assert(
      forEveryStep((before, after, now) => {
        const undone = after.change?.events.find(({ kind }) => kind === 'acknowledgement-undone');
        if (!undone || !before.alert || !after.alert) return;
        expect(undone.actor).toBe(before.alert.acknowledgedBy);
        expect(now - (before.alert.acknowledgedAt ?? 0)).toBeLessThanOrEqual(undoMs);
        expect(isUnacknowledged(after.alert)).toBe(true);
      }),
    );
  });

  test('it escalates once, and not while it is on the shelf or somebody has it', () => {
    fc.assert(
      forEveryStep((before, after, now) => {
        if (!after.change?.events.some(({ kind }) => kind === 'escalated') || !before.alert) return;
        expect(before.alert).toMatchObject({ severity: 'critical', state: 'active-unacknowledged' });
        expect(before.alert.escalatedAt).toBeUndefined();
        expect(isShelved(before.alert, now)).toBe(false);
      }),
    );
  });
});

test('acknowledging one never touches another', () => {
  const state = fc.record({ id: fc.uuid(), severity: fc.constantFrom('warning', 'critical' as const) });
  fc.assert(
    fc.property(fc.uniqueArray(state, { minLength: 2, maxLength: 20, selector: ({ id }) => id }), (given) => {
      const alerts = given.map(({ id, severity }) => ({
        ...applyTransition(undefined, transition('raised', severity, start)).alert,
        id,
      }));
      const before = structuredClone(alerts);
      const [first] = alerts;
      if (!first) return;
      const change = taken(acknowledge(first, actAt('ada', start + 1)));
      expect(change?.events.every(({ alertId }) => alertId === first.id)).toBe(true);
      expect(alerts).toEqual(before);
    }),
  );
});
