import type { Defect, Rule, Severity } from '../../contract/domain.ts';

/** The condition behind an alert as the fold left it; the lifecycle state is computed from it by lifecycle.ts. */
export interface AlertCondition {
  readonly alertId: string;
  readonly passId?: string | undefined;
  readonly vehicleIndex?: number | undefined;
  readonly position?: string | undefined;
  readonly rule: Rule;
  /** Latched: the worst so far (docs/domain.md, alerts). */
  readonly severity: Severity;
  readonly present: boolean;
  readonly value?: number | undefined;
  readonly limit?: number | undefined;
}

/** One change of one condition, in the order in which they happened. */
export interface AlertTransition extends AlertCondition {
  readonly kind: 'raised' | 'severity-raised' | 'cleared' | 'returned';
  readonly streamId: string;
  /** The event that caused it. */
  readonly seq: number;
  readonly at: number;
  readonly receivedAt: number;
  readonly trainNumber?: string | undefined;
  readonly track?: string | undefined;
  readonly vehicleNumber?: string | undefined;
  readonly defect?: Defect | undefined;
}
