import type { Refusal } from '../audit/refusal.ts';
import type { OpenConnection } from './connection.ts';
import { storableJson } from './text.ts';

export interface RefusalAudit {
  /** Returns at once. */
  add(refusal: Refusal): void;
  /** Writes what is waiting; call when the database is there. */
  flush(): void;
}

export interface RefusalAuditOptions {
  readonly workstation: string;
  readonly connection: () => OpenConnection | undefined;
  readonly onFault: (error: unknown) => void;
}

/** Kept while the database is away; the log has all of them, and floods come as one with a count already. */
const mostWaiting = 1_000;

/** Refused calls on their way to the audit log (docs/faults.md, row 67). */
export function createRefusalAudit(options: RefusalAuditOptions): RefusalAudit {
  const { workstation, connection, onFault } = options;
  let waiting: Refusal[] = [];
  let writing = false;

  async function write(open: OpenConnection): Promise<void> {
    const batch = waiting;
    await open.shared.query({
      text: 'select vicore.audit_refusals($1, $2)',
      values: [workstation, storableJson(batch)],
    });
    waiting = waiting.slice(batch.length);
  }

  function flush(): void {
    const open = connection();
    if (!open || writing || waiting.length === 0) return;
    writing = true;
    write(open)
      .then(() => {
        writing = false;
        flush();
      })
      .catch((error: unknown) => {
        writing = false;
        onFault(error);
      });
  }

  return {
    add(refusal) {
      if (waiting.length < mostWaiting) waiting = [...waiting, refusal];
      flush();
    },
    flush,
  };
}
