import { success } from '../../contract/errors.ts';
import type { Handlers } from '../core.ts';
import type { RejectedReads } from '../monitoring/ports.ts';

const defaultLimit = 50;

export function monitoringHandlers(
  reads: Pick<RejectedReads, 'listRejected'>,
): Handlers<'monitoring.rejected'> {
  return {
    'monitoring.rejected': async (input) =>
      success(await reads.listRejected({ ...input, limit: input.limit ?? defaultLimit })),
  };
}
