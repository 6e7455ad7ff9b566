import { z } from 'zod';
import type { SettingKey } from './domain.ts';
import type { MethodName } from './methods.ts';
import { adminPages, mostNamedAlerts } from './results.ts';
import { settings } from './settings.ts';

const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
const index = z.int().min(1).max(200);
const position = z.string().regex(/^[1-8]([LR][ab]|[ab])$/);
const page = { cursor: z.string().max(200).optional(), limit: z.int().min(1).max(200).optional() };
const nothing = z.strictObject({});

/** Text that people write: comments and notes; no control characters but line breaks. */
const text = (maximum: number) =>
  z
    .string()
    .max(maximum)
    .refine((value) => !/[\u0000-\u0008\u000b-\u001f\u007f]/.test(value), 'control characters');

const secret = z.union([
  z.string().max(1000),
  z.strictObject({ env: z.string().min(1).max(200) }),
  z.strictObject({ file: z.string().min(1).max(1000) }),
]);

const databaseSetup = z.strictObject({
  hosts: z.array(z.string().min(1).max(255)).min(1).max(8),
  database: z.string().min(1).max(63),
  user: z.string().min(1).max(63),
  password: secret,
  tls: z.enum(['disable', 'require', 'verify-full']),
});
const loginSetup = z.strictObject({ issuer: z.url().max(500), clientId: z.string().min(1).max(200) });
const cameraSetup = z.strictObject({ url: z.string().min(1).max(500), token: secret });

const adminPage = z.enum(adminPages);
const role = z.enum(['viewer', 'operator', 'supervisor', 'admin']);
/** Of the row that was shown; another one in the record means that somebody else was faster. */
const revision = z.int().min(0);
/** Why an admin changes something: goes to the audit log. */
const reason = text(500).and(z.string().trim().min(1));
const settingKey = z.enum(Object.keys(settings) as [SettingKey, ...SettingKey[]]);
/** As the camera protocol allows it (docs/camera-protocol.md). */
const vehicleTypeCode = z.string().min(1).max(64);
const heightCmm = z.int().min(0).max(100_000);

/** Shapes and bounds only; the order of the limits is contract/threshold-order.ts. */
const typeLimits = z.strictObject({
  criticalLowCmm: heightCmm,
  warningLowCmm: heightCmm.optional(),
  warningHighCmm: heightCmm.optional(),
  criticalHighCmm: heightCmm,
  asymmetryWarningCmm: heightCmm.optional(),
  asymmetryCriticalCmm: heightCmm,
  window: z.int().min(1).max(100),
  minHistory: z.int().min(1).max(100),
  dropCmm: heightCmm,
  axles: z.int().min(2).max(8).optional(),
});
const share = z.number().min(0).max(1);
const thresholdValues = z.strictObject({
  minConfidence: share,
  sureConfidence: share,
  conflictCmm: heightCmm,
  incomplete: z.int().min(1).max(64),
  unseenPasses: z.int().min(1).max(100),
  blindShare: share,
  types: z
    .record(vehicleTypeCode, typeLimits)
    .refine((types) => Object.keys(types).length <= 200, 'at most 200 vehicle types'),
});
const severity = z.enum(['warning', 'critical']);
const rule = z.enum([
  'defect',
  'height',
  'asymmetry',
  'conflict',
  'trend',
  'unseen',
  'incomplete',
  'identity',
  'count-mismatch',
  'camera-blind',
  'data-gap',
]);
const soundName = z.enum(['critical', 'warning', 'escalation', 'link-lost', 'link-restored']);
/** Steps of the guidance that were ticked, as they were shown. */
const checklist = z
  .array(z.strictObject({ step: text(300), done: z.boolean() }))
  .max(20)
  .optional();
const alertFilter = {
  open: z.boolean().optional(),
  severity: severity.optional(),
  passId: uuid.optional(),
  rule: rule.optional(),
  state: z
    .enum(['active-unacknowledged', 'active-acknowledged', 'cleared-unacknowledged', 'closed'])
    .optional(),
  vehicleNumber: text(20).optional(),
  trainNumber: text(64).optional(),
  /** Owner's name. */
  owner: text(200).optional(),
  shelved: z.boolean().optional(),
};
const auditFilter = {
  actor: text(200).optional(),
  action: text(100).optional(),
  entity: text(100).optional(),
  entityId: text(300).optional(),
  /** ms since the epoch, from inclusive, to exclusive */
  from: z.int().optional(),
  to: z.int().optional(),
};

