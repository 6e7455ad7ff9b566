import { expect, test } from 'vitest';
import { recentRestarts } from './restarts.ts';

test('restarts count for ten minutes, and not from the future', () => {
  const now = 1_000_000_000;
  expect(recentRestarts([now - 600_000, now - 599_999, now, now + 1], now)).toEqual([now - 599_999, now]);
});
