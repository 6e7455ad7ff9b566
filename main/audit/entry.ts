import type { Act } from './act.ts';
import type { AuditEntry } from './ports.ts';

/** An entry before the trail gives it its identity. */
export type NewAuditEntry = Omit<AuditEntry, 'entryId'>;

type Subject = Pick<AuditEntry, 'action' | 'entity' | 'entityId' | 'before' | 'after'>;

/** What a person did, as the audit log has it (docs/security.md, audit). */
export function entryOf(act: Act, subject: Subject): NewAuditEntry {
  const { at, actor, role, workstation, correlationId } = act;
  return { at, actor, subject: act.subject, role, workstation, correlationId, ...subject };
}
