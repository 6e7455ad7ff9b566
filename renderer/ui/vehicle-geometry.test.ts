import { describe, expect, test } from 'vitest';
import { axleCentres, oppositeIndex, positionAt, springIndexOf, springPlaces } from './vehicle-geometry.ts';

const at = (axles: number, leadingEnd: 'A' | 'B', position: string) =>
  springPlaces(axles, leadingEnd).find((place) => place.position === position);

describe('places of springs, the car running to the left', () => {
  // docs/domain.md, positions: n = 4, leading end B, running (1, left, lead) is fixed 4Rb.
  test('the first left leading spring stands at the lower left', () => {
    expect(at(4, 'B', '4Rb')).toMatchObject({ column: 0, row: 'bottom' });
    expect(at(4, 'A', '1La')).toMatchObject({ column: 0, row: 'bottom' });
  });

  test('every place is taken once, for 2 to 8 axles and both ends', () => {
    for (let axles = 2; axles <= 8; axles += 1) {
      for (const end of ['A', 'B'] as const) {
        const places = springPlaces(axles, end).map(({ column, row }) => `${column} ${row}`);
        expect(new Set(places).size).toBe(axles * 4);
      }
    }
  });

  test('axles follow each other inside the car', () => {
    for (let axles = 2; axles <= 8; axles += 1) {
      const centres = axleCentres(axles);
      expect(centres).toHaveLength(axles);
      expect(centres).toEqual([...centres].sort((left, right) => left - right));
      expect(centres[0]).toBeGreaterThan(0);
      expect(centres.at(-1)).toBeLessThan(1);
    }
  });

  test('codes and layout order agree', () => {
    expect([0, 1, 2, 3, 4].map(positionAt)).toEqual(['1La', '1Lb', '1Ra', '1Rb', '2La']);
    expect(springIndexOf('3Rb')).toBe(11);
    expect(positionAt(oppositeIndex(springIndexOf('3Rb')))).toBe('3Lb');
  });
});
