import type { Result } from '../../contract/errors.ts';
import type { AuditBreak, Page } from '../../contract/results.ts';
import type { AuditRow } from '../../contract/domain.ts';

/** One row for the audit log that no database function writes by itself (docs/security.md, audit). */
export interface AuditEntry {
  /** UUID: sent twice, stored once. */
  readonly entryId: string;
  readonly at: number;
  readonly actor: string;
  /** Empty: not a person. */
  readonly subject: string;
  readonly role: string;
  readonly workstation: string;
  /** `session.sign-in`, `call.refused`, `writer.elected`, …: docs/security.md lists them. */
  readonly action: string;
  readonly entity: string;
  readonly entityId: string;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly correlationId: string;
}

/** Entries that the shared record does not have yet, durable at this workstation: none is lost while it is away. */
export interface AuditOutbox {
  keepAudit(entries: readonly AuditEntry[]): Promise<void>;
  /** The oldest first. */
  pendingAudit(limit: number): Promise<readonly AuditEntry[]>;
  removeAudit(entryIds: readonly string[]): Promise<void>;
}

/** `database-away`, `read-only`: try again later. */
export interface SharedAudit {
  writeAudit(entries: readonly AuditEntry[]): Promise<Result<undefined>>;
}

export interface AuditQuery {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly entity?: string | undefined;
  readonly entityId?: string | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** Number of the newest row wanted. */
  readonly upTo?: number | undefined;
}

/** The end of the chain, or a row of it. `hash` is hexadecimal. */
export interface AuditMark {
  readonly id: number;
  readonly hash: string;
}

export interface AuditReads {
  /** Newest first, key-set pages. */
  listAudit(query: AuditQuery): Promise<Result<Page<AuditRow>>>;
  auditHead(): Promise<Result<AuditMark>>;
  /** Those of the rows that are there. */
  auditMarks(ids: readonly number[]): Promise<Result<readonly AuditMark[]>>;
  /**
   * Checks up to `rows` rows after `after` (absent: from the beginning). `last` is the last row checked; `ended` when
   * the head of the chain was reached and compared.
   */
  verifyAudit(
    after: AuditMark | undefined,
    rows: number,
  ): Promise<
    Result<{ readonly last: AuditMark; readonly ended: boolean; readonly broken?: AuditBreak | undefined }>
  >;
}

/** Heads of the chain kept outside the database, one a day and one at each end of a verification. */
export interface Anchors {
  add(anchor: AuditMark & { readonly at: number }): Promise<void>;
  all(): Promise<readonly (AuditMark & { readonly at: number })[]>;
}
