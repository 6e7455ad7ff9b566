import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** The import rules of docs/ARCHITECTURE.md are worth what they catch: each is broken here on purpose. */

const checker = resolve(import.meta.dirname, '../../tools/checks/architecture.ts');

/** File → what it imports → the rule that must name it. */
const violations: readonly (readonly [file: string, imported: string, rule: string])[] = [
  ['contract/a.ts', '../main/springs/ports.ts', 'contract-alone'],
  ['contract/b.ts', './inputs.ts', 'contract-schemas-in-one-file'],
  ['main/springs/upwards.ts', '../passes/ports.ts', 'module-order-springs'],
  ['main/passes/adapter.ts', '../postgres/store.ts', 'module-order-passes'],
  ['main/reports/sibling.ts', '../admin/ports.ts', 'module-order-reports'],
  ['main/alerts/composition.ts', '../compose.ts', 'module-order-alerts'],
  ['main/cars/files.ts', 'node:fs', 'module-pure'],
  ['main/cars/library.ts', 'zod', 'module-pure'],
  ['main/camera/other-adapter.ts', '../postgres/store.ts', 'adapter-camera'],
  ['main/camera/other-library.ts', 'pg', 'adapter-camera-library'],
  ['main/files/other-library.ts', 'pg', 'adapter-files-library'],
  ['main/files/other-adapter.ts', '../postgres/store.ts', 'adapter-files'],
  ['main/audit/files.ts', 'node:fs', 'module-pure'],
  ['main/api/adapter.ts', '../postgres/store.ts', 'api-without-adapters'],
  ['main/shell.ts', 'electron', 'main-without-electron'],
  ['main/window.ts', '../renderer/ui/theme.ts', 'main-without-electron'],
  ['electron/module.ts', '../main/passes/ports.ts', 'electron-through-compose'],
  ['preload/core.ts', '../main/compose.ts', 'preload-small'],
  ['preload/node.ts', 'node:fs', 'preload-small'],
  ['preload/schemas.ts', '../contract/inputs.ts', 'preload-without-schemas'],
  ['renderer/ui/shell.ts', 'electron', 'renderer-without-node'],
  ['renderer/ui/core.ts', '../../main/springs/ports.ts', 'renderer-without-node'],
  ['renderer/live/node.ts', 'node:path', 'no-node-in-pages-and-contract'],
  ['renderer/live/schemas.ts', '../../contract/inputs.ts', 'renderer-types-of-contract'],
  ['renderer/windows/car/sibling.ts', '../system/view.ts', 'renderer-windows-siblings'],
  ['renderer/features/alerts/sibling.ts', '../passes/list.ts', 'renderer-features-siblings'],
  ['renderer/live/feature.ts', '../features/passes/list.ts', 'renderer-layers'],
  ['electron/fake.ts', '../tests/shared/fake.ts', 'product-without-tools'],
  ['main/simulated.ts', '../tools/simulator/train.ts', 'product-without-tools'],
  ['tools/simulator/fake.ts', '../../tests/shared/fake.ts', 'tools-without-tests'],
  ['main/springs/lost.ts', './nowhere.ts', 'resolvable'],
];

const allowed: readonly (readonly [file: string, imported: string])[] = [
  ['contract/inputs.ts', 'zod'],
  ['main/passes/fold.ts', '../springs/ports.ts'],
  ['main/reports/rows.ts', '../passes/ports.ts'],
  ['main/springs/rule.ts', '../../contract/domain.ts'],
  ['main/postgres/store.ts', 'pg'],
  ['main/postgres/ports.ts', '../passes/ports.ts'],
  ['main/compose.ts', './postgres/store.ts'],
  ['electron/start.ts', '../main/compose.ts'],
  ['preload/car.ts', 'electron'],
  ['renderer/windows/system/strip.ts', '../../features/passes/list.ts'],
  ['renderer/features/passes/theme.ts', '../../ui/theme.ts'],
];

const plain = [
  'contract/domain.ts',
  'main/springs/ports.ts',
  'main/passes/ports.ts',
  'main/admin/ports.ts',
  'renderer/ui/theme.ts',
  'renderer/features/passes/list.ts',
  'renderer/windows/system/view.ts',
  'tests/shared/fake.ts',
  'tools/simulator/train.ts',
];

let directory = '';

async function put(file: string, text: string): Promise<void> {
  const path = join(directory, file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

const importing = (imported: string): string =>
  `import * as imported from '${imported}';\nexport const used: unknown = imported;\n`;

async function check(of: string): Promise<string> {
  const options = { maxBuffer: 16 << 20 };
  try {
    return (await promisify(execFile)(process.execPath, [checker, of], options)).stdout;
  } catch (error) {
    if (error instanceof Error && 'stdout' in error && error.stdout !== '')
      return `failed\n${String(error.stdout)}`;
    throw error;
  }
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vicore-architecture-'));
  for (const name of ['zod', 'pg', 'electron']) {
    await put(`node_modules/${name}/package.json`, `{ "name": "${name}", "main": "index.js" }`);
    await put(`node_modules/${name}/index.js`, 'exports.x = 1;\n');
  }
  await put(
    'package.json',
    '{ "type": "module", "dependencies": { "zod": "1", "pg": "1", "electron": "1" } }',
  );
  for (const file of plain) await put(file, 'export const value = 1;\n');
  for (const [file, imported] of allowed) await put(file, importing(imported));
});

afterAll(() => rm(directory, { recursive: true, force: true }));

describe('the architecture check', () => {
  test('finds nothing to say about allowed imports, and sees them', async () => {
    const said = await check(directory);
    expect(said).toContain(', 0 violations');
    expect(said).toMatch(new RegExp(`^${plain.length + allowed.length} modules, ${allowed.length} imports`));
  });

  test('catches every forbidden import, by the rule that forbids it', async () => {
    for (const [file, imported] of violations) await put(file, importing(imported));
    const said = await check(directory);
    expect(said).toMatch(/^failed/);
    const lines = said.split('\n');
    const caught = new Set(
      lines.flatMap((line, index) => {
        const rule = /^ {4}([a-z-]+):/.exec(lines[index + 1] ?? '')?.[1];
        return rule === undefined ? [] : [`${line.split(' → ')[0]} ${rule}`];
      }),
    );
    expect(
      violations.map(([file, , rule]) => `${file} ${rule}`).filter((entry) => !caught.has(entry)),
    ).toEqual([]);
  });

  test('catches an import of a type across a border too', async () => {
    await put(
      'main/springs/type.ts',
      "import type { value } from '../passes/ports.ts';\nexport type T = typeof value;\n",
    );
    expect(await check(directory)).toContain('main/springs/type.ts → main/passes/ports.ts');
  });

  test('sees the files of the repository', async () => {
    const [, modules, imports] =
      /(\d+) modules, (\d+) imports/.exec(await check(resolve(import.meta.dirname, '../..'))) ?? [];
    expect(Number(modules)).toBeGreaterThan(100);
    expect(Number(imports)).toBeGreaterThan(200);
  });

  test('fails when it sees nothing, as a checker that cannot read TypeScript would', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'vicore-architecture-empty-'));
    await mkdir(join(empty, 'main'));
    await writeFile(join(empty, 'main', 'alone.ts'), 'export const value = 1;\n');
    expect(await check(empty)).toContain('saw no imports');
    await rm(empty, { recursive: true, force: true });
  });
});
