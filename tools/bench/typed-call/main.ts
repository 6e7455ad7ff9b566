import type { SystemStatus } from '../../../contract/domain.ts';
import { failure, success } from '../../../contract/errors.ts';
import type { Composition } from '../../../electron/composition.ts';
import { startApplication } from '../../../electron/start.ts';
import type { Core, CoreMethods, Handlers } from '../../../main/core.ts';
import { answer } from './answer.ts';

/*
 * The product's shell (preload, call channel, checks, windows) on a core that answers at once, so that B4 times the
 * call and not the store behind it.
 */

const missing = () => Promise.resolve(failure('not-found', 'not in the benchmark'));
const session = {
  state: 'signed-in',
  signingIn: false,
  configured: true,
  name: 'Bench',
  role: 'operator',
  workstation: 'BENCH-01',
  sessionOnly: true,
} as const;

const handlers: Handlers<CoreMethods> = {
  'session.current': () => Promise.resolve(success(session)),
  'session.login': missing,
  'session.cancelLogin': missing,
  'session.logout': missing,
  'session.lock': missing,
  'admin.listUsers': missing,
  'admin.changeUser': missing,
  'admin.pseudonymiseUser': missing,
  'admin.listThresholds': missing,
  'admin.tryThresholds': missing,
  'admin.saveThresholds': missing,
  'admin.listVehicleTypes': missing,
  'admin.saveVehicleType': missing,
  'admin.listSites': missing,
  'admin.saveSite': missing,
  'admin.listCameras': missing,
  'admin.saveCamera': missing,
  'admin.cameraHistory': missing,
  'admin.listSettings': missing,
  'admin.saveSetting': missing,
  'admin.listGuidance': missing,
  'admin.saveGuidance': missing,
  'admin.listWorkstations': missing,
  'audit.list': missing,
  'audit.verify': missing,
  'audit.exportStatus': missing,
  'audit.cancelExport': missing,
  'passes.list': () => Promise.resolve(success(answer)),
  'passes.get': missing,
  'passes.confirm': missing,
  'cars.get': missing,
  'cars.history': missing,
  'cars.recordMaintenance': missing,
  'springs.trend': missing,
  'springs.image': missing,
  'alerts.list': () => Promise.resolve(success({ items: [] })),
  'alerts.get': missing,
  'alerts.acknowledge': missing,
  'alerts.comment': missing,
  'alerts.acknowledgeMany': missing,
  'alerts.undo': missing,
  'alerts.handOver': missing,
  'alerts.silence': missing,
  'alerts.shelve': missing,
  'alerts.unshelve': missing,
  'alerts.verdict': missing,
  'alerts.people': missing,
  'alerts.guidance': missing,
  'alerts.figures': missing,
  'sound.setVolume': missing,
  'sound.mute': missing,
  'sound.unmute': missing,
  'sound.test': missing,
  'sound.report': missing,
  'monitoring.rejected': () => Promise.resolve(success({ items: [] })),
};

/** Nothing is connected; says it like the real core. */
const status = (): SystemStatus => ({
  at: Date.now(),
  workstation: session.workstation,
  timeZone: 'Europe/London',
  streams: [],
  sites: [],
  database: { state: 'not-configured' },
  journalEntries: 0,
  rejectedCount: 0,
  warnings: [],
});

const nothing = () => () => undefined;

const core: Core = {
  handlers,
  keyValue: { get: () => Promise.resolve(undefined), set: () => Promise.resolve() },
  session: () => session,
  onSession: () => () => undefined,
  idle: () => undefined,
  exportAlerts: missing,
  onSound: () => () => undefined,
  soundWindowGone: () => undefined,
  exportAudit: () => failure('not-found', 'not in the benchmark'),
  snapshot: () =>
    Promise.resolve({
      passes: answer.items,
      alerts: [],
      counts: { criticalUnacknowledged: 0, warningUnacknowledged: 0, acknowledged: 0, shelved: 0 },
      status: status(),
      sound: { volume: 1, device: 'missing' },
    }),
  onChanges: nothing,
  onAlert: nothing,
  markNotified: () => Promise.resolve(),
  setWarning: () => undefined,
  refused: () => undefined,
  schemaVersion: () => undefined,
  stop: () => Promise.resolve(),
};

const composition: Composition<object> = {
  load: ({ userData }) => ({ kind: 'loaded', configuration: {}, path: userData, warnings: [] }),
  compose: () => Promise.resolve(core),
  sealer: () => Promise.resolve(undefined),
  setupHandlers: () => ({
    'setup.testDatabase': missing,
    'setup.testCamera': missing,
    'setup.testLogin': missing,
    'setup.save': missing,
  }),
};

startApplication(composition).catch((error: unknown) => {
  throw error;
});
