/**
 * The words both sides of the IPC share. Units: heights in hundredths of a millimetre (`…Cmm`, integers),
 * times in milliseconds since the epoch (`…At`), confidences 0..1 as received.
 * Glossary and rules: docs/domain.md.
 */

export type Defect = 'none' | 'broken' | 'missing' | 'solid' | 'displaced';
export type CameraSide = 'left' | 'right';
export type Nest = 'lead' | 'trail';
export type VehicleEnd = 'A' | 'B';
export type Direction = 'uk-fr' | 'fr-uk';

/** Worst first: critical > warning > unmeasured > ok. */
export type State = 'ok' | 'warning' | 'critical' | 'unmeasured';
export type Severity = 'warning' | 'critical';
export type PassStatus = 'in-progress' | 'pending' | 'confirmed';
export type Role = 'viewer' | 'operator' | 'supervisor' | 'admin';

export type Rule =
  | 'defect'
  | 'height'
  | 'asymmetry'
  | 'conflict'
  | 'trend'
  | 'unseen'
  | 'incomplete'
  | 'identity'
  | 'count-mismatch'
  | 'camera-blind'
  | 'data-gap';

export type AlertState =
  'active-unacknowledged' | 'active-acknowledged' | 'cleared-unacknowledged' | 'closed';

export interface Pass {
  readonly id: string;
  readonly streamId: string;
  /** Site and track of the camera installation (from its `hello`). */
  readonly site: string;
  readonly siteTrack: string;
  /** Track as the pass itself states it. */
  readonly track: string;
  readonly trainNumber: string;
  readonly direction: Direction;
  readonly startedAt: number;
  readonly endedAt?: number | undefined;
  /** As `pass.completed` counts them; absent while in progress or when aborted. */
  readonly vehicleCount?: number | undefined;
  readonly speedKmh?: number | undefined;
  readonly status: PassStatus;
  readonly aborted: boolean;
  /** Absent while nothing has been judged yet. */
  readonly state?: State | undefined;
  readonly thresholdVersion: number;
  readonly confirmedBy?: string | undefined;
  readonly confirmedAt?: number | undefined;
  readonly notes?: string | undefined;
  readonly reopened: boolean;
  /** `seq` of the last event that changed the pass: a higher one is newer. */
  readonly revision: number;
}

/** One spring of one vehicle in one pass; the record of docs/domain.md "What is known of a spring". */
export interface Spring {
  /** Fixed code such as `3Rb`. */
  readonly position: string;
  /** Absent: in progress and not measured yet. */
  readonly state?: State | undefined;
  readonly heightCmm?: number | undefined;
  /** Of the height; of the defect where there is no height. */
  readonly confidence?: number | undefined;
  /** Absent: no measurement at all. */
  readonly defect?: Defect | undefined;
  readonly defectConfidence?: number | undefined;
  readonly imageId?: string | undefined;
  readonly cameraId?: string | undefined;
  readonly measuredAt?: number | undefined;
}

export interface Vehicle {
  readonly passId: string;
  /** Counts from 1 at the head of the train. */
  readonly index: number;
  readonly identified: boolean;
  readonly vehicleNumber?: string | undefined;
  readonly vehicleType?: string | undefined;
  readonly axles: number;
  readonly leadingEnd?: VehicleEnd | undefined;
  readonly state?: State | undefined;
  readonly blankCount: number;
  /** In layout order: 1La 1Lb 1Ra 1Rb 2La … ; length 4 × axles. */
  readonly springs: readonly Spring[];
}

/** What an inspection found. `pending`: asked for, nobody has looked yet. */
export type Verdict = 'true' | 'false' | 'not-found' | 'pending';

/** The same finding on the same place of the same vehicle in pass after pass, since its springs were last renewed. */
export interface KnownFinding {
  /** When the first of them was raised. */
  readonly since: number;
  /** How many alerts, this one included; at least 2. */
  readonly times: number;
  /** Of the latest earlier one that somebody acknowledged. */
  readonly acknowledgedBy?: string | undefined;
  readonly acknowledgedAt?: number | undefined;
}

