/** The places that the set-up reads and writes. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '..', '..');
export const cache = join(root, '.cache');
export const runtimeDirectory = join(cache, 'electron-runtime');

/** Node 24 from the `node` package: the scripts of the project run on it whatever the machine has. */
export const nodeExecutable = join(
  root,
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

/** The environment of a child whose own children should find Node 24 and the project's tools first. */
export function toolEnvironment(extra = {}) {
  const separator = process.platform === 'win32' ? ';' : ':';
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  const directories = [join(root, 'node_modules', 'node', 'bin'), join(root, 'node_modules', '.bin')];
  return {
    ...process.env,
    [name]: [...directories.filter((directory) => existsSync(directory)), process.env[name]].join(separator),
    ...extra,
  };
}
