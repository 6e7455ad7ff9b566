import type { Severity, TypeLimits } from '../../contract/domain.ts';
import type { SpringEvidence } from './evidence.ts';
import type { Finding } from './finding.ts';

/* The rules for one spring alone: 1, 2 and 4 of docs/domain.md. Rule 3 compares two: asymmetry.ts. */

export interface Confidences {
  readonly minConfidence: number;
  readonly sureConfidence: number;
}

/** Rule 1 (defect). */
export function defectFinding(
  evidence: SpringEvidence,
  position: string,
  { minConfidence, sureConfidence }: Confidences,
): Finding | undefined {
  const { defect, defectConfidence = 0 } = evidence;
  if (defect === undefined) return undefined;
  const credible = defectConfidence >= minConfidence;
  const severity = credible && defect !== 'displaced' ? 'critical' : 'warning';
  return { rule: 'defect', position, severity, defect, sure: defectConfidence >= sureConfidence };
}

export interface HeightLevel {
  readonly severity: Severity;
  /** The limit that was reached. */
  readonly limit: number;
}

/** Rule 2 (height) of a measured spring. The limits themselves belong to the worse side. */
export function heightLevel(heightCmm: number, limits: TypeLimits): HeightLevel | undefined {
  const { criticalLowCmm, criticalHighCmm, warningLowCmm, warningHighCmm } = limits;
  if (heightCmm <= criticalLowCmm) return { severity: 'critical', limit: criticalLowCmm };
  if (heightCmm >= criticalHighCmm) return { severity: 'critical', limit: criticalHighCmm };
  if (warningLowCmm !== undefined && heightCmm <= warningLowCmm) {
    return { severity: 'warning', limit: warningLowCmm };
  }
  if (warningHighCmm !== undefined && heightCmm >= warningHighCmm) {
    return { severity: 'warning', limit: warningHighCmm };
  }
  return undefined;
}

/** Rule 4 (conflict): a critical height that a surer one displaces leaves a trace. */
export function conflictFinding(
  evidence: SpringEvidence,
  position: string,
  conflictCmm: number,
  sureConfidence: number,
): Finding | undefined {
  const { lowCmm, lowConfidence = 0, highCmm, highConfidence = 0 } = evidence;
  if (lowCmm === undefined || highCmm === undefined || highCmm - lowCmm < conflictCmm) return undefined;
  const sure = lowConfidence >= sureConfidence && highConfidence >= sureConfidence;
  return {
    rule: 'conflict',
    position,
    severity: 'warning',
    value: highCmm - lowCmm,
    limit: conflictCmm,
    sure,
  };
}
