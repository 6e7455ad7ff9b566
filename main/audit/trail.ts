import type { ErrorCode } from '../../contract/errors.ts';
import type { NewAuditEntry } from './entry.ts';
import type { AuditEntry, AuditOutbox, SharedAudit } from './ports.ts';

export interface AuditTrail {
  /** Returns at once and never throws: kept durably here first, then written to the shared record. */
  record(entry: NewAuditEntry): void;
  /** Writes what is kept. Returns at once and costs nothing when nothing waits: call it on connect and at each beat. */
  flush(): void;
  /** Entries may be in the outbox that were not recorded here. */
  found(): void;
  /** Everything recorded until now is durable at this workstation, or in its log. Call before the store closes. */
  settled(): Promise<void>;
}

export interface AuditTrailOptions {
  readonly outbox: AuditOutbox;
  readonly shared: SharedAudit;
  /** A new UUID. */
  readonly newId: () => string;
  /** Something an administrator must know; `fields` hold the entries where those are in danger. */
  readonly onFault: (message: string, fields: Readonly<Record<string, unknown>>) => void;
}

const batchSize = 200;
/** Entries in memory while the disk takes none; the log has those that are beyond. */
const mostUnkept = 1_000;

/** The entry itself is at fault: everything else is tried again. */
const refusesEntry = (code: ErrorCode): boolean => code === 'invalid-input';

/**
 * What no database function audits by itself, on its way to the audit log: in the order in which it happened, never
 * lost and never twice. The outbox survives a restart; the record knows an entry that comes again by its id.
 */
export function createAuditTrail({ outbox, shared, newId, onFault }: AuditTrailOptions): AuditTrail {
  /** Not durable yet, in order. */
  let unkept: readonly AuditEntry[] = [];
  /** Those of them that the log has. */
  const logged = new Set<string>();
  let keeping: Promise<void> | undefined;
  let sending = false;
  let sendAgain = false;
  /** Entries may be in the outbox: those of an earlier run, to begin with. */
  let waiting = true;
  /** Why nothing could be sent, as it was last told: not at every beat again. */
  let told: string | undefined;

  function tellOnce(message: string, fields: Readonly<Record<string, unknown>>): void {
    if (told === message) return;
    told = message;
    onFault(message, fields);
  }

  function forget(entries: readonly AuditEntry[]): void {
    const ids = new Set(entries.map(({ entryId }) => entryId));
    unkept = unkept.filter(({ entryId }) => !ids.has(entryId));
    for (const id of ids) logged.delete(id);
  }

  function tellUnkept(error: unknown): void {
    const news = unkept.filter(({ entryId }) => !logged.has(entryId));
    if (news.length === 0) return;
    onFault('audit entries cannot be kept on the disk; they are in this line and in memory', {
      error,
      entries: news,
    });
    for (const { entryId } of news) logged.add(entryId);
    forget(unkept.slice(0, Math.max(0, unkept.length - mostUnkept)));
  }

  async function keep(): Promise<void> {
    try {
      while (unkept.length > 0) {
        const batch = unkept.slice(0, batchSize);
        await outbox.keepAudit(batch);
        forget(batch);
      }
    } catch (error) {
      tellUnkept(error);
    } finally {
      keeping = undefined;
    }
  }

  function keepNow(): Promise<void> {
    if (keeping) return keeping;
    if (unkept.length === 0) return Promise.resolve();
    keeping = keep();
    return keeping;
  }

  /** Whether all of them are done with: written, or refused for good and in the log. */
  async function write(entries: readonly AuditEntry[]): Promise<boolean> {
    const result = await shared.writeAudit(entries);
    if (result.ok) {
      told = undefined;
      return true;
    }
    const { code, message } = result.error;
    if (!refusesEntry(code)) {
      if (code !== 'database-away' && code !== 'read-only') {
        tellOnce('audit entries could not be written; they are tried again', { code, reason: message });
      }
      return false;
    }
    const [first, ...others] = entries;
    if (first !== undefined && others.length === 0) {
      onFault('the shared record refuses an audit entry for good; it is in this line', {
        reason: message,
        entry: first,
      });
      return true;
    }
    for (const entry of entries) if (!(await write([entry]))) return false;
    return true;
  }

  async function send(): Promise<void> {
    await keepNow();
    for (;;) {
      const batch = await outbox.pendingAudit(batchSize);
      if (batch.length === 0) break;
      if (!(await write(batch))) return;
      await outbox.removeAudit(batch.map(({ entryId }) => entryId));
    }
    // What the disk does not take comes after everything that it has.
    while (keeping === undefined && unkept.length > 0) {
      const batch = unkept.slice(0, batchSize);
      if (!(await write(batch))) return;
      forget(batch);
    }
    waiting = sendAgain || unkept.length > 0;
  }

  function flush(): void {
    if (!waiting) return;
    if (sending) {
      sendAgain = true;
      return;
    }
    sending = true;
    sendAgain = false;
    send()
      .catch((error: unknown) => {
        tellOnce('audit entries could not be sent; they are tried again', { error });
      })
      .finally(() => {
        sending = false;
        if (sendAgain) flush();
      });
  }

  return {
    record(entry) {
      unkept = [...unkept, { entryId: newId(), ...entry }];
      waiting = true;
      // Durable at once, however long a sending under way may take.
      void keepNow();
      flush();
    },
    flush,
    found() {
      waiting = true;
      flush();
    },
    settled: keepNow,
  };
}
