import type { Pass } from '../../contract/domain.ts';
import { failure, type Result, success } from '../../contract/errors.ts';
import type { PassRecord, SharedPassActs } from '../passes/ports.ts';
import { type Ask, onlyRow } from './ask.ts';
import { passColumns, toPass } from './pass-rows.ts';
import { storableJson, storableOrNull } from './text.ts';

interface PassAnswer {
  readonly outcome: 'done' | 'not-found' | 'not-ended' | 'conflict' | 'unacknowledged-alerts';
  readonly waiting: number;
  readonly pass: PassRecord;
}

function passResult({ outcome, waiting, pass: row }: PassAnswer): Result<Pass> {
  switch (outcome) {
    case 'not-found':
      return failure('not-found', 'This pass is not in the shared record.');
    case 'not-ended':
      return failure('not-ended', 'The pass is still in progress.');
    case 'unacknowledged-alerts':
      return failure('unacknowledged-alerts', `${waiting} alerts of this pass are not acknowledged.`, {
        count: waiting,
      });
    case 'conflict': {
      const { confirmedBy, confirmedAt } = toPass(row);
      return failure('conflict', `Already confirmed by ${confirmedBy}.`, { confirmedBy, confirmedAt });
    }
    case 'done': {
      const { work: _, ...pass } = toPass(row);
      return success(pass);
    }
  }
}

export const createPassActs = (ask: Ask): SharedPassActs => ({
  confirm: (passId, notes, act) =>
    ask<PassAnswer, Pass>(
      {
        label: 'confirm_pass',
        text: `select r.outcome, r.waiting, (select to_json(x) from (select ${passColumns}) x) as pass
          from vicore.confirm_pass($1, $2, $3) r cross join lateral (select (r.pass).*) p`,
        values: [passId, storableOrNull(notes), storableJson(act)],
        correlationId: act.correlationId,
      },
      onlyRow(passResult),
    ),
});
