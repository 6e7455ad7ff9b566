import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { createAnchoring } from './audit/anchoring.ts';
import { createAuditExports } from './audit/export.ts';
import type { AuditExports } from './audit/export.ts';
import type { AuditOutbox, AuditReads, SharedAudit } from './audit/ports.ts';
import { configurationSeenEntry, writerEntry } from './audit/system-entries.ts';
import { createAuditTrail } from './audit/trail.ts';
import type { AuditTrail } from './audit/trail.ts';
import { createVerification } from './audit/verification.ts';
import type { Verification } from './audit/verification.ts';
import type { Configuration } from './configuration/schema.ts';
import { seenConfiguration } from './configuration/seen.ts';
import type { Log } from './core.ts';
import { fileAnchors } from './files/anchors.ts';
import { openAuditFile } from './files/audit-export.ts';

const anchorMs = 300_000;

export interface ComposedAudit {
  readonly trail: AuditTrail;
  readonly verification: Verification;
  readonly exports: AuditExports;
  /** The database is there: sends what was kept, anchors the chain. */
  connected(): void;
  elected(event: { readonly kind: 'elected' | 'resigned'; readonly reason: string }): void;
  /** Before the store closes. */
  stop(): Promise<void>;
}

/** The audit trail with everything around it; the same on a desktop and on a server that ingests. */
export function composeAudit(options: {
  readonly configuration: Configuration;
  readonly dataDirectory: string;
  readonly outbox: AuditOutbox;
  readonly shared: SharedAudit & AuditReads;
  readonly log: Log;
}): ComposedAudit {
  const { configuration, dataDirectory, outbox, shared, log } = options;
  const workstation = configuration.workstation.name;
  const onFault = (message: string, fields: Readonly<Record<string, unknown>>): void =>
    log.error(fields, message);
  const trail = createAuditTrail({ outbox, shared, newId: randomUUID, onFault });
  const anchors = fileAnchors({
    file: path.join(dataDirectory, 'audit-anchors.jsonl'),
    onDamaged: (line) => log.error({ line }, 'a line of the audit anchors cannot be read'),
  });
  const anchoring = createAnchoring({
    reads: shared,
    anchors,
    now: Date.now,
    onAnchored: (mark) => log.info({ ...mark }, 'the end of the audit chain is anchored'),
    onFault: (error) => log.error({ error }, 'the end of the audit chain could not be anchored'),
  });
  const anchor = (): void => {
    void anchoring.consider();
  };
  const timer = setInterval(anchor, anchorMs);
  const system = () => ({ workstation, at: Date.now(), correlationId: randomUUID() });
  trail.record(configurationSeenEntry({ ...system(), configuration: seenConfiguration(configuration) }));
  const exports = createAuditExports({ reads: shared, openFile: openAuditFile, trail, newId: randomUUID });

  return {
    trail,
    verification: createVerification({
      reads: shared,
      anchors,
      trail,
      now: Date.now,
      newId: randomUUID,
      onFault: (error) => log.error({ error }, 'the audit anchors could not be read'),
    }),
    exports,
    connected() {
      trail.flush();
      anchor();
    },
    elected({ kind, reason }) {
      trail.record(writerEntry({ ...system(), kind, details: { reason } }));
    },
    async stop() {
      clearInterval(timer);
      await exports.stop();
      await trail.settled();
    },
  };
}
