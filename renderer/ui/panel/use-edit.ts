import { useState } from 'react';

interface Held<Row, Fields> {
  /** The row as it was when the first field was changed. */
  readonly base: Row;
  readonly changes: Partial<Fields>;
}

export interface Edit<Row, Fields> {
  readonly fields: Fields;
  readonly base: Row;
  readonly dirty: boolean;
  /** The row was changed by somebody else since the first field was changed here. */
  readonly outdated: boolean;
  readonly set: (changes: Partial<Fields>) => void;
  /** Goes on from the row as it is now, with what was entered here. */
  readonly rebase: () => void;
  readonly reset: () => void;
}

/**
 * What somebody writes into the form of one row. Until the first change it shows the row as it is; from then on it
 * keeps what was entered and the revision it began with, so that a faster change of somebody else is noticed.
 * One hook a row: give the form the row's id as key.
 */
export const useEdit = <Row extends { readonly revision: number }, Fields extends object>(
  row: Row,
  fieldsOf: (row: Row) => Fields,
): Edit<Row, Fields> => {
  const [held, setHeld] = useState<Held<Row, Fields>>();
  const base = held?.base ?? row;
  const known = fieldsOf(base);
  const fields = { ...known, ...held?.changes };
  const dirty = JSON.stringify(fields) !== JSON.stringify(known);
  return {
    fields,
    base,
    dirty,
    outdated: dirty && row.revision !== base.revision,
    set: (changes) =>
      setHeld((before) => ({
        // Nothing entered any more: it begins anew with the row of now.
        base: dirty ? (before?.base ?? row) : row,
        changes: { ...(dirty ? before?.changes : undefined), ...changes },
      })),
    rebase: () => setHeld((before) => ({ base: row, changes: before?.changes ?? {} })),
    reset: () => setHeld(undefined),
  };
};
