import type { QueryConfig, QueryResult, QueryResultRow } from 'pg';

/** A connection that statements can be sent on: a client, or a pool. */
export interface Queryable {
  query<Row extends QueryResultRow>(config: QueryConfig): Promise<QueryResult<Row>>;
}

/** Takes the nulls of a row's own columns away; what lies inside a column stays as it is. */
export function present<Row extends object>(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as Row;
}

/** A timestamptz as milliseconds since the epoch, for a select list. */
export const milliseconds = (column: string): string => `(extract(epoch from ${column}) * 1000)::bigint`;
