import { describe, expect, test } from 'vitest';
import type { Role, Session } from '../../contract/domain.ts';
import { success } from '../../contract/errors.ts';
import { methods } from '../../contract/methods.ts';
import type { MethodName, WindowKind } from '../../contract/methods.ts';
import { refusalEntry } from '../audit/refusal.ts';
import type { Handlers, Refusal } from '../core.ts';
import { createCallEntry } from './call.ts';
import { applicationOrigin } from './sender.ts';

/*
 * Who may call what, written down a second time: from the roles of docs/domain.md and from what each window is for,
 * not from contract/methods.ts. Whoever changes a right there changes it here too, on purpose; a method that is
 * missing here fails.
 */

const roles: readonly Role[] = ['viewer', 'operator', 'supervisor', 'admin'];
const kinds: readonly WindowKind[] = ['system', 'car', 'admin', 'sound', 'setup'];

/** "see everything live and past", also when nobody is signed in: docs/domain.md. */
const see = roles;
/** "acknowledge, silence, comment, confirm". */
const act: readonly Role[] = ['operator', 'supervisor', 'admin'];
/** "shelve, record a verdict or a maintenance mark". */
const inspect: readonly Role[] = ['supervisor', 'admin'];
/** "read and export the audit log". */
const prove: readonly Role[] = ['supervisor', 'admin'];
/** "users, thresholds, vehicle types, cameras, settings". */
const administer: readonly Role[] = ['admin'];

const trains: readonly WindowKind[] = ['system', 'car'];
const banner: readonly WindowKind[] = ['system', 'car', 'admin'];
const panel: readonly WindowKind[] = ['admin'];
/** The page that plays has no person in front of it. */
const player: readonly WindowKind[] = ['sound'];
const all: readonly WindowKind[] = ['system', 'car', 'admin', 'setup'];
const firstRun: readonly WindowKind[] = ['setup'];

const expected: Readonly<Record<string, readonly [readonly Role[], readonly WindowKind[]]>> = {
  'session.current': [see, banner],
  'session.login': [see, banner],
  'session.cancelLogin': [see, banner],
  'session.logout': [see, banner],
  'session.lock': [see, banner],
  'passes.list': [see, trains],
  'passes.get': [see, trains],
  'passes.confirm': [act, trains],
  'cars.get': [see, trains],
  'cars.history': [see, trains],
  'springs.trend': [see, trains],
  'springs.image': [see, trains],
  'alerts.list': [see, banner],
  'alerts.get': [see, banner],
  'alerts.acknowledge': [act, banner],
  'alerts.comment': [act, banner],
  'alerts.acknowledgeMany': [act, banner],
  'alerts.undo': [act, banner],
  'alerts.handOver': [act, banner],
  'alerts.silence': [act, banner],
  'alerts.shelve': [inspect, banner],
  'alerts.unshelve': [inspect, banner],
  'alerts.verdict': [inspect, banner],
  'alerts.people': [act, banner],
  'alerts.guidance': [see, banner],
  'alerts.export': [see, banner],
  'alerts.figures': [prove, panel],
  'cars.recordMaintenance': [inspect, trains],
  'sound.setVolume': [act, banner],
  'sound.mute': [act, banner],
  'sound.unmute': [see, banner],
  'sound.test': [see, banner],
  'sound.report': [see, player],
  'monitoring.snapshot': [see, banner],
  'monitoring.received': [see, banner],
  'monitoring.rejected': [see, banner],
  'windows.context': [see, banner],
  'windows.openCar': [see, banner],
  'windows.openAdmin': [prove, banner],
  'windows.setContext': [see, banner],
  'admin.listUsers': [administer, panel],
  'admin.changeUser': [administer, panel],
  'admin.pseudonymiseUser': [administer, panel],
  'admin.listThresholds': [administer, panel],
  'admin.tryThresholds': [administer, panel],
  'admin.saveThresholds': [administer, panel],
  'admin.listVehicleTypes': [administer, panel],
  'admin.saveVehicleType': [administer, panel],
  'admin.listSites': [administer, panel],
  'admin.saveSite': [administer, panel],
  'admin.listCameras': [administer, panel],
  'admin.saveCamera': [administer, panel],
  'admin.cameraHistory': [administer, panel],
  'admin.listSettings': [administer, panel],
  'admin.saveSetting': [administer, panel],
  'admin.listGuidance': [administer, panel],
  'admin.saveGuidance': [administer, panel],
  'admin.listWorkstations': [administer, panel],
  'audit.list': [prove, panel],
  'audit.verify': [prove, panel],
  'audit.export': [prove, panel],
  'audit.exportStatus': [prove, panel],
  'audit.cancelExport': [prove, panel],
  'preferences.get': [see, all],
  'preferences.set': [see, all],
  'diagnostics.about': [see, all],
  'diagnostics.openLogs': [see, all],
  'setup.testDatabase': [see, firstRun],
  'setup.testCamera': [see, firstRun],
  'setup.testLogin': [see, firstRun],
  'setup.save': [see, firstRun],
};

const passId = '0b9f1c1e-0000-4000-8000-000000000001';
const database = { hosts: ['db'], database: 'vicore', user: 'app', password: 'p', tls: 'disable' };
const camera = { url: 'ws://cameras', token: 't' };
const values = {
  minConfidence: 0.6,
  sureConfidence: 0.8,
  conflictCmm: 1_500,
  incomplete: 3,
  unseenPasses: 3,
  blindShare: 0.5,
  types: {},
};
const cameraId = { streamId: 's', cameraId: 'F1L' };

