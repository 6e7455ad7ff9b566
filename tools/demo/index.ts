import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { migrate, readMigrations } from '../../main/postgres/migrate.ts';
import { startDesktop } from '../desktop/index.ts';
import { startIdentityProvider } from '../identity/provider.ts';
import type { IdentityProvider } from '../identity/provider.ts';
import { demoRoles } from '../identity/people.ts';
import { startPostgres } from '../postgres/server.ts';
import { electronRuntime, root, toolEnvironment } from '../setup/index.mjs';
import { startSimulator } from '../simulator/simulator.ts';
import { handleHistory, ingestHistory } from './history.ts';
import { demoOptions, usage, workstation } from './options.ts';
import type { DemoOptions } from './options.ts';
import { createSteps } from './steps.ts';

/*
 * `npm start`: PostgreSQL with a month of history, two camera sites with live traffic, an identity provider, and the
 * application on them. Ctrl+C ends all of it, in the opposite order.
 */

const directory = path.join(root, '.demo');
const database = 'vicore';
const user = 'vicore_app';
const screenshotMs = 5_000;

const steps = createSteps();

async function applicationPassword(): Promise<string> {
  const file = path.join(directory, 'application-password');
  if (!existsSync(file)) await writeFile(file, randomBytes(18).toString('base64url'), { mode: 0o600 });
  return readFile(file, 'utf8');
}

async function writeConfiguration(
  name: string,
  port: number,
  streams: readonly string[],
  token: string,
  provider?: IdentityProvider,
): Promise<string> {
  const folder = path.join(directory, name);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'camera-token'), token, { mode: 0o600 });
  const file = path.join(folder, 'vicore.config.json');
  const configuration = {
    workstation: {
      name: name === 'application' ? workstation : 'HISTORY',
      language: 'en',
      timeZone: 'Europe/London',
    },
    postgres: {
      hosts: [`127.0.0.1:${port}`],
      database,
      user,
      password: { file: path.join(directory, 'application-password') },
      tls: 'disable',
    },
    camera: { streams: streams.map((url) => ({ url, token: { file: 'camera-token' } })) },
    // In a window of its own: a machine that shows the demonstration need not have a browser.
    ...(provider && { login: { ...provider.login, browser: 'window' } }),
  };
  await writeFile(file, JSON.stringify(configuration, undefined, 2));
  return file;
}

async function ensureDatabase(serverUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  const found = await client.query('select from pg_database where datname = $1', [database]);
  if (found.rowCount === 0) await client.query(`create database ${database}`);
  await client.end();
}

async function prepareDatabase() {
  const server = await steps.run('PostgreSQL', () =>
    startPostgres({ directory: path.join(directory, 'postgres'), durable: true }),
  );
  steps.atEnd(() => server.stop());
  const password = await applicationPassword();
  const ownerUrl = server.ownerUrl(database);
  await steps.run('database schema', async () => {
    await ensureDatabase(server.ownerUrl());
    const migrations = await readMigrations(path.join(root, 'resources', 'migrations'));
    await migrate(ownerUrl, migrations, { user, password });
  });
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const passes = await client.query<{ count: string }>('select count(*) from vicore.train_pass');
  if (Number(passes.rows[0]?.count) === 0) {
    await steps.run('a month of history', (progress) =>
      ingestHistory({
        client,
        configure: (streams, token) => writeConfiguration('history', server.port, streams, token),
        environment: toolEnvironment({ VICORE_DATA_DIR: path.join(directory, 'history') }),
        progress,
      }),
    );
    await steps.run('what operators did in that month', () => handleHistory(client));
  }
  await client.end();
  return server;
}

async function prepareDesktop(options: DemoOptions): Promise<Readonly<Record<string, string>>> {
  const hasDisplay = process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'];
  if (hasDisplay) return {};
  const desktop = await steps.run(`a virtual display with ${options.monitors} monitors`, () =>
    startDesktop({ monitors: options.monitors }),
  );
  const file = path.join(directory, 'screenshots', 'desktop.png');
  await mkdir(path.dirname(file), { recursive: true });
  let shooting: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    const whole = async () => {
      await desktop.screenshot(`${file}.new.png`);
      await rename(`${file}.new.png`, file);
    };
    shooting = whole().catch((error: unknown) => steps.say(`no screenshot: ${String(error)}`));
  }, screenshotMs);
  steps.atEnd(async () => {
    clearInterval(timer);
    await shooting;
    await desktop.stop();
  });
  steps.say(`There is no display here. What the monitors show: ${path.relative(root, file)}, every 5 s.`);
  return desktop.env;
}

async function demonstrate(options: DemoOptions): Promise<void> {
  if (options.fresh) await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  const server = await prepareDatabase();
  const simulator = await steps.run('camera simulator', () =>
    startSimulator({
      seed: 'demo',
      live: true,
      speed: options.speed,
      interval: options.interval,
      incidents: options.incidents,
    }),
  );
  steps.atEnd(() => simulator.stop());
  const provider = await steps.run('identity provider', () => startIdentityProvider());
  steps.atEnd(() => provider.stop());
  const display = await prepareDesktop(options);
  const configuration = await writeConfiguration(
    'application',
    server.port,
    simulator.streams.map(({ url }) => url),
    simulator.token,
    provider,
  );
  const runtime = electronRuntime();
  const application = spawn(runtime.executable, [...runtime.args, root, '--config', configuration], {
    env: toolEnvironment({
      ...runtime.env,
      ...display,
      VICORE_DATA_DIR: path.join(directory, 'application'),
    }),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const ended = once(application, 'exit');
  steps.atEnd(async () => {
    if (application.exitCode === null && application.signalCode === null) application.kill('SIGTERM');
    await ended;
  });
  steps.say(
    `VICORE is running (Electron ${runtime.version}). Faults on demand: ${simulator.streams[0]?.url.replace(/^ws(.*)\/.*$/, 'http$1')}/control with the token "${simulator.token}". Ctrl+C ends everything.`,
  );
  const people = provider.people.map(
    ({ name, roles }) => `${name} (${roles.map((role) => demoRoles[role]).join(', ')})`,
  );
  steps.say(`Who can sign in, without a password: ${people.join(', ')}.`);
  await Promise.race([ended, steps.interrupted, passesSeen(options.passes, simulator)]);
}

/** Never resolves when no number is asked for. */
async function passesSeen(
  passes: number | undefined,
  simulator: Awaited<ReturnType<typeof startSimulator>>,
): Promise<void> {
  let seen = 0;
  await new Promise<void>((resolve) => {
    if (passes === undefined) return;
    const timer = setInterval(() => {
      seen = simulator.streams
        .flatMap(({ key }) => simulator.events(key))
        .filter(({ text }) => text.includes('"pass.completed"')).length;
      if (seen < passes) return;
      clearInterval(timer);
      resolve();
    }, 1_000);
  });
}

const options = demoOptions(process.argv.slice(2));
if (!options) {
  console.log(usage);
} else {
  try {
    await demonstrate(options);
  } catch (error) {
    steps.say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exitCode = 1;
  } finally {
    await steps.end();
  }
  process.exit();
}
