/** One place of two plain values where they are not equal. */
export interface DifferenceRow {
  /** `types.loader.axles`, `roles[1]`; empty: the value as a whole. */
  readonly path: string;
  readonly kind: 'added' | 'removed' | 'changed' | 'same';
  readonly before?: unknown;
  readonly after?: unknown;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** JSON has null where TypeScript has undefined: both say that there is nothing. */
const isNothing = (value: unknown): boolean => value === undefined || value === null;

const join = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);

/** Deeper than any record is; what lies below is compared as a whole. */
const deepest = 8;

const childrenOf = (value: unknown, path: string): ReadonlyMap<string, unknown> => {
  if (Array.isArray(value)) return new Map(value.map((each, place) => [`${path}[${place}]`, each]));
  return new Map(isRecord(value) ? Object.entries(value).map(([key, each]) => [join(path, key), each]) : []);
};

const isBranch = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : isRecord(value) && Object.keys(value).length > 0;

const compare = (path: string, before: unknown, after: unknown, depth: number): readonly DifferenceRow[] => {
  const branches = [before, after].filter((value) => !isNothing(value));
  if (depth < deepest && branches.length > 0 && branches.every((value) => isBranch(value))) {
    const left = childrenOf(before, path);
    const right = childrenOf(after, path);
    const paths = [...left.keys(), ...[...right.keys()].filter((key) => !left.has(key))];
    return paths.flatMap((key) => compare(key, left.get(key), right.get(key), depth + 1));
  }
  if (isNothing(before) && isNothing(after)) return [];
  if (isNothing(before)) return [{ path, kind: 'added', after }];
  if (isNothing(after)) return [{ path, kind: 'removed', before }];
  const same = JSON.stringify(before) === JSON.stringify(after);
  return [{ path, kind: same ? 'same' : 'changed', before, after }];
};

/** Place by place in the order of `before`, what only `after` has behind it; equal places as `same`. */
export const differencesOf = (before: unknown, after: unknown): readonly DifferenceRow[] =>
  compare('', before, after, 0);
