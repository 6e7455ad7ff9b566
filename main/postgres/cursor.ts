/** A reader's place in the change feed. */
export interface Cursor {
  /** The cluster that the replica was filled from. */
  readonly system: string;
  readonly database: string;
  /** Every change of a transaction below this one has been applied. */
  readonly xid: string;
  /** The last change that was applied, 0 before the first; its token tells a restored database. */
  readonly id: number;
  readonly token: string;
}

/** Stored while the replica is being filled: whoever finds it starts over. */
export const fillingCursor = 'filling';

export const writeCursor = (cursor: Cursor): string => JSON.stringify(cursor);

/** Undefined: never filled, interrupted while filling, or of another version. */
export function readCursor(text: string | undefined): Cursor | undefined {
  if (text === undefined || !text.startsWith('{')) return undefined;
  const value = JSON.parse(text) as Partial<Cursor>;
  const { system, database, xid, id, token } = value;
  const complete =
    typeof system === 'string' &&
    typeof database === 'string' &&
    typeof xid === 'string' &&
    typeof id === 'number' &&
    typeof token === 'string';
  return complete ? { system, database, xid, id, token } : undefined;
}
