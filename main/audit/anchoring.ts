import type { Anchors, AuditMark, AuditReads } from './ports.ts';

export interface Anchoring {
  /** Anchors the head of the chain, at most once a UTC day. Call on connect and now and then; never rejects. */
  consider(): Promise<void>;
}

export interface AnchoringOptions {
  readonly reads: Pick<AuditReads, 'auditHead'>;
  readonly anchors: Anchors;
  /** Wall clock, ms since the epoch. */
  readonly now: () => number;
  /** For the log, which is a second place outside the database. */
  readonly onAnchored: (mark: AuditMark) => void;
  readonly onFault: (error: unknown) => void;
}

const dayMs = 86_400_000;
const dayOf = (at: number): number => Math.floor(at / dayMs);

/**
 * Keeps the head of the audit chain outside the database, so that not even who owns the database can write the
 * past anew without being found (docs/security.md, audit).
 */
export function createAnchoring({ reads, anchors, now, onAnchored, onFault }: AnchoringOptions): Anchoring {
  let lastDay: number | undefined;
  let considering: Promise<void> | undefined;

  async function anchor(): Promise<void> {
    const today = dayOf(now());
    lastDay ??= Math.max(-1, ...(await anchors.all()).map(({ at }) => dayOf(at)));
    if (lastDay >= today) return;
    const head = await reads.auditHead();
    // Away, or nothing has been audited yet: the next time.
    if (!head.ok || head.value.id === 0) return;
    await anchors.add({ ...head.value, at: now() });
    lastDay = today;
    onAnchored(head.value);
  }

  return {
    consider() {
      considering ??= anchor()
        .catch(onFault)
        .finally(() => {
          considering = undefined;
        });
      return considering;
    },
  };
}
