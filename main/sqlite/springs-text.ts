import type { Defect, Spring, State } from '../../contract/domain.ts';
import { mostAxles, positionCode, positionCount } from '../springs/position.ts';

/*
 * The springs of a vehicle as one compact text, column by column: a vehicle takes a quarter of what an array of
 * objects takes, and seven days hold 1.5 million springs.
 */

type Column<T> = readonly (T | null)[];

/** States, heights, confidences, defects, defect confidences, images, cameras, times after `base`. */
interface Columns {
  readonly n: number;
  /** One letter a spring; `-` for absent. */
  readonly s: string;
  readonly h: Column<number>;
  readonly c: Column<number>;
  readonly d: string;
  readonly e?: Column<number>;
  readonly i?: Column<string>;
  /** The cameras' names, and one index into them per spring. */
  readonly k?: readonly string[];
  readonly m?: Column<number>;
  readonly b?: number;
  readonly t?: Column<number>;
  /** Only where the positions are not those of the layout. */
  readonly p?: readonly string[];
}

const stateLetters: Record<State, string> = { ok: 'o', warning: 'w', critical: 'c', unmeasured: 'u' };
const defectLetters: Record<Defect, string> = {
  none: 'n',
  broken: 'b',
  missing: 'm',
  solid: 's',
  displaced: 'd',
};
const invert = <Word extends string>(letters: Record<Word, string>): ReadonlyMap<string, Word> => {
  const words = new Map<string, Word>();
  for (const word in letters) words.set(letters[word], word);
  return words;
};
const states = invert(stateLetters);
const defects = invert(defectLetters);

const layout = Array.from({ length: positionCount(mostAxles) }, (_, index) => positionCode(index));

const column = <T>(springs: readonly Spring[], pick: (spring: Spring) => T | undefined): Column<T> =>
  springs.map((spring) => pick(spring) ?? null);

const someColumn = <T>(
  springs: readonly Spring[],
  pick: (spring: Spring) => T | undefined,
): Column<T> | undefined => {
  const values = column(springs, pick);
  return values.every((value) => value === null) ? undefined : values;
};

export const springsToText = (springs: readonly Spring[]): string => {
  const cameras = [...new Set(springs.flatMap((spring) => spring.cameraId ?? []))];
  const base = springs.find((spring) => spring.measuredAt !== undefined)?.measuredAt;
  const inLayout = springs.every((spring, index) => spring.position === layout[index]);
  const columns: Partial<Columns> = {
    n: springs.length,
    s: springs.map((spring) => (spring.state === undefined ? '-' : stateLetters[spring.state])).join(''),
    h: column(springs, (spring) => spring.heightCmm),
    c: column(springs, (spring) => spring.confidence),
    d: springs.map((spring) => (spring.defect === undefined ? '-' : defectLetters[spring.defect])).join(''),
    e: someColumn(springs, (spring) => spring.defectConfidence),
    i: someColumn(springs, (spring) => spring.imageId),
    ...(cameras.length > 0 && {
      k: cameras,
      m: column(springs, (spring) =>
        spring.cameraId === undefined ? undefined : cameras.indexOf(spring.cameraId),
      ),
    }),
    ...(base !== undefined && {
      b: base,
      t: column(springs, (spring) =>
        spring.measuredAt === undefined ? undefined : spring.measuredAt - base,
      ),
    }),
    ...(!inLayout && { p: springs.map((spring) => spring.position) }),
  };
  return JSON.stringify(columns);
};

export const springsFromText = (text: string): Spring[] => {
  const columns = JSON.parse(text) as Columns;
  const { k: cameras, b: base } = columns;
  return Array.from({ length: columns.n }, (_, index) => {
    const camera = columns.m?.[index] ?? undefined;
    const after = columns.t?.[index] ?? undefined;
    return {
      position: columns.p?.[index] ?? layout[index] ?? '',
      state: states.get(columns.s[index] ?? '-'),
      heightCmm: columns.h[index] ?? undefined,
      confidence: columns.c[index] ?? undefined,
      defect: defects.get(columns.d[index] ?? '-'),
      defectConfidence: columns.e?.[index] ?? undefined,
      imageId: columns.i?.[index] ?? undefined,
      cameraId: camera === undefined ? undefined : cameras?.[camera],
      measuredAt: after === undefined || base === undefined ? undefined : base + after,
    };
  });
};

/** What history needs, without making spring objects. */
export const springStates = (
  text: string,
): { readonly states: (State | undefined)[]; readonly withoutDefect: boolean[] } => {
  const { s, d, n } = JSON.parse(text) as Columns;
  const indices = Array.from({ length: n }, (_, index) => index);
  return {
    states: indices.map((index) => states.get(s[index] ?? '-')),
    withoutDefect: indices.map((index) => d[index] === 'n' || d[index] === '-'),
  };
};
