import { setupHandlers } from './api/setup.ts';
import { tryStream } from './camera/try-stream.ts';
import type { Handlers, SetupMethodName } from './core.ts';
import { tryIssuer } from './identity/try-issuer.ts';
import { tryDatabase } from './postgres/try-database.ts';

/** Puts the first-run set-up together: it works before there is a configuration, and so before there is a core. */
export function createSetupHandlers(options: {
  readonly configurationPath: string;
  /** Seals a secret with the operating system's key store; absent where there is none. */
  readonly seal?: ((secret: string) => string) | undefined;
}): Handlers<SetupMethodName> {
  return setupHandlers({ ...options, environment: process.env, tryDatabase, tryStream, tryIssuer });
}
