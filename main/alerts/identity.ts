import { createHash } from 'node:crypto';
import type { Rule } from '../../contract/domain.ts';

const namespace = Buffer.from('6f1d0f0e6a525b1e9a570d9c6c1f7a11', 'hex');

/** UUID version 5 (RFC 9562 §5.5) of a name in the namespace of VICORE's alerts. */
export function alertUuid(name: string): string {
  const hash = createHash('sha1').update(namespace).update(name, 'utf8').digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString('hex', 0, 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/**
 * Identity of the alert of a condition: every workstation that judges the same measurements names the same alert
 * (docs/domain.md, alerts). `position` is a spring, a pair or a running side.
 */
export function alertId(
  passId: string,
  vehicleIndex: number | undefined,
  position: string | undefined,
  rule: Rule,
): string {
  return alertUuid(`${passId}/${vehicleIndex ?? '-'}/${position ?? '-'}/${rule}`);
}

/** Identity of the alert of events that the camera system can no longer deliver. */
export const gapAlertId = (streamId: string, first: number, last: number): string =>
  alertUuid(`${streamId}/${first}-${last}/data-gap`);
