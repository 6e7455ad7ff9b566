import { describe, expect, test } from 'vitest';
import { compareVersions, contactOf, newestVersion } from './contact.ts';

const now = 1_795_000_000_000;
const minute = 60_000;
const workstation = (version: string, age: number) => ({
  name: `RCC-${version}`,
  version,
  firstSeenAt: 0,
  lastSeenAt: now - age,
  writer: false,
});

test.each([
  [0, 'fresh'],
  [2.5 * minute, 'fresh'],
  [2.5 * minute + 1, 'late'],
  [15 * minute, 'late'],
  [15 * minute + 1, 'gone'],
] as const)('%d ms after its last report a workstation is %s', (age, contact) => {
  expect(contactOf({ lastSeenAt: now - age }, now)).toBe(contact);
});

test('a clock that is behind the database does not make a workstation late', () => {
  expect(contactOf({ lastSeenAt: now + minute }, now)).toBe('fresh');
});

describe('versions', () => {
  test('by numbers, not by letters', () => {
    expect(compareVersions('2.10.0', '2.9.1')).toBeGreaterThan(0);
    expect(compareVersions('2.0', '2.0.0')).toBe(0);
    expect(compareVersions('1.9.9', '2.0.0')).toBeLessThan(0);
  });

  test('the newest of those that are running: one that is gone says nothing', () => {
    const all = [workstation('2.0.0', 0), workstation('2.1.0', minute), workstation('3.0.0', 60 * minute)];
    expect(newestVersion(all, now)).toBe('2.1.0');
    expect(newestVersion([], now)).toBeUndefined();
  });
});
