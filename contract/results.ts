import type { PassDetail, Snapshot } from './changes.ts';
import type {
  Alert,
  AlertEvent,
  Pass,
  RejectedMessage,
  Session,
  State,
  ThresholdSet,
  TypeLimits,
  Vehicle,
} from './domain.ts';

/** One page of a list; `cursor` is absent on the last page. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly cursor?: string | undefined;
}

export interface CarDetail {
  readonly pass: Pass;
  readonly vehicle: Vehicle;
  readonly limits: TypeLimits;
  readonly thresholds: ThresholdSet;
  /** The same vehicle's latest earlier ended pass at the same site, for "change since the last pass". */
  readonly previous?: { readonly pass: Pass; readonly vehicle: Vehicle } | undefined;
  /** Alerts of this vehicle in this pass. */
  readonly alerts: readonly Alert[];
  /** Indices of the vehicles of this pass, for previous and next. */
  readonly indices: readonly number[];
}

export interface CarPass {
  readonly pass: Pass;
  readonly index: number;
  readonly state?: State | undefined;
  readonly blankCount: number;
}

export interface TrendPoint {
  readonly passId: string;
  readonly vehicleIndex: number;
  readonly startedAt: number;
  /** Absent: not measured in that pass; drawn as a gap. */
  readonly heightCmm?: number | undefined;
  readonly state?: State | undefined;
  readonly imageId?: string | undefined;
}

export interface Trend {
  readonly position: string;
  readonly limits: TypeLimits;
  /** Oldest first. */
  readonly points: readonly TrendPoint[];
}

export interface SpringImage {
  readonly mime: 'image/jpeg' | 'image/png';
  readonly bytes: Uint8Array;
}

export interface AlertDetail {
  readonly alert: Alert;
  readonly events: readonly AlertEvent[];
}

export interface Preferences {
  readonly language: 'en' | 'fr';
  readonly theme: 'system' | 'dark' | 'light';
  readonly size: 'desk' | 'large' | 'wall';
  readonly notifyWarnings: boolean;
}

/** What a window shows, so that it can be brought back after a crash and moved by a click elsewhere. */
export interface WindowContext {
  readonly passId?: string | undefined;
  readonly vehicleIndex?: number | undefined;
  readonly position?: string | undefined;
  /** Car windows: follows the selection of the system view, or stays. */
  readonly following: boolean;
  /** Car windows: the number shown in the title, from 1. */
  readonly number: number;
  /** When the window was brought back after a crash. */
  readonly recovered: boolean;
}

export interface About {
  readonly application: string;
  readonly electron: string;
  readonly chromium: string;
  readonly node: string;
  readonly schema?: number | undefined;
  readonly commit?: string | undefined;
}

export interface ConnectionTest {
  readonly reachable: boolean;
  /** What was found, or what is wrong and what to do. */
  readonly message: string;
}

/** Indexed by MethodName wherever it is used, so a method without a result does not compile. */
export interface Results {
  'session.current': Session;
  'passes.list': Page<Pass>;
  'passes.get': PassDetail;
  'passes.confirm': Pass;
  'cars.get': CarDetail;
  'cars.history': Page<CarPass>;
  'springs.trend': Trend;
  'springs.image': SpringImage;
  'alerts.list': Page<Alert>;
  'alerts.get': AlertDetail;
  'alerts.acknowledge': Alert;
  'alerts.comment': Alert;
  'monitoring.snapshot': Snapshot;
  'monitoring.received': Readonly<Record<string, never>>;
  'monitoring.rejected': Page<RejectedMessage>;
  'windows.context': WindowContext;
  'windows.openCar': { readonly number: number };
  'windows.setContext': WindowContext;
  'preferences.get': Preferences;
  'preferences.set': Preferences;
  'diagnostics.about': About;
  'diagnostics.openLogs': { readonly path: string };
  'setup.testDatabase': ConnectionTest;
  'setup.testCamera': ConnectionTest;
  'setup.save': { readonly path: string };
}
