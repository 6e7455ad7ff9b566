import type { PassDetail, Snapshot } from './changes.ts';
import type { CallError } from './errors.ts';
import type {
  AlarmFigures,
  Alert,
  AlertEvent,
  AuditRow,
  Camera,
  CameraStatusChange,
  Guidance,
  Pass,
  RejectedMessage,
  Role,
  Session,
  Setting,
  Site,
  SoundName,
  SoundState,
  State,
  ThresholdSet,
  ThresholdVersion,
  TypeLimits,
  User,
  Vehicle,
  VehicleType,
  Workstation,
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
  /** Admin window. */
  readonly page?: AdminPage | undefined;
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

/** Alerts that one export can name; the ids of so many still fit into one call (main/api/input-size.ts). */
export const mostNamedAlerts = 6_000;

export const adminPages = [
  'users',
  'thresholds',
  'vehicle-types',
  'cameras',
  'settings',
  'workstations',
  'guidance',
  'statistics',
  'audit',
] as const;
export type AdminPage = (typeof adminPages)[number];

/** What other thresholds would have made of the latest passes, by the rules for heights and asymmetry. */
export interface ThresholdTrial {
  readonly passes: number;
  /** Springs with a state, before and after. */
  readonly before: Readonly<Record<State, number>>;
  readonly after: Readonly<Record<State, number>>;
  /** Springs whose state would differ, worst first; at most 100 of `changedCount`. */
  readonly changed: readonly ThresholdTrialChange[];
  readonly changedCount: number;
}

export interface ThresholdTrialChange {
  readonly passId: string;
  readonly trainNumber: string;
  readonly startedAt: number;
  readonly vehicleIndex: number;
  readonly vehicleNumber?: string | undefined;
  readonly position: string;
  readonly heightCmm?: number | undefined;
  readonly from: State;
  readonly to: State;
}

/** A portion of the audit chain that was checked. */
export interface AuditVerification {
  /** Rows checked so far, and in all when it began. */
  readonly checked: number;
  readonly total: number;
  /** Present: ask again with it. Absent: the chain is whole, or `broken` says where it is not. */
  readonly cursor?: string | undefined;
  readonly broken?: AuditBreak | undefined;
  /** Heads of the chain, kept outside the database, that were compared. */
  readonly anchors: number;
}

export interface AuditBreak {
  /** The first row that is wrong or missing. */
  readonly id: number;
  readonly problem: 'missing' | 'does-not-follow' | 'altered' | 'tail-missing' | 'differs-from-anchor';
}

export interface ExportStatus {
  readonly exportId: string;
  readonly state: 'running' | 'done' | 'cancelled' | 'failed';
  readonly path: string;
  readonly rows: number;
  readonly message?: string | undefined;
}

/** What the core asks of the window that plays. */
export type SoundCommand =
  | { readonly kind: 'play'; readonly sound: SoundName; readonly volume: number; readonly playId: string }
  /** Whatever plays ends. */
  | { readonly kind: 'stop' };

export interface AcknowledgedMany {
  readonly acknowledged: readonly Alert[];
  readonly failed: readonly { readonly alertId: string; readonly error: CallError }[];
}

/** Indexed by MethodName wherever it is used, so a method without a result does not compile. */
export interface Results {
  'session.current': Session;
  'session.login': Session;
  'session.cancelLogin': Session;
  'session.logout': Session;
  'session.lock': Session;
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
  'alerts.acknowledgeMany': AcknowledgedMany;
  'alerts.undo': Alert;
  'alerts.handOver': Alert;
  'alerts.silence': SoundState;
  'alerts.shelve': Alert;
  'alerts.unshelve': Alert;
  'alerts.verdict': Alert;
  /** Active persons who may own an alert. */
  'alerts.people': Page<{ readonly subject: string; readonly name: string; readonly role: Role }>;
  'alerts.guidance': Guidance;
  /** Absent: the person chose no file. */
  'alerts.export': { readonly path?: string | undefined; readonly rows?: number | undefined };
  'alerts.figures': AlarmFigures;
  'cars.recordMaintenance': { readonly vehicleNumber: string; readonly at: number };
  'sound.setVolume': SoundState;
  'sound.mute': SoundState;
  'sound.unmute': SoundState;
  'sound.test': SoundState;
  'sound.report': Readonly<Record<string, never>>;
  'monitoring.snapshot': Snapshot;
  'monitoring.received': Readonly<Record<string, never>>;
  'monitoring.rejected': Page<RejectedMessage>;
  'windows.context': WindowContext;
  'windows.openCar': { readonly number: number };
  'windows.openAdmin': Readonly<Record<string, never>>;
  'windows.setContext': WindowContext;
  'admin.listUsers': Page<User>;
  'admin.changeUser': User;
  'admin.pseudonymiseUser': User;
  /** Newest first. */
  'admin.listThresholds': Page<ThresholdVersion>;
  'admin.tryThresholds': ThresholdTrial;
  'admin.saveThresholds': ThresholdSet;
  /** Unknown ones first. */
  'admin.listVehicleTypes': Page<VehicleType>;
  'admin.saveVehicleType': VehicleType;
  'admin.listSites': Page<Site>;
  'admin.saveSite': Site;
  'admin.listCameras': Page<Camera>;
  'admin.saveCamera': Camera;
  'admin.cameraHistory': Page<CameraStatusChange>;
  'admin.listSettings': Page<Setting>;
  'admin.saveSetting': Setting;
  'admin.listGuidance': Page<Guidance>;
  'admin.saveGuidance': Guidance;
  'admin.listWorkstations': Page<Workstation>;
  /** Newest first. */
  'audit.list': Page<AuditRow>;
  'audit.verify': AuditVerification;
  /** Absent: the person chose no file. */
  'audit.export': { readonly started?: ExportStatus | undefined };
  'audit.exportStatus': ExportStatus;
  'audit.cancelExport': ExportStatus;
  'preferences.get': Preferences;
  'preferences.set': Preferences;
  'diagnostics.about': About;
  'diagnostics.openLogs': { readonly path: string };
  'setup.testDatabase': ConnectionTest;
  'setup.testCamera': ConnectionTest;
  'setup.testLogin': ConnectionTest;
  'setup.save': { readonly path: string };
}