export interface Alert {
  readonly id: string;
  readonly passId?: string | undefined;
  readonly vehicleIndex?: number | undefined;
  /** Spring `3Rb`, pair `3b`, running side `left`, or absent. */
  readonly position?: string | undefined;
  readonly rule: Rule;
  readonly severity: Severity;
  readonly state: AlertState;
  /** Whether the condition is present now (a closed alert of a confirmed pass can still be present). */
  readonly present: boolean;
  /** Measured value at trigger and its limit: Cmm for heights and differences, counts or shares otherwise. */
  readonly value?: number | undefined;
  readonly limit?: number | undefined;
  readonly raisedAt: number;
  readonly receivedAt: number;
  readonly acknowledgedBy?: string | undefined;
  readonly acknowledgedAt?: number | undefined;
  readonly comment?: string | undefined;
  /** Who has it now: who acknowledged it, until it is handed over. */
  readonly owner?: string | undefined;
  /** On the shelf until then; in force while it lies in the future. */
  readonly shelvedUntil?: number | undefined;
  readonly shelvedBy?: string | undefined;
  readonly shelveReason?: string | undefined;
  /** A critical alert that nobody acknowledged in time. */
  readonly escalatedAt?: number | undefined;
  readonly verdict?: Verdict | undefined;
  readonly known?: KnownFinding | undefined;
  /** Acknowledged at this workstation, not yet shared with the database. */
  readonly provisional: boolean;
  /** For the eye: what the alert is about, so that a list needs no second query. */
  readonly trainNumber?: string | undefined;
  readonly track?: string | undefined;
  readonly vehicleNumber?: string | undefined;
  readonly defect?: Defect | undefined;
  /** For `data-gap`. */
  readonly streamId?: string | undefined;
}

