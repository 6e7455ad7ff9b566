import { expect, test } from 'vitest';
import type { Alert } from '../../contract/domain.ts';
import { floodCount } from './flood.ts';
import { anAlert } from './test-values.ts';

const minute = 60_000;
const received = (count: number, at: number, name = 'a'): Map<string, Alert> =>
  new Map(
    Array.from({ length: count }, (_, place) => [
      `${name}${place}`,
      anAlert(`${name}${place}`, { receivedAt: at }),
    ]),
  );
const none = new Map<string, Alert>();

test('ten new alerts in ten minutes are none, eleven are a flood', () => {
  expect(floodCount(received(10, 0), none, minute)).toBeUndefined();
  expect(floodCount(received(11, 0), none, minute)).toBe(11);
});

test('what has closed meanwhile counts, what is older does not', () => {
  expect(floodCount(received(6, 0), received(6, 0, 'b'), minute)).toBe(12);
  expect(floodCount(received(6, 0), received(6, -10 * minute, 'b'), minute)).toBeUndefined();
});
