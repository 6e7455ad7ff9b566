import type { Role } from './domain.ts';

/** Kinds of windows; each has a preload of its own that exposes only what it may call. */
export type WindowKind = 'system' | 'car' | 'setup';

interface Access {
  readonly windows: readonly WindowKind[];
  readonly role: Role;
}

const everywhere: readonly WindowKind[] = ['system', 'car'];

/**
 * Every method a window can call: who may call it. Inputs are in inputs.ts, results in results.ts; both are
 * typed by these names, so a method without schema, result type or access rule does not compile.
 */
export const methods = {
  'session.current': { windows: everywhere, role: 'viewer' },
  'passes.list': { windows: everywhere, role: 'viewer' },
  'passes.get': { windows: everywhere, role: 'viewer' },
  'passes.confirm': { windows: everywhere, role: 'operator' },
  'cars.get': { windows: everywhere, role: 'viewer' },
  'cars.history': { windows: everywhere, role: 'viewer' },
  'springs.trend': { windows: everywhere, role: 'viewer' },
  'springs.image': { windows: everywhere, role: 'viewer' },
  'alerts.list': { windows: everywhere, role: 'viewer' },
  'alerts.get': { windows: everywhere, role: 'viewer' },
  'alerts.acknowledge': { windows: everywhere, role: 'operator' },
  'alerts.comment': { windows: everywhere, role: 'operator' },
  /** Sets what this window watches and gives the snapshot to start from. */
  'monitoring.snapshot': { windows: everywhere, role: 'viewer' },
  /** The preload says up to which change the window has received, so that a slow window gets fewer, larger batches. */
  'monitoring.received': { windows: everywhere, role: 'viewer' },
  'monitoring.rejected': { windows: everywhere, role: 'viewer' },
  'windows.context': { windows: everywhere, role: 'viewer' },
  'windows.openCar': { windows: everywhere, role: 'viewer' },
  'windows.setContext': { windows: everywhere, role: 'viewer' },
  'preferences.get': { windows: ['system', 'car', 'setup'], role: 'viewer' },
  'preferences.set': { windows: ['system', 'car', 'setup'], role: 'viewer' },
  'diagnostics.about': { windows: ['system', 'car', 'setup'], role: 'viewer' },
  'diagnostics.openLogs': { windows: ['system', 'car', 'setup'], role: 'viewer' },
  'setup.testDatabase': { windows: ['setup'], role: 'viewer' },
  'setup.testCamera': { windows: ['setup'], role: 'viewer' },
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
} as const;

/** The one request channel; the method's name is the first argument. */
export const callChannel = 'vicore:call';
