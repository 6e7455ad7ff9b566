import type { Change, Snapshot } from '../contract/changes.ts';
import type { Refusal } from './audit/refusal.ts';
import type { Alert, Session } from '../contract/domain.ts';
import type { Result } from '../contract/errors.ts';
import type { CheckedInputs } from '../contract/inputs.ts';
import type { MethodName, WindowKind } from '../contract/methods.ts';
import type { ExportStatus, Results, SoundCommand } from '../contract/results.ts';
import type { Sealer, SignInPage } from './auth/ports.ts';

/*
 * What the shell (electron/) needs of the core: everything that a window or a notification shows comes through
 * here, so that the shell can be exercised with any core and the core without a shell (docs/ARCHITECTURE.md).
 */

/** Who called, as the one call wrapper (main/api/call.ts) established it; never taken from the input. */
export interface Caller {
  readonly windowId: number;
  readonly kind: WindowKind;
  readonly session: Session;
  /** When the call arrived, ms since the epoch. */
  readonly at: number;
  readonly correlationId: string;
}

export type Handler<Name extends MethodName> = (
  input: CheckedInputs[Name],
  caller: Caller,
) => Promise<Result<Results[Name]>>;

export type Handlers<Name extends MethodName = MethodName> = { readonly [N in Name]: Handler<N> };

/** Answered by the shell itself: they are about windows, this program and what it sends. */
export type ShellMethodName =
  | 'alerts.export'
  | 'audit.export'
  | 'monitoring.snapshot'
  | 'monitoring.received'
  | `windows.${string}`
  | `preferences.${string}`
  | `diagnostics.${string}`;

/** Answered before there is a configuration, and so before there is a core. */
export type SetupMethodName = Extract<MethodName, `setup.${string}`>;

export type ShellMethods = Extract<MethodName, ShellMethodName>;
export type CoreMethods = Exclude<MethodName, ShellMethods | SetupMethodName>;

/** Small values that outlive a restart: preferences, window places. Kept in the local store, never shared. */
export interface KeyValueStore {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string): Promise<void>;
}

export interface Log {
  debug(fields: Readonly<Record<string, unknown>>, message: string): void;
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

export type { Refusal, Sealer, SignInPage };

/** Status that only the shell can know; the core adds it to `SystemStatus.warnings`. */
export type ShellWarning = 'notifications-unavailable' | 'gpu-process-gone' | 'safe-mode';

export interface Core {
  readonly handlers: Handlers<CoreMethods>;
  readonly keyValue: KeyValueStore;
  /** Who is at this workstation now, and with which rights. */
  session(): Session;
  /** Told of every change; not of the session there is when it subscribes. */
  onSession(listener: (session: Session) => void): () => void;
  /** How long nobody has touched keyboard or mouse, s; told every few seconds for the lock after idle time. */
  idle(seconds: number): void;
  /** Writes the rows to `path` in the background; audit.exportStatus tells how far it is. */
  exportAudit(request: CheckedInputs['audit.export'], path: string, caller: Caller): Result<ExportStatus>;
  /**
   * Writes the alerts of the filter (all pages, as the replica has them) as CSV to `path`; audited as alert.export.
   * `internal` when the file cannot be written; nothing is left of it then.
   */
  exportAlerts(
    filter: CheckedInputs['alerts.export'],
    path: string,
    caller: Caller,
  ): Promise<Result<{ readonly rows: number }>>;
  /** What the sound window does next; nothing is told again to a later listener. */
  onSound(listener: (command: SoundCommand) => void): () => void;
  /** The page that plays is gone or being loaded: what rings begins anew when it reports again. */
  soundWindowGone(): void;
  /** What a live window starts from; the shell numbers it. Changes told before this resolves may be contained. */
  snapshot(passId: string | undefined): Promise<Omit<Snapshot, 'sequence'>>;
  /**
   * Everything that changed, in order, unbatched or batched: the shell coalesces per window, and sends vehicles
   * only to the windows that watch their pass. The listener returns at once and never throws.
   */
  onChanges(listener: (changes: readonly Change[]) => void): () => void;
  /**
   * Alerts a person must be told of: newly raised, risen in severity, or returned. A new listener first gets those
   * that were never marked as notified (the program may have died between storing and telling, fault 48).
   */
  onAlert(listener: (alert: Alert) => void): () => void;
  /** Called after the notification was handed to the desktop. */
  markNotified(alertIds: readonly string[]): Promise<void>;
  setWarning(warning: ShellWarning, present: boolean): void;
  /** Logs and audits; returns at once. */
  refused(refusal: Refusal): void;
  /** Database schema version, once known. */
  schemaVersion(): number | undefined;
  /** Flushes and closes everything; resolves within 5 s. */
  stop(): Promise<void>;
}

/** `Configuration` is what main/configuration loads; compose.ts fixes the type. */
export interface CoreOptions<Configuration> {
  readonly configuration: Configuration;
  /** Absolute; everything the application writes lies below. */
  readonly dataDirectory: string;
  /** Of this program, for the list of workstations. */
  readonly version: string;
  /** Absolute path of the built worker script (out/main/sqlite-worker.js). */
  readonly sqliteWorker: string;
  /** Directory of another better-sqlite3 build; only ever set in unpackaged programs. */
  readonly sqliteModule?: string | undefined;
  readonly log: Log;
  /**
   * Resolves when the desktop is ready; with undefined where the operating system has no key store: tokens live for
   * the session only (fault 65). Awaited as late as can be: the store opens meanwhile.
   */
  readonly sealer?: Promise<Sealer | undefined> | undefined;
  /**
   * Shows the identity provider's page in the system's browser or in a window of its own, as `login.browser` says.
   * Rejects when that is not possible.
   */
  readonly openSignInPage: (url: string, browser: 'system' | 'window') => Promise<SignInPage>;
}

/**
 * Resolves as soon as the local store is open: never waits for the network. A store that cannot be opened is a
 * degraded core with a warning, not a rejection (fault 39).
 */
export type Compose<Configuration> = (options: CoreOptions<Configuration>) => Promise<Core>;
