import { failure, type Result, success } from '../../contract/errors.ts';
import type { Page } from '../../contract/results.ts';
import type { Ask } from './ask.ts';
import { storable } from './text.ts';

/** A column that a list is ordered by; all of them together are different for every row. */
export interface SortKey {
  readonly sql: string;
  readonly type: 'text' | 'bigint';
}

export interface List<Row, Item> {
  readonly label: string;
  /** Select list; its row as JSON is a Row. */
  readonly columns: string;
  readonly from: string;
  readonly keys: readonly SortKey[];
  readonly order: 'asc' | 'desc';
  readonly toItem: (row: Row) => Item;
}

export interface PageOf {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Conditions with their values; `$?` stands for the value. */
export type Condition = readonly [text: string, value: unknown];

/** For `ilike`: the text anywhere in a column, whatever characters it has. */
export const containing = (text: string): string => `%${storable(text).replace(/[\\%_]/g, String.raw`\$&`)}%`;

const largestPage = 200;

function decode(cursor: string, keys: readonly SortKey[]): readonly unknown[] | undefined {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    const fits =
      Array.isArray(values) &&
      values.length === keys.length &&
      keys.every(({ type }, place) => typeof values[place] === (type === 'text' ? 'string' : 'number'));
    return fits ? (values as unknown[]) : undefined;
  } catch {
    // Not JSON: not a cursor of ours.
    return undefined;
  }
}

interface PageRow<Row> {
  readonly row: Row;
  readonly keys: readonly (string | number)[];
}

/** One page after the cursor's row, by key set: as fast at the end of a long list as at its beginning. */
export async function readPage<Row, Item>(
  ask: Ask,
  list: List<Row, Item>,
  page: PageOf,
  conditions: readonly Condition[] = [],
): Promise<Result<Page<Item>>> {
  const { label, columns, from, keys, order, toItem } = list;
  const size = Math.max(1, Math.min(largestPage, Math.trunc(page.limit)));
  const values: unknown[] = [size + 1];
  const place = (value: unknown): string => `$${values.push(value)}`;
  const where = conditions.map(([text, value]) => {
    const own = place(value);
    return text.replaceAll('$?', () => own);
  });
  if (page.cursor !== undefined) {
    const after = decode(page.cursor, keys);
    if (!after) return failure('invalid-input', 'The cursor is not one of this list.');
    const bounds = keys.map(({ type }, index) => `${place(after[index])}::${type}`);
    const sides = keys.map(({ sql }) => sql).join(', ');
    where.push(`(${sides}) ${order === 'asc' ? '>' : '<'} (${bounds.join(', ')})`);
  }
  const text = `select (select to_json(x) from (select ${columns}) x) as row,
      json_build_array(${keys.map(({ sql }) => sql).join(', ')}) as keys
    from ${from} ${where.length > 0 ? `where ${where.join(' and ')}` : ''}
    order by ${keys.map(({ sql }) => `${sql} ${order}`).join(', ')} limit $1`;
  return ask<PageRow<Row>, Page<Item>>({ label, text, values }, (rows) => {
    const items = rows.slice(0, size).map(({ row }) => toItem(row));
    const last = rows.length > size ? rows[size - 1] : undefined;
    if (!last) return success({ items });
    return success({ items, cursor: Buffer.from(JSON.stringify(last.keys)).toString('base64url') });
  });
}
