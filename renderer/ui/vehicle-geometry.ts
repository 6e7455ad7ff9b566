import type { VehicleEnd } from '../../contract/domain.ts';

/** Where one spring sits in a picture from above, leading end to the left: columns 0..2n−1, rows top and bottom. */
export interface SpringPlace {
  /** Of the layout order 1La 1Lb 1Ra 1Rb 2La … (docs/domain.md, positions). */
  readonly springIndex: number;
  readonly position: string;
  readonly fixedAxle: number;
  readonly column: number;
  /** The vehicle runs to the left, so its running right side is at the top of the picture. */
  readonly row: 'top' | 'bottom';
}

/** Fixed code of the spring at `springIndex` in layout order. */
export const positionAt = (springIndex: number): string => {
  const axle = Math.floor(springIndex / 4) + 1;
  const side = springIndex % 4 < 2 ? 'L' : 'R';
  return `${axle}${side}${springIndex % 2 === 0 ? 'a' : 'b'}`;
};

export const springIndexOf = (position: string): number =>
  (Number(position[0]) - 1) * 4 + (position[1] === 'R' ? 2 : 0) + (position[2] === 'b' ? 1 : 0);

const places = (axles: number, leadingEnd: VehicleEnd): readonly SpringPlace[] =>
  Array.from({ length: axles * 4 }, (_, springIndex) => {
    const fixedAxle = Math.floor(springIndex / 4) + 1;
    const isLeft = springIndex % 4 < 2;
    const fromEndA = (fixedAxle - 1) * 2 + (springIndex % 2);
    const leadsA = leadingEnd === 'A';
    return {
      springIndex,
      position: positionAt(springIndex),
      fixedAxle,
      column: leadsA ? fromEndA : axles * 2 - 1 - fromEndA,
      // With end A leading the fixed left is the running left, the bottom of the picture (docs/domain.md table).
      row: isLeft === leadsA ? 'bottom' : 'top',
    };
  });

const known = new Map<string, readonly SpringPlace[]>();

/** Places of all springs; unidentified vehicles are drawn as if end A led. Cached: identical arrays for equal input. */
export const springPlaces = (axles: number, leadingEnd: VehicleEnd | undefined): readonly SpringPlace[] => {
  const key = `${axles}${leadingEnd ?? 'A'}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = places(axles, leadingEnd ?? 'A');
  known.set(key, made);
  return made;
};

/** Axles per bogie from the left of the picture; vehicles of two or three axles have single axles. */
export const bogies = (axles: number): readonly number[] => {
  if (axles <= 3) return Array.from({ length: axles }, () => 1);
  const first = Math.ceil(axles / 2);
  return [first, axles - first];
};

/** Centre of each axle along the vehicle, 0 (left end) to 1, bogies near the ends. */
export const axleCentres = (axles: number): readonly number[] => {
  const groups = bogies(axles);
  const gap = 0.5;
  const units = axles + (groups.length - 1) * gap + 0.5;
  let at = 0.25;
  const centres: number[] = [];
  for (const group of groups) {
    for (let each = 0; each < group; each += 1) {
      centres.push((at + 0.5) / units);
      at += 1;
    }
    at += gap;
  }
  return centres;
};

/** The spring on the other side of the same axle and nest. */
export const oppositeIndex = (springIndex: number): number =>
  springIndex % 4 < 2 ? springIndex + 2 : springIndex - 2;
