import type { Alert, AlertCounts, Pass, SoundState, SystemStatus, ThresholdSet, Vehicle } from './domain.ts';

/** Something that changed, as a window needs it: the whole new value, so that applying it twice is harmless. */
export type Change =
  | { readonly kind: 'pass'; readonly pass: Pass }
  /** Only to windows that watch the pass. */
  | { readonly kind: 'vehicle'; readonly vehicle: Vehicle }
  | { readonly kind: 'alert'; readonly alert: Alert }
  | { readonly kind: 'counts'; readonly counts: AlertCounts }
  | { readonly kind: 'status'; readonly status: SystemStatus }
  | { readonly kind: 'sound'; readonly sound: SoundState }
  /** What admins look after was changed somewhere: a panel that shows it asks anew. */
  | { readonly kind: 'reference'; readonly about: ReferenceKind };

export type ReferenceKind =
  'user' | 'threshold' | 'vehicle-type' | 'site' | 'camera' | 'setting' | 'guidance';

/** Change i of a batch has number `first + i`. A window that sees a hole asks for a new snapshot. */
export interface ChangeBatch {
  readonly first: number;
  readonly changes: readonly Change[];
}

export interface PassDetail {
  readonly pass: Pass;
  /** By index. */
  readonly vehicles: readonly Vehicle[];
  readonly thresholds: ThresholdSet;
}

/** What a live window starts from; the next change it must apply has number `sequence + 1`. */
export interface Snapshot {
  readonly sequence: number;
  /** The latest passes, newest first. */
  readonly passes: readonly Pass[];
  /** Open alerts: unacknowledged first, then severity, then newest; at most 200. */
  readonly alerts: readonly Alert[];
  readonly counts: AlertCounts;
  readonly status: SystemStatus;
  readonly sound: SoundState;
  /** The pass the window watches, when it asked for one that exists. */
  readonly watched?: PassDetail | undefined;
}