/** An input that each method accepts, where `{}` is none: what is refused must be refused for the right alone. */
const accepted: Readonly<Partial<Record<string, unknown>>> = {
  'passes.get': { passId },
  'passes.confirm': { passId },
  'cars.get': { passId, vehicleIndex: 1 },
  'cars.history': { vehicleNumber: '1' },
  'springs.trend': { passId, vehicleIndex: 1, position: '3Rb' },
  'springs.image': { passId, imageId: 'i' },
  'alerts.get': { alertId: passId },
  'alerts.acknowledge': { alertId: passId },
  'alerts.comment': { alertId: passId, comment: 'seen' },
  'alerts.acknowledgeMany': { alertIds: [passId] },
  'alerts.undo': { alertId: passId },
  'alerts.handOver': { alertId: passId },
  'alerts.shelve': { alertId: passId, minutes: 10, reason: 'r' },
  'alerts.unshelve': { alertId: passId },
  'alerts.verdict': { alertId: passId, verdict: 'true' },
  'alerts.guidance': { rule: 'height', severity: 'critical' },
  'alerts.figures': { from: 0, to: 1 },
  'cars.recordMaintenance': { vehicleNumber: '1', reason: 'r' },
  'sound.setVolume': { volume: 0.5 },
  'sound.mute': { minutes: 5 },
  'sound.test': { sound: 'critical' },
  'sound.report': { device: 'ok' },
  'monitoring.received': { sequence: 1 },
  'windows.openCar': { passId, vehicleIndex: 1 },
  'admin.changeUser': { userId: passId, revision: 1, change: { kind: 'deactivate', reason: 'left' } },
  'admin.pseudonymiseUser': { userId: passId, revision: 1, reason: 'asked for it' },
  'admin.tryThresholds': { values, passes: 1 },
  'admin.saveThresholds': { base: 1, values, reason: 'r' },
  'admin.saveVehicleType': { code: 'c', name: 'n', axles: 4, revision: 0 },
  'admin.saveSite': { site: 's', track: 't', revision: 0 },
  'admin.saveCamera': { ...cameraId, revision: 0 },
  'admin.cameraHistory': cameraId,
  'admin.saveGuidance': {
    rule: 'height',
    severity: 'critical',
    textEn: '',
    textFr: '',
    checklist: [],
    revision: 0,
  },
  'admin.saveSetting': { key: 'cache.days', value: 7, reason: 'r', revision: 0 },
  'audit.export': { format: 'csv' },
  'audit.exportStatus': { exportId: passId },
  'audit.cancelExport': { exportId: passId },
  'setup.testDatabase': database,
  'setup.testCamera': camera,
  'setup.testLogin': { issuer: 'https://sso.example', clientId: 'v' },
  'setup.save': { workstation: 'W', postgres: database, streams: [camera] },
};

const sessionOf = (role: Role): Session => ({
  state: 'signed-in',
  signingIn: false,
  configured: true,
  name: `a ${role}`,
  subject: role,
  role,
  workstation: 'W-1',
  sessionOnly: false,
});

/** Calls that reached a handler. */
function setUp(role: Role) {
  const reached: string[] = [];
  const refusals: Refusal[] = [];
  const handler = (name: string) => () => {
    reached.push(name);
    return Promise.resolve(success(undefined));
  };
  const handlers = Object.fromEntries(Object.keys(methods).map((name) => [name, handler(name)]));
  const ignore = () => undefined;
  let clock = 0;
  const entry = createCallEntry({
    // Each only says that it was reached, whatever it should answer.
    handlers: () => handlers as Partial<Handlers>,
    session: () => sessionOf(role),
    onRefusal: (refusal) => refusals.push(refusal),
    log: { debug: ignore, info: ignore, warn: ignore, error: ignore },
    // Refusals that are alike are counted within ten seconds; here each is one of its own.
    now: () => (clock += 60_000),
    monotonic: () => clock,
    newCorrelationId: () => 'c-1',
  });
  const call = (kind: WindowKind, method: string) =>
    entry.call(
      { window: { id: 1, kind }, frame: { isMain: true, origin: applicationOrigin } },
      method,
      accepted[method] ?? {},
    );
  return { call, reached, refusals };
}

test('every method of the contract is in the table, and none that is not there', () => {
  expect(Object.keys(expected).toSorted()).toEqual(Object.keys(methods).toSorted());
});

const names = Object.keys(methods) as MethodName[];

describe.each(roles)('as %s', (role) => {
  test.each(names)('%s', async (method) => {
    const [mayRoles, mayKinds] = expected[method] ?? [[], []];
    for (const kind of kinds) {
      const { call, reached, refusals } = setUp(role);
      const result = await call(kind, method);
      if (mayRoles.includes(role) && mayKinds.includes(kind)) {
        expect(result, `${method} from ${kind}`).toEqual(success(undefined));
        expect(reached).toEqual([method]);
        expect(refusals).toEqual([]);
        continue;
      }
      expect(result, `${method} from ${kind}`).toMatchObject({ ok: false, error: { code: 'forbidden' } });
      expect(reached).toEqual([]);
      // What was refused is on its way to the audit log, with who it was and how it was tried.
      expect(refusals.map((refusal) => refusalEntry(refusal, 'W-1'))).toMatchObject([
        {
          action: 'call.refused',
          actor: `a ${role}`,
          subject: role,
          role,
          workstation: 'W-1',
          entityId: method,
          after: { code: 'forbidden', kind },
          correlationId: 'c-1',
        },
      ]);
    }
  });
});
