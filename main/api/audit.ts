import type { AuditExports } from '../audit/export.ts';
import type { AuditReads } from '../audit/ports.ts';
import type { Verification } from '../audit/verification.ts';
import type { Handlers } from '../core.ts';
import { actOf } from './act.ts';

const defaultLimit = 50;

export interface AuditHandlersOptions {
  readonly reads: Pick<AuditReads, 'listAudit'>;
  readonly verification: Verification;
  readonly exports: Pick<AuditExports, 'status' | 'cancel'>;
}

/** `audit.export` itself is the shell's: it asks for the file's place first (Core.exportAudit). */
export function auditHandlers({
  reads,
  verification,
  exports,
}: AuditHandlersOptions): Handlers<
  'audit.list' | 'audit.verify' | 'audit.exportStatus' | 'audit.cancelExport'
> {
  return {
    'audit.list': (input) => reads.listAudit({ ...input, limit: input.limit ?? defaultLimit }),
    'audit.verify': ({ cursor }, caller) => verification.verify(cursor, actOf(caller)),
    'audit.exportStatus': ({ exportId }) => Promise.resolve(exports.status(exportId)),
    'audit.cancelExport': ({ exportId }) => exports.cancel(exportId),
  };
}
