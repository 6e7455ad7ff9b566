import type { ReferenceKind } from '../../contract/changes.ts';
import type { CallError } from '../../contract/errors.ts';
import type {
  Alert,
  AlertCounts,
  Pass,
  Session,
  SoundState,
  SystemStatus,
  ThresholdSet,
  Vehicle,
} from '../../contract/domain.ts';

/** The pass this window watches, vehicles by index. */
interface WatchedPass {
  readonly passId: string;
  readonly vehicles: ReadonlyMap<number, Vehicle>;
  readonly thresholds: ThresholdSet;
}

export interface Selection {
  readonly passId?: string | undefined;
  readonly vehicleIndex?: number | undefined;
  readonly position?: string | undefined;
  readonly alertId?: string | undefined;
  /** The newest pass in progress is selected by itself until somebody selects another. */
  readonly followLive: boolean;
}

export interface LiveState {
  readonly phase: 'loading' | 'ready' | 'failed';
  readonly failure?: CallError | undefined;
  /** Number of the last change applied. */
  readonly sequence: number;
  readonly passes: ReadonlyMap<string, Pass>;
  /** Pass ids, newest first. */
  readonly passOrder: readonly string[];
  /** Open alerts. */
  readonly alerts: ReadonlyMap<string, Alert>;
  /** The latest that closed while we watched, so that a frozen list can go on showing them. */
  readonly closedAlerts: ReadonlyMap<string, Alert>;
  /** Ids of the open alerts that are on the shelf now (shelf.ts). */
  readonly shelved: ReadonlySet<string>;
  readonly counts: AlertCounts;
  /** The sound of this workstation; undefined until main has said it. */
  readonly sound?: SoundState | undefined;
  readonly status?: SystemStatus | undefined;
  readonly watched?: WatchedPass | undefined;
  readonly selection: Selection;
  readonly session?: Session | undefined;
  /** How often each kind of reference data was changed, as far as this window heard (useReference). */
  readonly references: Readonly<Record<ReferenceKind, number>>;
  /** Monotonic and wall time of the last thing received from main, ms. */
  readonly receivedMonotonic: number;
  readonly receivedWall: number;
}

export const initialState: LiveState = {
  phase: 'loading',
  sequence: -1,
  passes: new Map(),
  passOrder: [],
  alerts: new Map(),
  closedAlerts: new Map(),
  shelved: new Set(),
  counts: { criticalUnacknowledged: 0, warningUnacknowledged: 0, acknowledged: 0, shelved: 0 },
  selection: { followLive: true },
  references: { user: 0, threshold: 0, 'vehicle-type': 0, site: 0, camera: 0, setting: 0, guidance: 0 },
  receivedMonotonic: 0,
  receivedWall: 0,
};
