import { failure, type Result, success } from '../../contract/errors.ts';
import type { Act } from '../audit/act.ts';
import { type Ask, onlyRow } from './ask.ts';
import { storableJson } from './text.ts';

interface Answer<Row> {
  readonly outcome: 'done' | 'not-found' | 'conflict';
  readonly row: Row;
}

export interface Edit<Row, Item> {
  /** Function of schema vicore; its last parameter is the act. */
  readonly name: string;
  readonly parameters: readonly unknown[];
  /** The member of its answer that is the row, and the alias that `columns` knows it by. */
  readonly member: string;
  readonly alias: string;
  /** Select list over the alias; its row as JSON is a Row. */
  readonly columns: string;
  readonly toItem: (row: Row) => Item;
}

/** An admin's change: written when the row is still the one that was shown, else a conflict with the row as it is. */
export function edit<Row, Item>(ask: Ask, act: Act, change: Edit<Row, Item>): Promise<Result<Item>> {
  const { name, parameters, member, alias, columns, toItem } = change;
  const values = [...parameters, storableJson(act)];
  const places = values.map((_, index) => `$${index + 1}`).join(', ');
  return ask<Answer<Row>, Item>(
    {
      label: name,
      text: `select r.outcome, (select to_json(x) from (select ${columns}) x) as row
        from vicore.${name}(${places}) r cross join lateral (select (r.${member}).*) ${alias}`,
      values,
      correlationId: act.correlationId,
    },
    onlyRow(({ outcome, row }) => {
      if (outcome === 'not-found') return failure('not-found', 'The shared record does not have this.');
      const item = toItem(row);
      if (outcome === 'done') return success(item);
      return failure('conflict', 'Somebody else changed this meanwhile; nothing was written.', {
        current: item,
      });
    }),
  );
}
