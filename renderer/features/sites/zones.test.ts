import { expect, test } from 'vitest';
import { isTimeZone, timeZones } from './zones.ts';

test('the control centres’ zones come first, each zone once, all of them real', () => {
  const zones = timeZones();
  expect(zones.slice(0, 2)).toEqual(['Europe/London', 'Europe/Paris']);
  expect(new Set(zones).size).toBe(zones.length);
  expect(zones.filter((zone) => !isTimeZone(zone))).toEqual([]);
});

test.each(['', 'Europe/Folkestone', 'Mars', '../../etc'])('%j is no zone', (zone) => {
  expect(isTimeZone(zone)).toBe(false);
});
