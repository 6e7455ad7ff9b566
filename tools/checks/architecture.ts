/**
 * Checks the import rules of .dependency-cruiser.mjs: `architecture.ts [DIRECTORY]` (default: the repository).
 *
 * dependency-cruiser reads TypeScript with a compiler's JavaScript API, which TypeScript 7 does not have;
 * beside it, it silently sees no module at all. So it is handed TypeScript 6, and seeing nothing is a failure.
 */
import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join, resolve } from 'node:path';
import type { ICruiseOptions, ICruiseResult } from 'dependency-cruiser';
import rules from '../../.dependency-cruiser.mjs';

const folders = ['contract', 'main', 'electron', 'preload', 'renderer', 'tools', 'tests'];
const repository = resolve(import.meta.dirname, '..', '..');

registerHooks({
  resolve(specifier, context, next) {
    const forCruiser = context.parentURL?.includes('/node_modules/dependency-cruiser/') === true;
    if (!forCruiser || !/^typescript(\/|$)/.test(specifier)) return next(specifier, context);
    return next(specifier.replace('typescript', '@typescript/typescript6'), context);
  },
});

async function check(directory: string): Promise<ICruiseResult> {
  const { cruise } = await import('dependency-cruiser');
  const options: ICruiseOptions = {
    baseDir: directory,
    ruleSet: rules,
    validate: true,
    // Types count: an import of a type across a border is knowledge across a border too.
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|dist|[.]cache|tests/(output|recordings|fixtures))/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  };
  const present = folders.filter((folder) => existsSync(join(directory, folder)));
  const { output } = await cruise(present, options);
  if (typeof output === 'string') throw new Error('dependency-cruiser answered with text');
  return output;
}

const directory = resolve(process.argv[2] ?? repository);
const { summary, modules } = await check(directory);
const own = modules.filter(({ source }) => folders.some((folder) => source.startsWith(`${folder}/`)));
const imports = own.reduce((sum, { dependencies }) => sum + dependencies.length, 0);
for (const { from, to, rule } of summary.violations) {
  const reason = rules.forbidden.find(({ name }) => name === rule.name)?.comment ?? '';
  console.log(`${from} → ${to}\n    ${rule.name}: ${reason}`);
}
console.log(`${own.length} modules, ${imports} imports, ${summary.violations.length} violations`);
if (own.length === 0 || imports === 0) {
  console.log('The checker saw no imports: it does not work here, so nothing was proved.');
  process.exitCode = 1;
} else if (summary.violations.length > 0) {
  process.exitCode = 1;
}
