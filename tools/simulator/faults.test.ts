import { expect, test } from 'vitest';
import { checkFault, parseFault } from './faults.ts';

test('the command line form reads names, numbers and texts', () => {
  expect(parseFault('cut')).toEqual({ ok: true, value: { name: 'cut' } });
  expect(parseFault('broken:vehicle=12,position=3Rb,confidence=0.7')).toEqual({
    ok: true,
    value: { name: 'broken', vehicle: 12, position: '3Rb', confidence: 0.7 },
  });
  expect(parseFault('settling:number=9870 1034,position=2La,perPass=1.5')).toMatchObject({
    value: { number: '9870 1034' },
  });
});

test.each([
  ['nonsense', 'unknown fault'],
  ['toString', 'unknown fault'],
  ['broken:vehicle', 'key=value'],
  ['broken:vehicle=twelve', 'must be a number'],
  ['broken:vehicle=', 'must be a number'],
  ['broken:position=9Zz', 'fixed code'],
  ['broken:side=up', 'left or right'],
  ['settling:since=soon', 'must be a time'],
  ['broken:colour=red', 'unknown argument'],
])('%s is refused', (text, reason) => {
  const result = parseFault(text);
  expect(result.ok ? '' : result.error).toContain(reason);
});

test('what is not an object is refused', () => {
  for (const input of [null, undefined, 1, 'cut', [], {}]) expect(checkFault(input).ok).toBe(false);
});
