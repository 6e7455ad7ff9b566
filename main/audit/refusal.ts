import type { WindowKind } from '../../contract/methods.ts';
import type { NewAuditEntry } from './entry.ts';

/** A call that was refused because of who asked or how, for the log and the audit. Bounded: never the input itself. */
export interface Refusal {
  readonly at: number;
  readonly code: 'foreign-sender' | 'unknown-method' | 'forbidden' | 'invalid-input' | 'rate-limited';
  readonly reason: string;
  readonly method?: string | undefined;
  readonly windowId?: number | undefined;
  readonly kind?: WindowKind | undefined;
  /** The person of the session, when that is why it was refused. */
  readonly actor?: string | undefined;
  readonly subject?: string | undefined;
  readonly role?: string | undefined;
  readonly correlationId: string;
  /** Alike refusals since the last report that were not reported one by one. */
  readonly repeated: number;
}

/** A refused attempt in the audit log (docs/faults.md, row 67): who tried what, from where, and why it was refused. */
export function refusalEntry(refusal: Refusal, workstation: string): NewAuditEntry {
  const { at, code, reason, method, windowId, kind, correlationId, repeated } = refusal;
  return {
    at,
    actor: refusal.actor ?? '',
    subject: refusal.subject ?? '',
    // Not a person's act: a page said something that no person's hands can be blamed for.
    role: refusal.role ?? 'window',
    workstation,
    action: 'call.refused',
    entity: 'method',
    entityId: method ?? '',
    after: { code, reason, window: windowId, kind, repeated },
    correlationId,
  };
}
