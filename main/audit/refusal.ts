import type { WindowKind } from '../../contract/methods.ts';

/** A call that was refused because of who asked or how, for the log and the audit. Bounded: never the input itself. */
export interface Refusal {
  readonly at: number;
  readonly code: 'foreign-sender' | 'unknown-method' | 'forbidden' | 'invalid-input' | 'rate-limited';
  readonly reason: string;
  readonly method?: string | undefined;
  readonly windowId?: number | undefined;
  readonly kind?: WindowKind | undefined;
  readonly actor?: string | undefined;
  readonly correlationId: string;
  /** Alike refusals since the last report that were not reported one by one. */
  readonly repeated: number;
}
