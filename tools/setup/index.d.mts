/** Types of the set-up for the TypeScript that uses it (tests, demo, benchmarks). */

export type ElectronRuntime = {
  /** Absolute path of the Electron executable. */
  readonly executable: string;
  /** Electron's version, without a leading "v". */
  readonly version: string;
  /** To be added to the environment of the application. */
  readonly env: Readonly<Record<string, string>>;
  /** To be put before the directory of the application. */
  readonly args: readonly string[];
};

/** A failure that a person can act on: print its message, without a stack. */
export class SetupError extends Error {}

/** The repository's directory. */
export const root: string;

/** Node 24 of the project, absolute path. */
export const nodeExecutable: string;

/** The present environment with Node 24 and the project's tools first in PATH, and `extra` on top. */
export function toolEnvironment(extra?: Record<string, string>): NodeJS.ProcessEnv;

/** Installs what is missing; costs milliseconds when nothing is. Throws SetupError. */
export function ensureSetup(): Promise<void>;

/** As ensureSetup, without Electron and without system packages. */
export function ensureDependenciesOnly(): Promise<void>;

/** The prepared Electron. Throws SetupError when `npm run setup` has not been run. */
export function electronRuntime(): ElectronRuntime;

/** Prints the error as a person can read it and sets a failing exit code. */
export function reportAndFail(error: unknown): void;
