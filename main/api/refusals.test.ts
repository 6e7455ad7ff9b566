import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Refusal } from '../core.ts';
import { createRefusalReporter } from './refusals.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const refusal = (fields: Partial<Refusal> = {}): Refusal => ({
  at: Date.now(),
  code: 'forbidden',
  reason: 'needs the role operator',
  method: 'passes.confirm',
  windowId: 1,
  kind: 'system',
  actor: 'Vera Blanc',
  subject: 'vera',
  role: 'viewer',
  correlationId: 'c',
  repeated: 0,
  ...fields,
});

test('a flood is two reports: the first at once, the number of the others when it is over', () => {
  const reports: Refusal[] = [];
  const report = createRefusalReporter((one) => reports.push(one));
  for (let count = 0; count < 50; count += 1) report(refusal());
  expect(reports.map(({ repeated }) => repeated)).toEqual([0]);
  vi.advanceTimersByTime(10_000);
  // Fifty attempts: one, and one that stands for itself and 48 more.
  expect(reports.map(({ repeated }) => repeated)).toEqual([0, 48]);
  vi.advanceTimersByTime(60_000);
  expect(reports).toHaveLength(2);
});

test('one that goes on is counted once', () => {
  const reports: Refusal[] = [];
  const report = createRefusalReporter((one) => reports.push(one));
  let attempts = 0;
  for (let second = 0; second < 60; second += 1) {
    report(refusal());
    attempts += 1;
    vi.advanceTimersByTime(1_000);
  }
  vi.advanceTimersByTime(20_000);
  expect(reports.reduce((sum, { repeated }) => sum + 1 + repeated, 0)).toBe(attempts);
  expect(reports.length).toBeLessThan(14);
});

test('each person, method and window is reported by itself', () => {
  const reports: Refusal[] = [];
  const report = createRefusalReporter((one) => reports.push(one));
  const other = { actor: 'Alan Martin', subject: 'alan', role: 'operator' };
  for (const fields of [{}, other, { method: 'alerts.comment' }, { windowId: 2 }, {}])
    report(refusal(fields));
  expect(reports.map(({ subject, method, windowId }) => [subject, method, windowId])).toEqual([
    ['vera', 'passes.confirm', 1],
    ['alan', 'passes.confirm', 1],
    ['vera', 'alerts.comment', 1],
    ['vera', 'passes.confirm', 2],
  ]);
});
