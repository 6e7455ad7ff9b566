import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Desktop } from '../../tools/desktop/index.ts';
import { startDesktop } from '../../tools/desktop/index.ts';
import { electronRuntime } from '../../tools/setup/index.mjs';

/** The prepared Electron behaves, for an application, like the real one that is not packaged. */

let desktop: Desktop;
let directory = '';

// Privileged schemes must be registered before "ready": the entry, asynchronous as it is, must come first.
const entry = `import { app, protocol } from 'electron';
await new Promise((resolve) => setImmediate(resolve));
const early = !app.isReady();
protocol.registerSchemesAsPrivileged([{ scheme: 'a-scheme', privileges: { standard: true } }]);
app.whenReady().then(async () => {
  let rows;
  if (process.env.VICORE_SQLITE_MODULE !== undefined) {
    const { createRequire } = await import('node:module');
    const Database = createRequire(import.meta.url)(process.env.VICORE_SQLITE_MODULE);
    const nativeBinding = process.env.VICORE_SQLITE_MODULE + '/build/Release/better_sqlite3.node';
    rows = new Database(':memory:', { nativeBinding }).prepare('select 1 as one').all();
  }
  console.log('ANSWER' + JSON.stringify({ early, name: app.name, version: app.getVersion(), path: app.getAppPath(),
    packaged: app.isPackaged, args: process.argv.slice(-2), rows }));
  app.quit();
});
`;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vicore-application-'));
  const manifest = {
    name: 'an-application',
    productName: 'An Application',
    version: '3.2.1',
    type: 'module',
    main: 'entry.js',
  };
  await writeFile(join(directory, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(directory, 'entry.js'), entry);
  desktop = await startDesktop();
});

afterAll(async () => {
  await desktop.stop();
  await rm(directory, { recursive: true, force: true });
});

test('it runs an application under its own name, with its own arguments, before "ready"', async () => {
  const runtime = electronRuntime();
  const args = [...runtime.args, directory, '--own', 'argument'];
  const env = { ...process.env, ...runtime.env, ...desktop.env, XDG_CONFIG_HOME: join(directory, 'config') };
  const { stdout } = await promisify(execFile)(runtime.executable, args, { env, timeout: 30_000 });
  const answer: unknown = JSON.parse(/ANSWER(.*)/.exec(stdout)?.[1] ?? 'null');
  expect(answer).toMatchObject({
    early: true,
    name: 'An Application',
    version: '3.2.1',
    path: directory,
    packaged: false,
    args: ['--own', 'argument'],
  });
  if (runtime.env.VICORE_SQLITE_MODULE !== undefined) expect(answer).toMatchObject({ rows: [{ one: 1 }] });
});
