import { expect, test } from 'vitest';
import { mayBeUnencrypted } from './issuer-address.ts';

test.each(['http://127.0.0.1:4000', 'http://[::1]:4000/realm', 'http://localhost'])(
  '%s is on this machine',
  (issuer) => {
    expect(mayBeUnencrypted(issuer)).toBe(true);
  },
);

test('an encrypted address stays encrypted', () => {
  expect(mayBeUnencrypted('https://127.0.0.1')).toBe(false);
  expect(mayBeUnencrypted('https://sso.example')).toBe(false);
});

test.each([
  'http://sso.example',
  'http://127.0.0.1.evil.example',
  'http://localhost.evil',
  'ftp://localhost',
])('%s is refused', (issuer) => {
  expect(() => mayBeUnencrypted(issuer)).toThrow(/https:\/\//);
});