/** What each method accepts. Checked in main, once, before the handler runs (the renderers' CSP forbids it there). */
export const inputs = {
  'session.current': nothing,
  'session.login': nothing,
  'session.cancelLogin': nothing,
  'session.logout': nothing,
  'session.lock': nothing,
  'passes.list': z.strictObject({ ...page, search: text(64).optional() }),
  'passes.get': z.strictObject({ passId: uuid }),
  'passes.confirm': z.strictObject({ passId: uuid, notes: text(500).optional() }),
  'cars.get': z.strictObject({ passId: uuid, vehicleIndex: index }),
  'cars.history': z.strictObject({ ...page, vehicleNumber: z.string().min(1).max(20) }),
  'springs.trend': z.strictObject({
    passId: uuid,
    vehicleIndex: index,
    position,
    limit: z.int().min(1).max(200).optional(),
  }),
  'springs.image': z.strictObject({ passId: uuid, imageId: z.string().min(1).max(128) }),
  'alerts.list': z.strictObject({ ...page, ...alertFilter }),
  'alerts.get': z.strictObject({ alertId: uuid }),
  'alerts.acknowledge': z.strictObject({ alertId: uuid, comment: text(2000).optional(), checklist }),
  'alerts.comment': z.strictObject({ alertId: uuid, comment: text(2000).and(z.string().min(1)) }),
  'alerts.acknowledgeMany': z.strictObject({
    alertIds: z.array(uuid).min(1).max(200),
    comment: text(2000).optional(),
  }),
  'alerts.undo': z.strictObject({ alertId: uuid }),
  'alerts.handOver': z.strictObject({
    alertId: uuid,
    /** The new owner's subject; absent: the person who calls. */
    to: z.string().min(1).max(300).optional(),
    comment: text(2000).optional(),
  }),
  /** Absent: everything that sounds. */
  'alerts.silence': z.strictObject({ alertIds: z.array(uuid).min(1).max(200).optional() }),
  /** Never without an end: 1 minute to 24 hours. */
  'alerts.shelve': z.strictObject({ alertId: uuid, minutes: z.int().min(1).max(1_440), reason }),
  'alerts.unshelve': z.strictObject({ alertId: uuid }),
  'alerts.verdict': z.strictObject({
    alertId: uuid,
    verdict: z.enum(['true', 'false', 'not-found', 'pending']),
    comment: text(2000).optional(),
  }),
  'alerts.people': z.strictObject({ ...page, search: text(64).optional() }),
  'alerts.guidance': z.strictObject({ rule, severity }),
  'alerts.export': z.strictObject({
    ...alertFilter,
    /** What the window searched for in its own words: for the audit log. */
    search: text(200).optional(),
    /** Exactly these, in this order, whatever the filter says: what the window shows when it searches in words. */
    alertIds: z.array(uuid).max(mostNamedAlerts).optional(),
  }),
  'alerts.figures': z.strictObject({ from: z.int().min(0), to: z.int().min(0) }),
  'cars.recordMaintenance': z.strictObject({ vehicleNumber: z.string().min(1).max(20), reason }),
  'sound.setVolume': z.strictObject({ volume: z.number().min(0.2).max(1) }),
  /** A mute ends by itself. */
  'sound.mute': z.strictObject({ minutes: z.int().min(1).max(15) }),
  'sound.unmute': nothing,
  'sound.test': z.strictObject({ sound: soundName }),
  'sound.report': z.strictObject({
    device: z.enum(['ok', 'missing']),
    playedId: z.string().max(100).optional(),
  }),
  'monitoring.snapshot': z.strictObject({ passId: uuid.optional() }),
  'monitoring.received': z.strictObject({ sequence: z.int().min(0) }),
  'monitoring.rejected': z.strictObject(page),
  'windows.context': nothing,
  'windows.openCar': z.strictObject({
    passId: uuid,
    vehicleIndex: index,
    position: position.optional(),
    /** Always a new window; otherwise the one that follows is reused. */
    newWindow: z.boolean().optional(),
  }),
  'windows.openAdmin': z.strictObject({ page: adminPage.optional() }),
  'windows.setContext': z.strictObject({
    page: adminPage.optional(),
    passId: uuid.optional(),
    vehicleIndex: index.optional(),
    position: position.optional(),
    following: z.boolean().optional(),
  }),
  'admin.listUsers': z.strictObject({ ...page, search: text(64).optional(), role: role.optional() }),
  'admin.changeUser': z.strictObject({
    userId: uuid,
    revision,
    change: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('deactivate'), reason }),
      z.strictObject({ kind: z.literal('activate'), reason }),
      z.strictObject({ kind: z.literal('override-role'), role, reason }),
      z.strictObject({ kind: z.literal('follow-provider'), reason }),
    ]),
  }),
  'admin.pseudonymiseUser': z.strictObject({ userId: uuid, revision, reason }),
  'admin.listThresholds': z.strictObject(page),
  'admin.tryThresholds': z.strictObject({ values: thresholdValues, passes: z.int().min(1).max(200) }),
  'admin.saveThresholds': z.strictObject({
    /** The newest version when the person began. */
    base: z.int().min(1),
    values: thresholdValues,
    reason,
    /** ms since the epoch, not in the past; absent: now. */
    effectiveAt: z.int().min(0).optional(),
  }),
  'admin.listVehicleTypes': z.strictObject(page),
  'admin.saveVehicleType': z.strictObject({
    code: vehicleTypeCode,
    name: text(100).and(z.string().trim().min(1)),
    axles: z.int().min(2).max(8),
    revision,
  }),
  'admin.listSites': z.strictObject(page),
  'admin.saveSite': z.strictObject({
    site: z.string().min(1).max(64),
    track: z.string().min(1).max(64),
    name: text(100).optional(),
    timeZone: z.string().max(64).optional(),
    revision,
  }),
  'admin.listCameras': z.strictObject(page),
  'admin.saveCamera': z.strictObject({
    streamId: z.string().min(1).max(200),
    cameraId: z.string().min(1).max(200),
    givenName: text(100).optional(),
    revision,
  }),
  'admin.cameraHistory': z.strictObject({
    ...page,
    streamId: z.string().min(1).max(200),
    cameraId: z.string().min(1).max(200),
  }),
  'admin.listSettings': nothing,
  'admin.saveSetting': z.strictObject({ key: settingKey, value: z.int(), reason, revision }),
  'admin.listGuidance': z.strictObject(page),
  'admin.saveGuidance': z.strictObject({
    rule,
    severity,
    textEn: text(4_000),
    textFr: text(4_000),
    checklist: z.array(z.strictObject({ en: text(300), fr: text(300) })).max(20),
    revision,
  }),
  'admin.listWorkstations': z.strictObject(page),
  'audit.list': z.strictObject({
    ...page,
    ...auditFilter,
    /** Number of the newest row wanted: the list begins there (at a row that a verification names). */
    upTo: z.int().min(1).optional(),
  }),
  'audit.verify': z.strictObject({ cursor: z.string().max(200).optional() }),
  'audit.export': z.strictObject({ format: z.enum(['csv', 'jsonl']), ...auditFilter }),
  'audit.exportStatus': z.strictObject({ exportId: uuid }),
  'audit.cancelExport': z.strictObject({ exportId: uuid }),
  'preferences.get': nothing,
  'preferences.set': z.strictObject({
    language: z.enum(['en', 'fr']).optional(),
    theme: z.enum(['system', 'dark', 'light']).optional(),
    size: z.enum(['desk', 'large', 'wall']).optional(),
    notifyWarnings: z.boolean().optional(),
  }),
  'diagnostics.about': nothing,
  'diagnostics.openLogs': nothing,
  'setup.testDatabase': databaseSetup,
  'setup.testCamera': cameraSetup,
  'setup.testLogin': loginSetup,
  'setup.save': z.strictObject({
    workstation: z.string().min(1).max(64),
    postgres: databaseSetup,
    streams: z.array(cameraSetup).min(1).max(16),
    /** Absent: nobody can sign in here, the workstation shows and may do nothing. */
    login: loginSetup.optional(),
  }),
} as const satisfies Record<MethodName, z.ZodType>;

export type Inputs = { [Name in MethodName]: z.input<(typeof inputs)[Name]> };
export type CheckedInputs = { [Name in MethodName]: z.output<(typeof inputs)[Name]> };
