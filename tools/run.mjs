/**
 * Runs a TypeScript program of the repository on its own Node 24, after making sure that what it needs is
 * installed: `node tools/run.mjs FILE.ts arguments…`. Signals and the exit code are passed through.
 */
import { ensureDependenciesOnly, ensureSetup, reportAndFail } from './setup/index.mjs';
import { runNode } from './setup/run-node.mjs';

const [file, ...args] = process.argv.slice(2);
if (file === undefined) {
  console.error('Which file? node tools/run.mjs FILE.ts arguments…');
  process.exitCode = 2;
} else {
  try {
    // A server that only ingests has no use for Electron and a desktop.
    await (file.startsWith('tools/bench') || file.startsWith('tools/package')
      ? ensureSetup()
      : ensureDependenciesOnly());
    process.exitCode = await runNode([file, ...args]);
  } catch (error) {
    reportAndFail(error);
  }
}
