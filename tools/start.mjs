/**
 * `npm start`: everything from a fresh clone to the running demonstration: dependencies, an Electron runtime,
 * a build where a source changed, then tools/demo. Arguments, signals and the exit code are passed through.
 */
import { join } from 'node:path';
import { ensureSetup, reportAndFail, root } from './setup/index.mjs';
import { ensureBuild } from './setup/build.mjs';
import { runNode } from './setup/run-node.mjs';

try {
  await ensureSetup();
  await ensureBuild();
  process.exitCode = await runNode([join(root, 'tools', 'demo', 'index.ts'), ...process.argv.slice(2)]);
} catch (error) {
  reportAndFail(error);
}
