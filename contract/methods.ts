import type { Role } from './domain.ts';

/** Kinds of windows; each has a preload of its own that exposes only what it may call. */
export type WindowKind = 'system' | 'car' | 'admin' | 'sound' | 'setup';

interface Access {
  readonly windows: readonly WindowKind[];
  readonly role: Role;
}

/** Windows that show trains. */
const live: readonly WindowKind[] = ['system', 'car'];
/** All with the banner: a control room is never blind, whatever somebody is editing. */
const everywhere: readonly WindowKind[] = ['system', 'car', 'admin'];
const panel: readonly WindowKind[] = ['admin'];

/**
 * Every method a window can call: who may call it. Inputs are in inputs.ts, results in results.ts; both are
 * typed by these names, so a method without schema, result type or access rule does not compile.
 */
export const methods = {
  'session.current': { windows: everywhere, role: 'viewer' },
  /** Opens the provider's page; the answer is the session with `signingIn`, the outcome comes as a change. */
  'session.login': { windows: everywhere, role: 'viewer' },
  'session.cancelLogin': { windows: everywhere, role: 'viewer' },
  'session.logout': { windows: everywhere, role: 'viewer' },
  'session.lock': { windows: everywhere, role: 'viewer' },
  'passes.list': { windows: live, role: 'viewer' },
  'passes.get': { windows: live, role: 'viewer' },
  'passes.confirm': { windows: live, role: 'operator' },
  'cars.get': { windows: live, role: 'viewer' },
  'cars.history': { windows: live, role: 'viewer' },
  'springs.trend': { windows: live, role: 'viewer' },
  'springs.image': { windows: live, role: 'viewer' },
  'alerts.list': { windows: everywhere, role: 'viewer' },
  'alerts.get': { windows: everywhere, role: 'viewer' },
  'alerts.acknowledge': { windows: everywhere, role: 'operator' },
  'alerts.comment': { windows: everywhere, role: 'operator' },
  /** Each named alert by itself: some may fail, the answer says which. */
  'alerts.acknowledgeMany': { windows: everywhere, role: 'operator' },
  /** One's own acknowledgement, within 30 s. */
  'alerts.undo': { windows: everywhere, role: 'operator' },
  'alerts.handOver': { windows: everywhere, role: 'operator' },
  /** Stops the sound at this workstation only, and changes nothing else. */
  'alerts.silence': { windows: everywhere, role: 'operator' },
  'alerts.shelve': { windows: everywhere, role: 'supervisor' },
  'alerts.unshelve': { windows: everywhere, role: 'supervisor' },
  'alerts.verdict': { windows: everywhere, role: 'supervisor' },
  'alerts.people': { windows: everywhere, role: 'operator' },
  'alerts.guidance': { windows: everywhere, role: 'viewer' },
  /** Asks for the file's place, then writes the rows of the filter. */
  'alerts.export': { windows: everywhere, role: 'viewer' },
  'alerts.figures': { windows: panel, role: 'supervisor' },
  'cars.recordMaintenance': { windows: live, role: 'supervisor' },
  'sound.setVolume': { windows: everywhere, role: 'operator' },
  'sound.mute': { windows: everywhere, role: 'operator' },
  'sound.unmute': { windows: everywhere, role: 'viewer' },
  'sound.test': { windows: everywhere, role: 'viewer' },
  /** The window that plays says whether it can, and what it has played. */
  'sound.report': { windows: ['sound'], role: 'viewer' },
  /** Sets what this window watches and gives the snapshot to start from. */
  'monitoring.snapshot': { windows: everywhere, role: 'viewer' },
  /** The preload says up to which change the window has received, so that a slow window gets fewer, larger batches. */
  'monitoring.received': { windows: everywhere, role: 'viewer' },
  'monitoring.rejected': { windows: everywhere, role: 'viewer' },
  'windows.context': { windows: everywhere, role: 'viewer' },
  'windows.openCar': { windows: everywhere, role: 'viewer' },
  'windows.openAdmin': { windows: everywhere, role: 'supervisor' },
  'windows.setContext': { windows: everywhere, role: 'viewer' },
  'admin.listUsers': { windows: panel, role: 'admin' },
  'admin.changeUser': { windows: panel, role: 'admin' },
  'admin.pseudonymiseUser': { windows: panel, role: 'admin' },
  'admin.listThresholds': { windows: panel, role: 'admin' },
  'admin.tryThresholds': { windows: panel, role: 'admin' },
  'admin.saveThresholds': { windows: panel, role: 'admin' },
  'admin.listVehicleTypes': { windows: panel, role: 'admin' },
  'admin.saveVehicleType': { windows: panel, role: 'admin' },
  'admin.listSites': { windows: panel, role: 'admin' },
  'admin.saveSite': { windows: panel, role: 'admin' },
  'admin.listCameras': { windows: panel, role: 'admin' },
  'admin.saveCamera': { windows: panel, role: 'admin' },
  'admin.cameraHistory': { windows: panel, role: 'admin' },
  'admin.listSettings': { windows: panel, role: 'admin' },
  'admin.saveSetting': { windows: panel, role: 'admin' },
  'admin.listGuidance': { windows: panel, role: 'admin' },
  'admin.saveGuidance': { windows: panel, role: 'admin' },
  'admin.listWorkstations': { windows: panel, role: 'admin' },
  'audit.list': { windows: panel, role: 'supervisor' },
  /** One portion a call: the window shows progress and stops by not asking for the next. */
  'audit.verify': { windows: panel, role: 'supervisor' },
  /** Asks for the file's place, then writes in the background. */
  'audit.export': { windows: panel, role: 'supervisor' },
  'audit.exportStatus': { windows: panel, role: 'supervisor' },
  'audit.cancelExport': { windows: panel, role: 'supervisor' },
  'preferences.get': { windows: ['system', 'car', 'admin', 'setup'], role: 'viewer' },
  'preferences.set': { windows: ['system', 'car', 'admin', 'setup'], role: 'viewer' },
  'diagnostics.about': { windows: ['system', 'car', 'admin', 'setup'], role: 'viewer' },
  'diagnostics.openLogs': { windows: ['system', 'car', 'admin', 'setup'], role: 'viewer' },
  'setup.testDatabase': { windows: ['setup'], role: 'viewer' },
  'setup.testCamera': { windows: ['setup'], role: 'viewer' },
  'setup.testLogin': { windows: ['setup'], role: 'viewer' },
  'setup.save': { windows: ['setup'], role: 'viewer' },
} as const satisfies Record<string, Access>;

export type MethodName = keyof typeof methods;

/** Names of the channels main sends on. */
export const events = {
  /** ChangeBatch */
  changes: 'vicore:changes',
  /** WindowContext: what the window should show now (a notification was clicked, the selection moved). */
  context: 'vicore:context',
  /** Preferences: changed in another window. */
  preferences: 'vicore:preferences',
  /** SoundCommand: what the sound window does next. */
  sound: 'vicore:sound',
  /** Session: who is signed in, or may do what, changed. */
  session: 'vicore:session',
} as const;

/** The one request channel; the method's name is the first argument. */
export const callChannel = 'vicore:call';
