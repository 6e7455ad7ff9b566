import { execFile } from 'node:child_process';
import { cp, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { nodeExecutable, root, toolEnvironment } from '../setup/index.mjs';

const copy = path.join(root, '.cache', 'bench', 'application');
let built: Promise<string> | undefined;

async function build(): Promise<string> {
  // To compare: the directory of another build, which holds package.json and out/.
  const other = process.env['VICORE_BENCH_APPLICATION'];
  if (other !== undefined) return path.resolve(other);
  const tool = path.join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  await promisify(execFile)(nodeExecutable, [tool, 'build'], { cwd: root, env: toolEnvironment() });
  await rm(copy, { recursive: true, force: true });
  await mkdir(copy, { recursive: true });
  for (const name of ['package.json', 'out']) {
    await cp(path.join(root, name), path.join(copy, name), { recursive: true });
  }
  return copy;
}

/** The directory of the built application: a copy, so that a build made meanwhile does not change what is measured. */
export const builtProduct = (): Promise<string> => (built ??= build());

export const emptyApplication = path.join(import.meta.dirname, 'empty-application');
