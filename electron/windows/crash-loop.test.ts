import { expect, test } from 'vitest';
import { crashLoopCount, recentCrashes } from './crash-loop.ts';

test('three crashes within a minute are a loop, three in an hour are not', () => {
  const soon = [0, 20_000, 40_000].reduce<readonly number[]>(recentCrashes, []);
  expect(soon).toHaveLength(crashLoopCount);
  const rarely = [0, 60_000, 120_000].reduce<readonly number[]>(recentCrashes, []);
  expect(rarely).toEqual([120_000]);
});
