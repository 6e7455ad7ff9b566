import type { NewAuditEntry } from './entry.ts';

interface Occasion {
  readonly workstation: string;
  readonly at: number;
  readonly correlationId: string;
}

/** Nobody did it: the program says what it found or became. */
const system = { actor: 'system', subject: '', role: 'system' };

/** What the program was told to be when it started; `configuration` without any secret. */
export function configurationSeenEntry(
  occasion: Occasion & { readonly configuration: unknown },
): NewAuditEntry {
  const { workstation, at, correlationId, configuration } = occasion;
  return {
    ...system,
    workstation,
    at,
    correlationId,
    action: 'configuration.seen',
    entity: 'workstation',
    entityId: workstation,
    after: configuration,
  };
}

/** This workstation began, or ceased, to write the camera events to the shared record. */
export function writerEntry(
  occasion: Occasion & { readonly kind: 'elected' | 'resigned'; readonly details?: unknown },
): NewAuditEntry {
  const { workstation, at, correlationId, kind, details } = occasion;
  return {
    ...system,
    workstation,
    at,
    correlationId,
    action: `writer.${kind}`,
    entity: 'workstation',
    entityId: workstation,
    after: details,
  };
}
