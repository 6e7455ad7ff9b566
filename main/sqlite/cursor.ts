import { LocalStoreError } from './failure.ts';

/** The sort keys of the last row of a page, opaque to whoever passes it on. */
export const encodeCursor = (keys: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(keys)).toString('base64url');

type KeyKind = 'string' | 'number';
type Keys<Kinds extends readonly KeyKind[]> = {
  -readonly [Index in keyof Kinds]: Kinds[Index] extends 'string' ? string : number;
};

const isKeys = <Kinds extends readonly KeyKind[]>(value: unknown, kinds: Kinds): value is Keys<Kinds> =>
  Array.isArray(value) &&
  value.length === kinds.length &&
  kinds.every((kind, index) => typeof value[index] === kind);

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/** Throws `invalid-cursor` for a text that this store did not give out for this list. */
export const decodeCursor = <const Kinds extends readonly KeyKind[]>(
  cursor: string,
  kinds: Kinds,
): Keys<Kinds> => {
  const keys = parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (!isKeys(keys, kinds)) {
    throw new LocalStoreError({ code: 'invalid-cursor', message: 'The cursor is not one of this list.' });
  }
  return keys;
};

/** The most rows any list gives at once. */
const largestPage = 200;

export const pageSize = (limit: number): number => Math.max(1, Math.min(largestPage, Math.trunc(limit)));

/** A page from one row more than asked for: that row says whether there is another page. */
export const toPage = <Row, Item>(
  rows: readonly Row[],
  size: number,
  toItem: (row: Row) => Item,
  keysOf: (row: Row) => readonly (string | number)[],
): { readonly items: readonly Item[]; readonly cursor?: string } => {
  const last = rows.length > size ? rows[size - 1] : undefined;
  const items = rows.slice(0, size).map((row) => toItem(row));
  return last === undefined ? { items } : { items, cursor: encodeCursor(keysOf(last)) };
};
