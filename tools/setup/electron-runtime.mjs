/**
 * Finds or prepares an Electron that this machine can run.
 *
 * First choice: the real `electron` package, whose binary comes from GitHub. Where GitHub cannot be reached
 * (control rooms often reach nothing but a package registry), the fallback runtime of fallback-runtime.mjs.
 * Why: docs/decisions, "runtime fallback".
 */
import { existsSync, readFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { nodeExecutable, root, runtimeDirectory, toolEnvironment } from './paths.mjs';
import { SetupError, run, tail } from './processes.mjs';
import { progress } from './progress.mjs';
import { recipe } from './runtime-recipe.mjs';
import { spawn } from 'node:child_process';

const electronPackage = join(root, 'node_modules', 'electron');
const probeTimeoutMs = 4000;
const downloadTimeoutMs = 15 * 60_000;

function realRuntime() {
  const distribution = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(electronPackage, 'dist');
  const pathFile = join(electronPackage, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : 'electron';
  const executable = join(distribution, name);
  const versionFile = join(distribution, 'version');
  if (!existsSync(executable) || !existsSync(versionFile)) return undefined;
  const version = readFileSync(versionFile, 'utf8').trim().replace(/^v/, '');
  return { executable, version, env: {} };
}

function fallbackRuntime() {
  const made = join(runtimeDirectory, 'runtime.json');
  if (!existsSync(made) || JSON.parse(readFileSync(made, 'utf8')).revision !== recipe.revision)
    return undefined;
  return {
    executable: join(runtimeDirectory, 'dist', 'electron'),
    version: recipe.version,
    // better-sqlite3 13 of package.json needs Electron 35. The fallback brings its own 11.5.0, compiled for
    // it. main/sqlite loads it from here, in unpackaged builds only, with the binary named explicitly:
    //   const module = process.env.VICORE_SQLITE_MODULE;
    //   const Database = createRequire(import.meta.url)(module);
    //   new Database(file, { nativeBinding: join(module, 'build/Release/better_sqlite3.node') });
    env: { VICORE_SQLITE_MODULE: join(runtimeDirectory, 'better-sqlite3') },
  };
}

/**
 * The Electron to launch, prepared by an earlier `npm run setup`.
 * @returns {{ executable: string, version: string, env: Record<string, string>, args: string[] }}
 *   env: to be added to the environment; args: to be put before the application's directory. As root,
 *   Chromium refuses its sandbox; the launchers of tests and demo switch it off, the product never does.
 * @throws {SetupError} when there is none yet
 */
export function electronRuntime() {
  const found = realRuntime() ?? fallbackRuntime();
  if (found === undefined) throw new SetupError('There is no Electron runtime yet. Run: npm run setup');
  return { ...found, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] };
}

async function gitHubAnswers() {
  if (process.env.ELECTRON_MIRROR || process.env.npm_config_electron_mirror) return true;
  try {
    const version = JSON.parse(readFileSync(join(electronPackage, 'package.json'), 'utf8')).version;
    const response = await fetch(
      `https://github.com/electron/electron/releases/download/v${version}/SHASUMS256.txt`,
      { method: 'HEAD', redirect: 'follow', signal: AbortSignal.timeout(probeTimeoutMs) },
    );
    return response.ok;
  } catch {
    // Any failure, a time-out too, means the same here: not reachable.
    return false;
  }
}

async function downloadReal() {
  const probe = progress('Looking for Electron on GitHub');
  if (!(await gitHubAnswers())) {
    probe.done('not reachable from here');
    return false;
  }
  probe.done('reachable');
  const line = progress('Downloading Electron');
  const result = await run(nodeExecutable, ['install.js'], {
    cwd: electronPackage,
    timeoutMs: downloadTimeoutMs,
    onLine: (text) => line.update(text.trim().slice(0, 60)),
  });
  if (result.code === 0 && realRuntime() !== undefined) {
    line.done();
    return true;
  }
  line.failed();
  process.stderr.write(`${tail(result.output, 5)}\n`);
  return false;
}

function buildFallback() {
  return new Promise((resolve, reject) => {
    const child = spawn(nodeExecutable, [join(import.meta.dirname, 'fallback-runtime.mjs')], {
      stdio: 'inherit',
      env: toolEnvironment(),
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(undefined);
      else reject(new SetupError('The fallback Electron runtime could not be prepared (see above).'));
    });
  });
}

/** Prepares a runtime when there is none; returns at once when there is one. */
export async function ensureElectronRuntime() {
  if (realRuntime() !== undefined) return;
  if (fallbackRuntime() !== undefined) {
    const loader = join(runtimeDirectory, 'dist', 'resources', 'app', 'main.js');
    const source = join(import.meta.dirname, 'loader', 'main.js');
    if (readFileSync(loader, 'utf8') !== readFileSync(source, 'utf8')) await cp(source, loader);
    return;
  }
  if (await downloadReal()) return;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError(
      `Electron could not be downloaded from GitHub, and the fallback exists for Linux on x64 only (this is ` +
        `${process.platform} on ${process.arch}). Set ELECTRON_MIRROR to a mirror that this machine reaches, ` +
        'or copy an unpacked Electron here and set ELECTRON_OVERRIDE_DIST_PATH to its folder.',
    );
  }
  await buildFallback();
}
