import { describe, expect, test } from 'vitest';
import { applicationFile } from './application-path.ts';

const root = '/opt/vicore/out/renderer';

describe('an address of the application', () => {
  test('names a file below the root, with its type', () => {
    expect(applicationFile(root, 'vicore-app://app/windows/system/index.html?x#y')).toEqual({
      path: `${root}/windows/system/index.html`,
      type: 'text/html; charset=utf-8',
    });
    expect(applicationFile(root, 'vicore-app://app/assets/a%20b.js')?.path).toBe(`${root}/assets/a b.js`);
  });

  test.each([
    'vicore-app://app/',
    'vicore-app://app/windows/',
    'vicore-app://app/../main/index.js/..',
    'vicore-app://app/%2e%2e%2fmain/index.js',
    'vicore-app://app/..%2f..%2fetc/passwd.html',
    'vicore-app://app/a/..%2f..%2f..%2fsecret.json',
    'vicore-app://app/..%5c..%5csecret.json',
    'vicore-app://app/%00.html',
    'vicore-app://app/%ff.html',
    'vicore-app://app/%.html',
    'vicore-app://app/native.node',
    'vicore-app://app/vicore.config',
    'vicore-app://other/windows/system/index.html',
    'file:///etc/passwd.html',
    'not an address',
  ])('names nothing: %s', (address) => {
    expect(applicationFile(root, address)).toBeUndefined();
  });

  test('stays below the root even when it looks absolute', () => {
    expect(applicationFile(root, 'vicore-app://app//etc/passwd.html')?.path ?? root).toContain(root);
  });
});
