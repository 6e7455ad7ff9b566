/**
 * `npm run setup`: dependencies, system packages and an Electron runtime, each only when it is missing. The
 * other commands call `ensureSetup` first; when all is there it costs milliseconds.
 *
 * Plain JavaScript on Node's own modules, for Node 20 and later: nothing is installed yet when it starts.
 */
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { dependenciesAreCurrent, ensureDependencies } from './dependencies.mjs';
import { electronRuntime, ensureElectronRuntime } from './electron-runtime.mjs';
import { SetupError } from './processes.mjs';
import { ensureSystemPackages } from './system-packages.mjs';

export { electronRuntime } from './electron-runtime.mjs';
export { nodeExecutable, root, toolEnvironment } from './paths.mjs';
export { SetupError } from './processes.mjs';

/** Everything that the project's commands need. Throws SetupError with a message for people. */
export async function ensureSetup() {
  await ensureDependencies();
  await ensureSystemPackages();
  await ensureElectronRuntime();
}

/** Dependencies only: enough for what opens no window. */
export async function ensureDependenciesOnly() {
  if (!dependenciesAreCurrent()) await ensureDependencies();
}

/** Ends the process in the way a person can read: a known failure without a stack, a bug with one. */
export function reportAndFail(error) {
  process.stderr.write(`\n${error instanceof SetupError ? error.message : (error.stack ?? error)}\n`);
  process.exitCode = 1;
}

function calledDirectly() {
  return process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url);
}

if (calledDirectly()) {
  const startedAt = performance.now();
  try {
    await ensureSetup();
    const runtime = electronRuntime();
    console.log(
      `Ready after ${((performance.now() - startedAt) / 1000).toFixed(1)} s. ` +
        `Electron ${runtime.version}: ${runtime.executable}`,
    );
  } catch (error) {
    reportAndFail(error);
  }
}
