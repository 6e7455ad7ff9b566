import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** The lint rules that hold up the design are broken on purpose, with the repository's own configuration. */

const repository = resolve(import.meta.dirname, '../..');
let directory = '';
let said = '';

const files: Readonly<Record<string, string>> = {
  'electron/windows/raw.ts': "import { ipcMain } from 'electron';\nipcMain.removeAllListeners('x');\n",
  'electron/ipc/connect.ts': "import { ipcMain } from 'electron';\nipcMain.removeAllListeners('x');\n",
  'preload/expose.ts': "import { ipcRenderer } from 'electron';\nipcRenderer.removeAllListeners('x');\n",
  'main/floating.ts':
    'const work = async (): Promise<void> => {};\nexport const start = (): void => {\n  work();\n};\n',
  'main/any.ts': 'export const value = (given: any): string => String(given);\n',
  'main/swallow.ts':
    'export const run = (act: () => void): void => {\n  try {\n    act();\n  } catch {}\n};\n',
  'main/switch.ts':
    "export const name = (of: 'a' | 'b'): string | undefined => {\n  switch (of) {\n    case 'a':\n      return 'A';\n  }\n  return undefined;\n};\n",
};

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vicore-lint-'));
  await copyFile(join(repository, '.oxlintrc.json'), join(directory, '.oxlintrc.json'));
  await copyFile(join(repository, 'tsconfig.base.json'), join(directory, 'tsconfig.json'));
  await symlink(join(repository, 'node_modules'), join(directory, 'node_modules'));
  for (const [file, text] of Object.entries(files)) {
    const path = join(directory, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  const oxlint = join(repository, 'node_modules', 'oxlint', 'bin', 'oxlint');
  const args = [oxlint, '--type-aware', '--deny-warnings', '-f', 'unix', 'electron', 'preload', 'main'];
  said = await promisify(execFile)(process.execPath, args, { cwd: directory }).then(
    ({ stdout }) => stdout,
    (error: unknown) => (error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error)),
  );
});

afterAll(() => rm(directory, { recursive: true, force: true }));

test.each([
  ['electron/windows/raw.ts', 'no-restricted-imports'],
  ['main/floating.ts', 'no-floating-promises'],
  ['main/any.ts', 'no-explicit-any'],
  ['main/swallow.ts', 'no-empty'],
  ['main/switch.ts', 'switch-exhaustiveness-check'],
])('%s is caught by %s', (file, rule) => {
  expect(
    said
      .split('\n')
      .filter((line) => line.startsWith(file))
      .join('\n'),
  ).toContain(rule);
});

test.each(['electron/ipc/connect.ts', 'preload/expose.ts'])('%s may use the raw IPC', (file) => {
  expect(said).not.toContain(file);
});
