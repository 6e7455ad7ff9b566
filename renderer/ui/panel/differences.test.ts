import { describe, expect, test } from 'vitest';
import { differencesOf } from './differences.ts';

describe('differences of plain values', () => {
  test('changed, added, removed and same, by path', () => {
    expect(
      differencesOf(
        { role: 'viewer', active: true, limits: { low: 1, high: 2 }, gone: 'x' },
        { role: 'admin', active: true, limits: { low: 1, high: 3 }, reason: 'new post' },
      ),
    ).toEqual([
      { path: 'role', kind: 'changed', before: 'viewer', after: 'admin' },
      { path: 'active', kind: 'same', before: true, after: true },
      { path: 'limits.low', kind: 'same', before: 1, after: 1 },
      { path: 'limits.high', kind: 'changed', before: 2, after: 3 },
      { path: 'gone', kind: 'removed', before: 'x' },
      { path: 'reason', kind: 'added', after: 'new post' },
    ]);
  });

  test('lists by place', () => {
    expect(differencesOf({ roles: ['a', 'b'] }, { roles: ['a', 'c', 'd'] })).toEqual([
      { path: 'roles[0]', kind: 'same', before: 'a', after: 'a' },
      { path: 'roles[1]', kind: 'changed', before: 'b', after: 'c' },
      { path: 'roles[2]', kind: 'added', after: 'd' },
    ]);
  });

  test('only after: everything is added; null is nothing', () => {
    expect(differencesOf(null, { name: 'x', axles: null })).toEqual([
      { path: 'name', kind: 'added', after: 'x' },
    ]);
  });

  test('plain values and changes of kind', () => {
    expect(differencesOf(1, 2)).toEqual([{ path: '', kind: 'changed', before: 1, after: 2 }]);
    expect(differencesOf({ a: 1 }, 'gone')).toEqual([
      { path: '', kind: 'changed', before: { a: 1 }, after: 'gone' },
    ]);
    expect(differencesOf(undefined, undefined)).toEqual([]);
  });

  test('an endless depth ends', () => {
    const deep = (levels: number, end: number): unknown =>
      levels === 0 ? end : { next: deep(levels - 1, end) };
    expect(differencesOf(deep(40, 1), deep(40, 2))).toHaveLength(1);
  });
});
