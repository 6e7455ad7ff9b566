import { describe, expect, test } from 'vitest';
import { maySignInAt, signInWay, withoutQuery } from './address.ts';

describe('the sign-in page may be', () => {
  test.each([
    'https://sso.example/authorize?client_id=vicore',
    'http://127.0.0.1:4000/authorize',
    'http://localhost:4000/',
    'http://[::1]:4000/',
  ])('%s', (address) => {
    expect(maySignInAt(address)).toBe(true);
  });
});

describe('it may not be', () => {
  test.each([
    'http://sso.example/authorize',
    'http://127.0.0.1.example/',
    'http://localhost.example/',
    'https://sso.example@evil.example/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'vicore://pass/1',
    'vicore-app://app/windows/system/index.html',
    'data:text/html,hello',
    'smb://host/share',
    '--help',
    '',
  ])('%s', (address) => {
    expect(maySignInAt(address)).toBe(false);
  });
});

describe('a sign-in leads', () => {
  const company = signInWay(
    'https://sso.example/authorize?redirect_uri=http%3A%2F%2F127.0.0.1%3A51234%2Fsigned-in&state=1',
  );
  test.each([
    ['https://sso.example/login', true],
    ['https://login.partner.example/', true],
    ['http://127.0.0.1:51234/signed-in?code=1', true],
    ['http://127.0.0.1:51235/', false],
    ['http://localhost:51234/', false],
    ['http://sso.example/login', false],
    ['http://example/', false],
    ['file:///etc/passwd', false],
    ['javascript:alert(1)', false],
    ['data:text/html,hello', false],
    ['vicore-app://app/windows/system/index.html', false],
    ['nonsense', false],
  ])('to %s: %s', (address, allowed) => {
    expect(company(address)).toBe(allowed);
  });

  test('on this machine to where it began and where its answer is awaited', () => {
    const demo = signInWay('http://127.0.0.1:4000/auth?redirect_uri=http%3A%2F%2F127.0.0.1%3A51234%2F');
    expect(demo('http://127.0.0.1:4000/login')).toBe(true);
    expect(demo('http://127.0.0.1:51234/?code=1')).toBe(true);
    expect(demo('http://127.0.0.1:5432/')).toBe(false);
  });

  test('nowhere in the clear when the answer is awaited on another machine', () => {
    const odd = signInWay('https://sso.example/authorize?redirect_uri=http%3A%2F%2Fevil.example%2F');
    expect(odd('http://evil.example/')).toBe(false);
  });
});

test.each([
  ['https://sso.example/a?code=secret#access_token=secret', 'https://sso.example/a'],
  ['http://127.0.0.1:51234/signed-in?code=secret', 'http://127.0.0.1:51234/signed-in'],
  ['vicore-app://app/windows/car/index.html?x=1', 'vicore-app://app/windows/car/index.html'],
  ['data:text/html,secret', 'data:'],
  ['javascript:secret()', 'javascript:'],
  ['secret', 'not an address'],
])('of %s is shown %s', (address, shown) => {
  expect(withoutQuery(address)).toBe(shown);
});
