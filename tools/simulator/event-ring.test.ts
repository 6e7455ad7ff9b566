import { expect, test } from 'vitest';
import { EventRing } from './event-ring.ts';

const text = (seq: number): string => `event ${seq}`;

test('numbers begin at 1 and have no holes; an empty ring can give the next one first', () => {
  const ring = new EventRing({ milliseconds: 1000, events: 100 });
  expect([ring.oldestSeq, ring.latestSeq]).toEqual([1, 0]);
  for (let step = 0; step < 5; step += 1) ring.append(text, 0);
  expect([ring.oldestSeq, ring.latestSeq, ring.size]).toEqual([1, 5, 5]);
  expect(ring.at(3)?.text).toBe('event 3');
  expect(ring.at(6)).toBeUndefined();
});

test('old events go by age and by count, the newest always stays', () => {
  const ring = new EventRing({ milliseconds: 1000, events: 10_000 });
  for (let step = 0; step < 30_000; step += 1) ring.append(text, 0);
  expect([ring.oldestSeq, ring.size]).toEqual([20_001, 10_000]);
  expect(ring.at(20_000)).toBeUndefined();
  expect(ring.at(20_001)?.seq).toBe(20_001);
  ring.append(text, 5000);
  expect([ring.oldestSeq, ring.latestSeq]).toEqual([30_001, 30_001]);
});

test('a loss takes what was kept and numbers that nobody saw', () => {
  const ring = new EventRing({ milliseconds: 1000, events: 100 });
  for (let step = 0; step < 5; step += 1) ring.append(text, 0);
  ring.lose(3);
  expect([ring.oldestSeq, ring.latestSeq]).toEqual([9, 8]);
  expect(ring.append(text, 0).text).toBe('event 9');
  expect(ring.at(5)).toBeUndefined();
});
