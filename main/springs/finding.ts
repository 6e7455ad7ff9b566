import type { Defect, Rule, Severity } from '../../contract/domain.ts';

/** One rule speaking about one spring, pair, vehicle or side: what becomes an alert (main/passes/reconcile.ts). */
export interface Finding {
  readonly rule: Rule;
  /** Spring `3Rb`, pair `3b`, running side `left`, or absent. */
  readonly position?: string | undefined;
  readonly severity: Severity;
  readonly value?: number | undefined;
  readonly limit?: number | undefined;
  readonly defect?: Defect | undefined;
  /** All measurements it rests on are sure: it is raised even while the pass is in progress. */
  readonly sure: boolean;
}
