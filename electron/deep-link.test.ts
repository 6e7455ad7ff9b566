import { describe, expect, test } from 'vitest';
import { canBeHandedOn, deepLinkOf, parseDeepLink } from './deep-link.ts';

const passId = '0b9f1c1e-0000-4000-8000-000000000001';

describe('a link', () => {
  test('of an alert names it alone', () => {
    expect(parseDeepLink(`vicore://alert/${passId.toUpperCase()}`)).toEqual({ alertId: passId });
    for (const text of [
      'vicore://alert/',
      `vicore://alert/${passId}/car/1`,
      'vicore://alert/1',
      `vicore://alert/${passId}x`,
    ]) {
      expect(parseDeepLink(text)).toBeUndefined();
    }
  });

  test('names pass, car and spring', () => {
    expect(parseDeepLink(`vicore://pass/${passId}/car/12/spring/3Rb`)).toEqual({
      passId,
      vehicleIndex: 12,
      position: '3Rb',
    });
  });

  test('may leave out the spring and write the identity in capitals', () => {
    expect(parseDeepLink(`vicore://pass/${passId.toUpperCase()}/car/1/`)).toEqual({
      passId,
      vehicleIndex: 1,
    });
  });

  test.each([
    '',
    'vicore://',
    `vicore://pass/${passId}`,
    `vicore://pass/${passId}/car/0`,
    `vicore://pass/${passId}/car/201`,
    `vicore://pass/${passId}/car/-1`,
    `vicore://pass/${passId}/car/1/spring/9Zz`,
    `vicore://pass/${passId}/car/1/spring/3Rb?x=1`,
    `vicore://pass/../../car/1`,
    `https://pass/${passId}/car/1`,
    ` vicore://pass/${passId}/car/1`,
    `vicore://pass/${passId.slice(1)}-/car/1`,
  ])('is nothing else: %s', (text) => {
    expect(parseDeepLink(text)).toBeUndefined();
  });

  test('is found among the arguments of a start', () => {
    expect(deepLinkOf(['/usr/bin/vicore', '--config', 'x', `vicore://pass/${passId}/car/2`])).toEqual({
      passId,
      vehicleIndex: 2,
    });
    expect(deepLinkOf(['/usr/bin/vicore'])).toBeUndefined();
  });
});

test('only what a running instance gets in one message is handed on to it', () => {
  expect(canBeHandedOn(['vicore', `vicore://pass/${passId}/car/12/spring/3Rb`])).toBe(true);
  expect(canBeHandedOn(['vicore', `vicore://alert/${'0'.repeat(60_000)}`])).toBe(false);
  expect(canBeHandedOn(['vicore', '√'.repeat(10_000)])).toBe(false);
});
