import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Role } from '../../contract/domain.ts';
import { failure, success } from '../../contract/errors.ts';
import type { CheckedInputs } from '../../contract/inputs.ts';
import type { ConnectionTest } from '../../contract/results.ts';
import { resolveSecret } from '../configuration/secret.ts';
import type { Secret } from '../configuration/schema.ts';
import type { Handlers, SetupMethodName } from '../core.ts';

type DatabaseSetup = Omit<CheckedInputs['setup.testDatabase'], 'password'> & { readonly password: string };

export interface SetupOptions {
  readonly configurationPath: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly tryDatabase: (database: DatabaseSetup) => Promise<ConnectionTest>;
  /** Asks an issuer for what it says of itself. */
  readonly tryIssuer: (login: CheckedInputs['setup.testLogin']) => Promise<ConnectionTest>;
  readonly tryStream: (stream: { readonly url: string; readonly token: string }) => Promise<ConnectionTest>;
  /** Seals a secret with the operating system's key store; absent where there is none. */
  readonly seal?: ((secret: string) => string) | undefined;
}

/** The provider's names for our roles, until an administrator writes others into the file (docs/operations.md). */
const usualRoles: Readonly<Record<string, Role>> = {
  'vicore-viewer': 'viewer',
  'vicore-operator': 'operator',
  'vicore-supervisor': 'supervisor',
  'vicore-admin': 'admin',
};

/** First-run set-up: tests each connection, then writes the configuration. */
export function setupHandlers(options: SetupOptions): Handlers<SetupMethodName> {
  const { configurationPath, environment, seal } = options;
  const directory = path.dirname(configurationPath);

  async function withSecret(
    secret: Secret,
    test: (value: string) => Promise<ConnectionTest>,
  ): Promise<ConnectionTest> {
    const found = await resolveSecret(secret, { environment, directory });
    if (found.kind === 'resolved') return test(found.value);
    return { reachable: false, message: `${found.value}: expected ${found.expected}.` };
  }

  const kept = (secret: Secret): Secret =>
    typeof secret === 'string' && seal ? { sealed: seal(secret) } : secret;

  return {
    'setup.testDatabase': async (input) =>
      success(await withSecret(input.password, (password) => options.tryDatabase({ ...input, password }))),
    'setup.testCamera': async ({ url, token }) => {
      if (!URL.canParse(url) || !/^wss?:$/.test(new URL(url).protocol)) {
        return success({ reachable: false, message: 'The address must begin with ws:// or wss://.' });
      }
      return success(await withSecret(token, (value) => options.tryStream({ url, token: value })));
    },
    'setup.testLogin': async (login) => {
      if (!/^https?:$/.test(new URL(login.issuer).protocol)) {
        return success({ reachable: false, message: 'The address must begin with https://.' });
      }
      return success(await options.tryIssuer(login));
    },
    'setup.save': async ({ workstation, postgres, streams, login }) => {
      const configuration = {
        workstation: { name: workstation, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone },
        postgres: { ...postgres, password: kept(postgres.password) },
        camera: { streams: streams.map(({ url, token }) => ({ url, token: kept(token) })) },
        ...(login ? { login: { ...login, roles: usualRoles } } : {}),
      };
      try {
        await mkdir(directory, { recursive: true });
        const draft = `${configurationPath}.new`;
        await writeFile(draft, `${JSON.stringify(configuration, undefined, 2)}\n`, { mode: 0o600 });
        await rename(draft, configurationPath);
        return success({ path: configurationPath });
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        return failure('internal', `The configuration could not be written: ${reason}`, {
          path: configurationPath,
        });
      }
    },
  };
}
