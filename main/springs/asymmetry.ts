import type { TypeLimits } from '../../contract/domain.ts';
import type { HeightLevel } from './rules.ts';

/** One spring of a pair, as rule 3 needs it. */
export interface PairedSpring {
  readonly heightCmm: number;
  readonly credibleDefect: boolean;
  /** By rule 2 alone. */
  readonly height: HeightLevel | undefined;
}

export type Asymmetry =
  | { readonly kind: 'none' }
  /** An alert of the pair; both springs have its severity. */
  | {
      readonly kind: 'pair';
      readonly severity: 'warning' | 'critical';
      readonly value: number;
      readonly limit: number;
    }
  /** The height findings that there are become critical, and rest on both springs. */
  | { readonly kind: 'worsens-height' };

const none: Asymmetry = { kind: 'none' };

/**
 * Rule 3 (asymmetry) of docs/domain.md: the left and the right spring of one axle and nest, both measured. One
 * cause makes one alert: a credible defect or a critical height is the cause already, and a warning height speaks
 * for the pair.
 */
export function judgePair(left: PairedSpring, right: PairedSpring, limits: TypeLimits): Asymmetry {
  const value = Math.abs(left.heightCmm - right.heightCmm);
  const { asymmetryCriticalCmm, asymmetryWarningCmm } = limits;
  const critical = value >= asymmetryCriticalCmm;
  if (!critical && (asymmetryWarningCmm === undefined || value < asymmetryWarningCmm)) return none;
  if (left.credibleDefect || right.credibleDefect) return none;
  if (left.height?.severity === 'critical' || right.height?.severity === 'critical') return none;
  if (left.height || right.height) return critical ? { kind: 'worsens-height' } : none;
  return critical
    ? { kind: 'pair', severity: 'critical', value, limit: asymmetryCriticalCmm }
    : { kind: 'pair', severity: 'warning', value, limit: asymmetryWarningCmm ?? asymmetryCriticalCmm };
}
