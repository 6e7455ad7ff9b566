import { expect, test } from 'vitest';
import { fixedPosition, layoutIndex, runningPosition } from './positions.ts';

test('the example of the domain page: B leading, 4 axles, (1, left, lead) is 4Rb', () => {
  expect(fixedPosition({ axle: 1, side: 'left', nest: 'lead' }, 4, 'B')).toBe('4Rb');
  expect(fixedPosition({ axle: 1, side: 'left', nest: 'lead' }, 4, 'A')).toBe('1La');
});

test.each([4, 6] as const)(
  'with %i axles every position is one of the layout, whichever end leads',
  (axles) => {
    for (const end of ['A', 'B'] as const) {
      const codes: string[] = [];
      for (let axle = 1; axle <= axles; axle += 1) {
        for (const side of ['left', 'right'] as const) {
          for (const nest of ['lead', 'trail'] as const) {
            const code = fixedPosition({ axle, side, nest }, axles, end);
            expect(runningPosition(code, axles, end)).toEqual({ axle, side, nest });
            codes.push(code);
          }
        }
      }
      expect(codes.map(layoutIndex).toSorted((one, two) => one - two)).toEqual([...codes.keys()]);
    }
    expect(runningPosition(`${axles + 1}La`, axles, 'A')).toBeUndefined();
  },
);
