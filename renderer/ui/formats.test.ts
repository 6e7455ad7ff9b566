import { describe, expect, test } from 'vitest';
import {
  formatAge,
  formatDifference,
  formatMillimetres,
  formatMoment,
  formatOrdinal,
  formatPosition,
  formatRecent,
  formatTimeWithZone,
  nameOfSite,
  otherZone,
  setSiteNames,
  sideName,
  zoneOfSite,
} from './formats.ts';

const winter = Date.UTC(2026, 10, 21, 8, 14, 31);
const summer = Date.UTC(2026, 6, 1, 8, 14, 31);

describe('times', () => {
  test('carry the zone of the site', () => {
    expect(formatTimeWithZone(winter, 'en', zoneOfSite('Folkestone'))).toBe('08:14:31 GMT');
    expect(formatTimeWithZone(winter, 'fr', zoneOfSite('Coquelles'))).toBe('09:14:31 CET');
    expect(formatTimeWithZone(summer, 'en', zoneOfSite('Folkestone'))).toBe('09:14:31 BST');
  });

  test('carry the zone that an administrator gave the site, and its name', () => {
    setSiteNames([{ site: 'Folkestone', track: 'T1', name: 'North portal', timeZone: 'Europe/Paris' }]);
    expect(formatTimeWithZone(winter, 'en', zoneOfSite('Folkestone'))).toBe('09:14:31 CET');
    expect(nameOfSite('Folkestone', 'T1')).toBe('North portal');
    expect(nameOfSite('Folkestone', 'T2')).toBe('Folkestone');
    setSiteNames([]);
    expect(zoneOfSite('Folkestone')).toBe('Europe/London');
  });

  test('are written out in the language', () => {
    expect(formatMoment(winter, 'en', 'Europe/Paris')).toBe('21 Nov 2026, 09:14:31 CET');
    expect(formatMoment(winter, 'fr', 'Europe/Paris')).toBe('21 nov. 2026, 09:14:31 CET');
  });

  test('know the other control centre', () => {
    expect(otherZone('Europe/London')).toBe('Europe/Paris');
    expect(otherZone('Europe/Paris')).toBe('Europe/London');
  });
});

describe('heights', () => {
  test('are millimetres with the decimal sign of the language', () => {
    expect(formatMillimetres(22840, 'en')).toBe('228.4');
    expect(formatMillimetres(22840, 'fr')).toBe('228,4');
  });

  test('differ with a sign, zero without', () => {
    expect(formatDifference(-2940, 'en')).toBe('−29.4');
    expect(formatDifference(30, 'fr')).toBe('+0,3');
    expect(formatDifference(-3, 'en')).toBe('0.0');
  });
});

describe('positions', () => {
  test('show L and R as G and D in French', () => {
    expect(formatPosition('3Rb', 'en')).toBe('3Rb');
    expect(formatPosition('3Rb', 'fr')).toBe('3Db');
    expect(formatPosition('3La', 'fr')).toBe('3Ga');
    expect(formatPosition('3b', 'fr')).toBe('3b');
  });

  test('are running coordinates for unidentified cars', () => {
    expect(formatPosition('3Rb', 'en', false)).toBe('3·right·trail');
    expect(formatPosition('1La', 'fr', false)).toBe('1·gauche·avant');
    expect(formatPosition('3b', 'en', false)).toBe('3·trail');
  });

  test('name the running sides of a camera-blind alert', () => {
    expect(formatPosition('left', 'fr')).toBe('gauche');
  });

  test('name the side at the top of the picture after the leading end', () => {
    expect(sideName('top', { identified: true, leadingEnd: 'A' }, 'en')).toBe('R');
    expect(sideName('top', { identified: true, leadingEnd: 'B' }, 'en')).toBe('L');
    expect(sideName('bottom', { identified: true, leadingEnd: 'A' }, 'fr')).toBe('G');
    expect(sideName('top', { identified: false }, 'en')).toBe('right');
  });
});

test('ages are as short as a person says them', () => {
  expect([400, 35_400, 720_000, 11_100_000].map((age) => formatAge(age, 'en'))).toEqual([
    '0.4 s',
    '35 s',
    '12 min',
    '3 h 05',
  ]);
});

describe('the time of something in a list', () => {
  const now = Date.UTC(2026, 10, 21, 0, 30);

  test("names the day when it is another one, by the zone's calendar", () => {
    const at = Date.UTC(2026, 10, 20, 23, 45);
    expect(formatRecent(at, now, 'en', 'Europe/London')).toBe('20 Nov 23:45');
    expect(formatRecent(at, now, 'en', 'Europe/Paris')).toBe('00:45:00');
  });
});

test('how often, in words of the language', () => {
  const numbers = [2, 3, 4, 11, 12, 13, 21, 22, 23, 111];
  expect(numbers.map((value) => formatOrdinal(value, 'en')).join(' ')).toBe(
    '2nd 3rd 4th 11th 12th 13th 21st 22nd 23rd 111th',
  );
  expect(formatOrdinal(4, 'fr')).toBe('4e');
});
