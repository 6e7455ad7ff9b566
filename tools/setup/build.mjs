/** Builds the application into out/ when a source changed since the last successful build. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeExecutable, root, toolEnvironment } from './paths.mjs';
import { SetupError, run, tail } from './processes.mjs';
import { progress } from './progress.mjs';

const sources = ['contract', 'main', 'electron', 'preload', 'renderer', 'resources'];
const settings = ['electron.vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.base.json'];
const stamp = join(root, 'out', '.stamp');

/** Names, sizes and times: a change of any is worth a second of building, and reading them costs nothing. */
function fingerprint() {
  const hash = createHash('sha256');
  const add = (path) => {
    const { mtimeMs, size } = statSync(join(root, path));
    hash.update(`${path} ${size} ${mtimeMs}\n`);
  };
  for (const folder of sources.filter((name) => existsSync(join(root, name)))) {
    for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) add(join(entry.parentPath, entry.name).slice(root.length + 1));
    }
  }
  for (const file of settings) add(file);
  return hash.digest('hex');
}

/**
 * @param {{ always?: boolean }} [options] always: build even when nothing changed
 * @throws {SetupError} with the compiler's words
 */
export async function ensureBuild(options = {}) {
  const wanted = fingerprint();
  if (!options.always && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const line = progress('Building the application');
  rmSync(stamp, { force: true });
  const program = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const result = await run(nodeExecutable, [program, 'build'], { cwd: root, env: toolEnvironment() });
  if (result.code !== 0) {
    line.failed();
    throw new SetupError(`The build failed:\n\n${tail(result.output, 60)}`);
  }
  writeFileSync(stamp, wanted);
  line.done();
}
