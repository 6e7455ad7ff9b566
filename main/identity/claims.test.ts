import { describe, expect, test } from 'vitest';
import type { Role } from '../../contract/domain.ts';
import { claimAt, needsUserInfo, personOf, roleOf } from './claims.ts';

const roles: Readonly<Record<string, Role>> = {
  admins: 'admin',
  ops: 'operator',
  'VICORE Supervisors': 'supervisor',
};

describe('roles', () => {
  test.each<[string, unknown, Role]>([
    ['a list', ['ops'], 'operator'],
    ['the highest of several wins', ['ops', 'admins', 'unknown'], 'admin'],
    ['one text', 'ops', 'operator'],
    ['texts with spaces between', 'unknown ops', 'operator'],
    ['a name with spaces in it', 'VICORE Supervisors', 'supervisor'],
    ['an unknown role', ['boss'], 'viewer'],
    ['none', [], 'viewer'],
    ['no claim', undefined, 'viewer'],
    ['something else', { ops: true }, 'viewer'],
    ['a number in the list', [1, 'ops'], 'operator'],
    ['names that every object has', ['__proto__', 'constructor', 'toString'], 'viewer'],
  ])('%s', (_name, claim, role) => {
    expect(roleOf({ roles: claim }, 'roles', roles)).toBe(role);
  });

  test('the claim’s own name goes before a path; a path leads into objects only', () => {
    const claims = {
      'https://x.example/roles': ['ops'],
      realm_access: { roles: ['admins'] },
      text: 'length',
    };
    expect(claimAt(claims, 'https://x.example/roles')).toEqual(['ops']);
    expect(claimAt(claims, 'realm_access.roles')).toEqual(['admins']);
    expect(claimAt(claims, 'realm_access.nothing')).toBeUndefined();
    expect(claimAt(claims, 'text.length')).toBeUndefined();
    expect(claimAt(claims, '__proto__.constructor')).toBeUndefined();
  });
});

describe('persons', () => {
  const login = { roleClaim: 'roles', roles };

  test.each([
    [{ name: 'Alan Martin', preferred_username: 'am', email: 'a@x' }, 'Alan Martin'],
    [{ preferred_username: 'am', email: 'a@x' }, 'am'],
    [{ email: 'a@x' }, 'a@x'],
    [{}, 'sub-1'],
    [{ name: '  ' }, 'sub-1'],
    [{ name: 'A\u0000B\u202ec\n\td' }, 'A B c d'],
    [{ name: 'x'.repeat(500) }, 'x'.repeat(100)],
  ])('%o is called %s', (claims, name) => {
    expect(personOf({ sub: 'sub-1', ...claims }, undefined, login).name).toBe(name);
  });

  test('what the ID token does not say comes from the user information; its own roles stand', () => {
    expect(needsUserInfo({ sub: 's', name: 'A', roles: [] }, 'roles')).toBe(false);
    expect(needsUserInfo({ sub: 's', name: 'A' }, 'roles')).toBe(true);
    expect(needsUserInfo({ sub: 's', roles: [] }, 'roles')).toBe(true);
    expect(personOf({ sub: 's' }, { name: 'A', email: 'a@x', roles: 'ops' }, login)).toEqual({
      subject: 's',
      name: 'A',
      email: 'a@x',
      claimedRole: 'operator',
    });
    expect(personOf({ sub: 's', roles: [] }, { roles: 'admins' }, login).claimedRole).toBe('viewer');
  });

  test.each([undefined, '', ' ', 7, 'x'.repeat(256), 'a\u0000b'])('%o is no subject', (sub) => {
    expect(() => personOf({ sub }, undefined, login)).toThrow(/no usable subject/);
  });
});
