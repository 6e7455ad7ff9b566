import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { until } from './until.ts';

export interface KeyStore {
  /** With these a program seals with this key store: a virtual desktop is none that Chromium would find one for. */
  readonly args: readonly string[];
  stop(): Promise<void>;
}

/**
 * A real key store of the desktop, unlocked and empty: gnome-keyring on the D-Bus session in `env`. One at a time on
 * a bus.
 */
export async function startKeyStore(env: Readonly<Record<string, string>>): Promise<KeyStore> {
  const directory = await mkdtemp(path.join(tmpdir(), 'vicore-keys-'));
  const environment = { ...process.env, ...env, XDG_DATA_HOME: directory, XDG_RUNTIME_DIR: directory };
  const daemon = spawn(
    'gnome-keyring-daemon',
    ['--foreground', '--unlock', '--components=secrets', `--control-directory=${directory}`],
    { env: environment, stdio: ['pipe', 'ignore', 'pipe'] },
  );
  let said = '';
  daemon.on('error', (error) => {
    said += `${error.message}; npm run setup installs what is missing`;
  });
  daemon.stderr.on('data', (text: Buffer) => {
    said += text.toString();
  });
  // A daemon that could not be started has no input to take it.
  daemon.stdin.on('error', () => undefined);
  daemon.stdin.end('unlocked');
  const answers = async (): Promise<boolean> => {
    const { stdout } = await promisify(execFile)(
      'dbus-send',
      [
        '--session',
        '--print-reply',
        '--dest=org.freedesktop.DBus',
        '/',
        'org.freedesktop.DBus.NameHasOwner',
        'string:org.freedesktop.secrets',
      ],
      { env: environment },
    );
    return stdout.includes('true');
  };
  await until(answers, 10_000, () => said);
  return {
    args: ['--password-store=gnome-libsecret'],
    async stop() {
      if (daemon.exitCode === null && daemon.signalCode === null) {
        const ended = once(daemon, 'exit');
        daemon.kill('SIGTERM');
        await ended;
      }
      await rm(directory, { recursive: true, force: true });
    },
  };
}
