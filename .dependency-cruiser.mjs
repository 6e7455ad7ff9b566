/**
 * Who may import whom: the table of docs/ARCHITECTURE.md as rules. `npm run check:architecture` checks them;
 * tests/integration/architecture.test.ts breaks them on purpose and expects to be caught.
 */

/** The customer's modules in their order of dependency: each may import those before it only. */
const modules = ['auth', 'audit', 'monitoring', 'springs', 'cars', 'alerts', 'passes', 'admin', 'reports'];
/** Side by side at the end of the order: neither may import the other. */
const last = ['admin', 'reports'];
/** Each stands for one outside system, and may use the library of that one only. */
const adapters = {
  camera: ['ws', 'zod'],
  postgres: ['pg', 'pg-copy-streams'],
  sqlite: ['better-sqlite3'],
  identity: ['openid-client'],
  files: ['csv-stringify'],
  configuration: ['zod'],
};
const test = '[.]test[.]tsx?$';
const any = (names) => `(${names.join('|')})`;
const packages = (names) => `^node_modules/(@types/)?${any(names)}(/|$)`;
const product = '^(contract|main|electron|preload|renderer)/';
const nodeInputOutput =
  '^(node:)?(child_process|cluster|dgram|dns|fs|http|http2|https|inspector|net|os|readline|repl|sqlite|tls|worker_threads)(/|$)';

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

function moduleRules(name, index) {
  const before = last.includes(name)
    ? modules.filter((other) => !last.includes(other))
    : modules.slice(0, index);
  const allowed = [...before, name].map((other) => `^main/${other}/`);
  return [
    forbid(
      `module-order-${name}`,
      `main/${name} may import contract and ${before.length === 0 ? 'no other module' : before.join(', ')}.`,
      { path: `^main/${name}/`, pathNot: test },
      { path: '^(main|electron|preload|renderer)/', pathNot: allowed },
    ),
  ];
}

function adapterRules([name, libraries]) {
  const own = [`^main/${name}/`, `^main/${any(modules)}/`];
  return [
    forbid(
      `adapter-${name}`,
      `main/${name} may import contract, the modules whose ports it implements, and nothing else of main.`,
      { path: `^main/${name}/`, pathNot: test },
      { path: '^(main|electron|preload|renderer)/', pathNot: own },
    ),
    forbid(
      `adapter-${name}-library`,
      `main/${name} may use ${libraries.join(', ')} and no other package.`,
      { path: `^main/${name}/`, pathNot: test },
      { path: '^node_modules/', pathNot: packages(libraries) },
    ),
  ];
}

export default {
  forbidden: [
    forbid(
      'contract-alone',
      'contract imports the schema library and nothing else.',
      { path: '^contract/', pathNot: test },
      { pathNot: ['^contract/', packages(['zod'])] },
    ),
    forbid(
      'contract-schemas-in-one-file',
      'Only contract/inputs.ts holds schemas, so that preloads and windows never carry them by a detour.',
      { path: '^contract/', pathNot: ['^contract/inputs[.]ts$', test] },
      { path: ['^contract/inputs[.]ts$', packages(['zod'])], dependencyTypesNot: ['type-only'] },
    ),
    ...modules.flatMap(moduleRules),
    forbid(
      'module-pure',
      'A module knows no outside system: no package, no files, no sockets, no processes.',
      { path: `^main/${any(modules)}/`, pathNot: test },
      { path: ['^node_modules/', nodeInputOutput] },
    ),
    ...Object.entries(adapters).flatMap(adapterRules),
    forbid(
      'api-without-adapters',
      'Handlers call modules; adapters reach them through main/compose.ts only.',
      { path: '^main/api/', pathNot: test },
      { path: `^main/${any(Object.keys(adapters).filter((name) => name !== 'configuration'))}/` },
    ),
    forbid(
      'main-without-electron',
      'main runs in plain Node too: it knows neither Electron nor the windows.',
      { path: '^main/', pathNot: test },
      { path: ['^(electron|preload|renderer)/', packages(['electron', 'electron-updater'])] },
    ),
    forbid(
      'electron-through-compose',
      'electron reaches the core through what main composes and its API, never a module or an adapter.',
      { path: '^electron/', pathNot: test },
      {
        path: ['^main/', '^preload/', '^renderer/'],
        pathNot: ['^main/[^/]+[.]ts$', '^main/api/', '^main/configuration/'],
      },
    ),
    forbid(
      'preload-small',
      'A preload imports contract, Electron and its own neighbours.',
      { path: '^preload/', pathNot: test },
      { pathNot: ['^preload/', '^contract/', '^electron$', packages(['electron'])] },
    ),
    forbid(
      'preload-without-schemas',
      'A preload takes types and names of methods from the contract, never its schemas.',
      { path: '^preload/', pathNot: test },
      { path: ['^contract/inputs[.]ts$', packages(['zod'])], dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'renderer-without-node',
      'A window is a web page: no Node, no Electron, no core. What it needs comes over the contract.',
      { path: '^renderer/', pathNot: test },
      { path: ['^(main|electron|preload)/', packages(['electron']), '^electron$'] },
    ),
    forbid(
      'no-node-in-pages-and-contract',
      'A window is a web page: nothing of Node.',
      { path: '^(renderer|contract)/', pathNot: test },
      { dependencyTypes: ['core'] },
    ),
    forbid(
      'renderer-types-of-contract',
      'The schemas of the contract are for main: their compilation is forbidden by the content policy here.',
      { path: '^renderer/', pathNot: test },
      { path: ['^contract/inputs[.]ts$', packages(['zod'])], dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'renderer-windows-siblings',
      'A window never imports another window.',
      { path: '^renderer/windows/([^/]+)/' },
      { path: '^renderer/windows/', pathNot: '^renderer/windows/$1/' },
    ),
    forbid(
      'renderer-features-siblings',
      'A feature never imports another feature or a window; what two need belongs in live or ui.',
      { path: '^renderer/features/([^/]+)/' },
      { path: '^renderer/(features|windows)/', pathNot: '^renderer/features/$1/' },
    ),
    forbid(
      'renderer-layers',
      'windows → features → live, ui: never the other way.',
      { path: '^renderer/(live|ui)/' },
      { path: '^renderer/(features|windows)/' },
    ),
    forbid(
      'product-without-tools',
      'What ships never imports tools or tests (unit tests beside the code may).',
      { path: product, pathNot: test },
      { path: '^(tools|tests)/' },
    ),
    forbid(
      'tools-without-tests',
      'Tools work without the tests.',
      { path: '^tools/', pathNot: test },
      { path: '^tests/' },
    ),
    forbid('no-test-imported', 'A test file is nobody’s library.', {}, { path: test }),
    forbid(
      'no-circle',
      'Two files that need each other are one, or want a third.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    forbid(
      'resolvable',
      'Every import leads somewhere.',
      { pathNot: '^renderer/' },
      { couldNotResolve: true },
    ),
  ],
};
