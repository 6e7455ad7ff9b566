import type { Handlers } from '../core.ts';
import { pageOf } from './page.ts';
import type { RejectedReads } from '../monitoring/ports.ts';

const defaultLimit = 50;

export function monitoringHandlers(
  reads: Pick<RejectedReads, 'listRejected'>,
): Handlers<'monitoring.rejected'> {
  return {
    'monitoring.rejected': (input) =>
      pageOf(reads.listRejected({ ...input, limit: input.limit ?? defaultLimit })),
  };
}