export interface AlertEvent {
  readonly alertId: string;
  readonly at: number;
  readonly actor: string;
  readonly workstation: string;
  /** raised, severity-raised, cleared, returned, acknowledged, commented, closed, … */
  readonly kind: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Limits of one vehicle type, heights and differences in Cmm. Absent warning limits: unknown type. */
export interface TypeLimits {
  readonly criticalLowCmm: number;
  readonly warningLowCmm?: number | undefined;
  readonly warningHighCmm?: number | undefined;
  readonly criticalHighCmm: number;
  readonly asymmetryWarningCmm?: number | undefined;
  readonly asymmetryCriticalCmm: number;
  /** Trend: baseline length, least history, drop in Cmm. */
  readonly window: number;
  readonly minHistory: number;
  readonly dropCmm: number;
  /** Axles the type has; a vehicle with another count is flagged. Absent: unknown type. */
  readonly axles?: number | undefined;
}

export interface ThresholdSet {
  readonly version: number;
  readonly effectiveAt: number;
  readonly createdBy: string;
  readonly reason: string;
  readonly minConfidence: number;
  readonly sureConfidence: number;
  readonly conflictCmm: number;
  readonly incomplete: number;
  readonly unseenPasses: number;
  readonly blindShare: number;
  readonly types: Readonly<Record<string, TypeLimits>>;
}

export type LinkState = 'connecting' | 'catching-up' | 'live' | 'silent' | 'down' | 'unauthorized';
export type CameraState = 'ok' | 'degraded' | 'offline' | 'unknown';

export interface CameraHealth {
  readonly id: string;
  readonly name: string;
  readonly side: CameraSide;
  readonly status: CameraState;
  readonly since: number;
  readonly fps?: number | undefined;
  readonly temperatureC?: number | undefined;
  readonly lastFrameAt?: number | undefined;
}

export interface StreamHealth {
  /** The configured address, without credentials. */
  readonly url: string;
  readonly streamId?: string | undefined;
  readonly site?: string | undefined;
  readonly track?: string | undefined;
  readonly link: LinkState;
  readonly since: number;
  readonly lastMessageAt?: number | undefined;
  /** Events still to come before the link is live. */
  readonly lag: number;
  /** Camera clock minus ours at the last message, ms. */
  readonly clockSkewMs?: number | undefined;
  readonly reason?: string | undefined;
  readonly cameras: readonly CameraHealth[];
}

export type DatabaseState =
  'connecting' | 'connected' | 'away' | 'read-only' | 'schema-older' | 'schema-newer' | 'not-configured';

export interface DatabaseHealth {
  readonly state: DatabaseState;
  readonly host?: string | undefined;
  /** When the replica last was known to hold everything PostgreSQL has. */
  readonly asOf?: number | undefined;
  readonly nextRetryAt?: number | undefined;
  readonly reason?: string | undefined;
  /** Name of the workstation that writes now. */
  readonly writer?: string | undefined;
}

/** What people call a site, and the zone of its clock; absent parts are as the stream and the configuration say. */
export interface SiteName {
  readonly site: string;
  readonly track: string;
  readonly name?: string | undefined;
  readonly timeZone?: string | undefined;
}

export interface SystemStatus {
  readonly at: number;
  readonly workstation: string;
  /** Configured for this workstation; for sites whose zone is not known otherwise. */
  readonly timeZone: string;
  readonly streams: readonly StreamHealth[];
  /** Named by admins. */
  readonly sites: readonly SiteName[];
  readonly database: DatabaseHealth;
  /** Camera events not yet in PostgreSQL. */
  readonly journalEntries: number;
  readonly rejectedCount: number;
  /** Faults of this workstation that a person must know: replica rebuilt, disk full, … (translation keys). */
  readonly warnings: readonly string[];
}

export interface RejectedMessage {
  readonly streamId: string;
  readonly seq?: number | undefined;
  readonly at: number;
  readonly reason: string;
  readonly text: string;
}

export interface AlertCounts {
  readonly criticalUnacknowledged: number;
  readonly warningUnacknowledged: number;
  readonly acknowledged: number;
  readonly shelved: number;
}

/**
 * Who is at this workstation and with which rights (docs/domain.md, roles).
 * `grace`: the identity provider cannot be reached, the rights last until `graceEndsAt`; `grace-ended`, `expired`
 * (the provider ended the session), `locked` and `deactivated` see everything and may do nothing.
 */
export type SessionState =
  'signed-out' | 'signed-in' | 'grace' | 'grace-ended' | 'expired' | 'locked' | 'deactivated';

/** Why the last attempt to sign in failed. Each has a text that says what to do. */
export type SignInFailure =
  | 'provider-unreachable'
  | 'provider-invalid'
  | 'refused-by-provider'
  | 'timed-out'
  | 'cancelled'
  | 'clock-wrong'
  | 'token-invalid'
  | 'reply-invalid'
  | 'no-subject'
  | 'deactivated'
  | 'browser-failed'
  | 'internal';

export interface SignInProblem {
  readonly kind: SignInFailure;
  readonly at: number;
  /** For people and the log, in English; never a token. The window shows its translation of `kind` first. */
  readonly message: string;
}

export interface Session {
  readonly state: SessionState;
  /** A sign-in is under way in the browser; the session stays what it is meanwhile. */
  readonly signingIn: boolean;
  /** Whether this workstation's configuration names an identity provider. */
  readonly configured: boolean;
  /** Empty when nobody is signed in; with `locked`, `expired`, … the person it was. */
  readonly name: string;
  /** The provider's `sub`. */
  readonly subject?: string | undefined;
  /** The rights in force now: `viewer` in every state but `signed-in` and `grace`. */
  readonly role: Role;
  /** The person's role when they may use it. */
  readonly ownRole?: Role | undefined;
  readonly workstation: string;
  /** When this person signed in here. */
  readonly since?: number | undefined;
  readonly graceEndsAt?: number | undefined;
  readonly problem?: SignInProblem | undefined;
  /** Tokens cannot be kept over a restart: there is no key store (fault 65). */
  readonly sessionOnly: boolean;
}

/** Who has been given which rights; a person of the identity provider that has signed in at least once. */
export interface User {
  readonly id: string;
  readonly subject: string;
  readonly name: string;
  readonly email?: string | undefined;
  /** In force: the override when there is one, else what the provider says. */
  readonly role: Role;
  readonly claimedRole: Role;
  readonly roleOverride?: Role | undefined;
  readonly overrideReason?: string | undefined;
  readonly active: boolean;
  readonly inactiveReason?: string | undefined;
  readonly lastLoginAt?: number | undefined;
  readonly lastWorkstation?: string | undefined;
  /** The name was replaced on request; the person cannot sign in with the old account any more. */
  readonly pseudonymised: boolean;
  readonly revision: number;
}

/** A threshold set as admins see it. */
export interface ThresholdVersion extends ThresholdSet {
  /** When it was saved, by the database's clock; absent for the one that the program brings. */
  readonly savedAt?: number | undefined;
}

/** What a threshold set says, apart from its version, reason and time. */
export type ThresholdValues = Omit<ThresholdSet, 'version' | 'effectiveAt' | 'createdBy' | 'reason'>;

export interface VehicleType {
  readonly code: string;
  /** Absent: met in the stream, nobody has entered it. */
  readonly name?: string | undefined;
  readonly axles?: number | undefined;
  /** Whether the newest thresholds have limits for it. */
  readonly hasLimits: boolean;
  /** In the last 30 days: vehicles of it that passed, and when the last did. */
  readonly seen: number;
  readonly lastSeenAt?: number | undefined;
  readonly vehicleNumbers: readonly string[];
  /** 0 while nobody has entered it. */
  readonly revision: number;
}

export interface Site {
  readonly site: string;
  readonly track: string;
  readonly streamId: string;
  /** What people call it; absent: nobody has named it. */
  readonly name?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly revision: number;
}

export interface Camera {
  readonly streamId: string;
  readonly id: string;
  readonly site: string;
  readonly track: string;
  readonly side: CameraSide;
  /** As the camera system calls it. */
  readonly name: string;
  readonly givenName?: string | undefined;
  readonly status?: string | undefined;
  readonly statusAt?: number | undefined;
  readonly revision: number;
}

export interface CameraStatusChange {
  readonly status: string;
  readonly at: number;
  readonly receivedAt: number;
  readonly workstation: string;
}

export interface Workstation {
  readonly name: string;
  readonly version: string;
  readonly firstSeenAt: number;
  readonly lastSeenAt: number;
  /** Who is signed in there, as it last said. */
  readonly person?: string | undefined;
  readonly writer: boolean;
}

/** What a person does about an alert of this rule and severity; edited by admins, shown with the alert. */
export interface Guidance {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly textEn: string;
  readonly textFr: string;
  /** Steps to tick, in both languages; kept with the acknowledgement. */
  readonly checklist: readonly { readonly en: string; readonly fr: string }[];
  readonly updatedBy?: string | undefined;
  readonly updatedAt?: number | undefined;
  /** 0: nobody has written one. */
  readonly revision: number;
}

/** What is played; docs/domain.md, sounds. */
export type SoundName = 'critical' | 'warning' | 'escalation' | 'link-lost' | 'link-restored';

/** The sound of this workstation, as its windows show it. */
export interface SoundState {
  /** 0.2 to 1: a control room cannot be turned silent. */
  readonly volume: number;
  readonly mutedUntil?: number | undefined;
  readonly mutedBy?: string | undefined;
  /** Until when what was silenced here stays so: it sounds again if nobody acknowledges it. */
  readonly silencedUntil?: number | undefined;
  /** What sounds now, or would if it were not muted or silenced. */
  readonly sounding?: SoundName | undefined;
  readonly device: 'ok' | 'missing' | 'starting';
}

/** Figures of the alarm system over a period (IEC 62682, EEMUA 191). Times in ms, shares 0..1. */
export interface AlarmFigures {
  readonly from: number;
  readonly to: number;
  readonly raised: { readonly critical: number; readonly warning: number };
  /** Persons who acknowledged or confirmed anything in the period. */
  readonly operators: number;
  /** Alerts a day and operator; the field's goal is 144. */
  readonly perOperatorAndDay: number;
  readonly worstTenMinutes?: { readonly from: number; readonly count: number } | undefined;
  /** Share of the period's ten-minute steps with more than 10 new alerts. */
  readonly shareInFlood: number;
  readonly standing: number;
  readonly shelved: number;
  readonly timeToAcknowledge?: { readonly median: number; readonly percentile95: number } | undefined;
  /** Alerts in each hour (or day, for periods beyond 14 days), the empty ones too. */
  readonly series: readonly { readonly from: number; readonly critical: number; readonly warning: number }[];
  readonly topSources: readonly AlarmSource[];
  /** Sources that came and went three times or more within a minute. */
  readonly chattering: readonly AlarmSource[];
  readonly falseRates: readonly FalseRate[];
}

export interface AlarmSource {
  readonly vehicleNumber?: string | undefined;
  readonly position?: string | undefined;
  readonly rule: Rule;
  readonly site?: string | undefined;
  readonly count: number;
}

export interface FalseRate {
  readonly by: 'rule' | 'vehicle-type' | 'camera';
  readonly name: string;
  /** Alerts with a verdict of `true`, `false` or `not-found`, and those of them that were not true. */
  readonly judged: number;
  readonly wrong: number;
}

/** Shared settings that admins change; bounds and units are in contract/settings.ts. */
export type SettingKey =
  | 'alerts.escalateAfterSeconds'
  | 'alerts.soundAgainSeconds'
  | 'cache.days'
  | 'retention.measurementMonths'
  | 'session.lockAfterMinutes';

export interface Setting {
  readonly key: SettingKey;
  /** In force at this workstation. */
  readonly value: number;
  /** The shared value; differs from `value` where this workstation's configuration file fixes it. */
  readonly sharedValue: number;
  readonly fixedByConfiguration: boolean;
  readonly updatedBy?: string | undefined;
  readonly updatedAt?: number | undefined;
  readonly reason?: string | undefined;
  /** 0 while nobody has changed it. */
  readonly revision: number;
}

/** One row of the audit log; `before` and `after` are what changed, as plain data. */
export interface AuditRow {
  readonly id: number;
  readonly at: number;
  readonly actor: string;
  readonly role: string;
  readonly workstation: string;
  readonly action: string;
  readonly entity: string;
  readonly entityId: string;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly correlationId: string;
}
