import { failure, success } from '../../contract/errors.ts';
import type { Caller, Handlers } from '../core.ts';
import { pageOf } from './page.ts';
import type { PassReads, SharedPassActs } from '../passes/ports.ts';
import { actOf } from './act.ts';

const defaultLimit = 50;

export function passHandlers(
  reads: Pick<PassReads, 'listPasses' | 'getPass'>,
  acts: SharedPassActs,
): Handlers<'passes.list' | 'passes.get' | 'passes.confirm'> {
  return {
    'passes.list': (input) => pageOf(reads.listPasses({ ...input, limit: input.limit ?? defaultLimit })),
    'passes.get': async ({ passId }) => {
      const detail = await reads.getPass(passId);
      return detail ? success(detail) : failure('not-found', 'This pass is not on record here.', { passId });
    },
    'passes.confirm': ({ passId, notes }, caller: Caller) => acts.confirm(passId, notes, actOf(caller)),
  };
}
