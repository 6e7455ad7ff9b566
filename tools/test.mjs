/**
 * `npm test`: everything from a fresh clone. Sets up what is missing, then runs every check and every test,
 * also when one before has failed, and ends with "N passed, N failed". Each static check counts as one.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { runStep } from './checks/step.mjs';
import { ensureSetup, reportAndFail, root } from './setup/index.mjs';

const output = join(root, 'tests', 'output');
const program = (...path) => join(root, 'node_modules', ...path);
const vitest = program('vitest', 'vitest.mjs');
const types = program('typescript', 'bin', 'tsc');

const build = { name: 'build', args: [program('electron-vite', 'bin', 'electron-vite.js'), 'build'] };
const checks = [
  { name: 'lint', args: [program('oxlint', 'bin', 'oxlint'), '--type-aware', '--deny-warnings'] },
  { name: 'types of main and tools', args: [types, '-p', 'tsconfig.node.json'] },
  { name: 'types of the windows', args: [types, '-p', 'tsconfig.web.json'] },
  { name: 'format', args: [program('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level=warn', '.'] },
  { name: 'architecture', args: ['tools/checks/architecture.ts'] },
  { name: 'unused', args: [program('knip', 'bin', 'knip.js'), '--no-progress'] },
];

const vitestStep = (project, minutes) => {
  const report = join(output, `${project}.json`);
  return {
    name: project,
    args: [
      vitest,
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    report,
    count: ({ numPassedTests, numFailedTests }) => ({ passed: numPassedTests, failed: numFailedTests }),
    minutes,
  };
};

const endToEndReport = join(output, 'end-to-end.json');
const endToEnd = {
  name: 'end-to-end',
  args: [
    program('@playwright', 'test', 'cli.js'),
    'test',
    '--config',
    'tests/e2e/playwright.config.ts',
    '--reporter=list,json',
  ],
  env: { PLAYWRIGHT_JSON_OUTPUT_FILE: endToEndReport },
  report: endToEndReport,
  // A test that passed only at its second try is a failed one: something in it is left to chance.
  count: ({ stats }) => ({ passed: stats.expected, failed: stats.unexpected + stats.flaky }),
  minutes: 40,
};

/** Static checks side by side: most of them use one core, most machines have two at least. */
async function sideBySide(steps) {
  const waiting = [...steps];
  const counts = [];
  const work = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      counts.push(await runStep(step, { live: false }));
    }
  };
  await Promise.all([work(), work()]);
  return counts;
}

async function runAll() {
  const built = await runStep(build, { live: false });
  const counts = [built, ...(await sideBySide(checks))];
  counts.push(await runStep(vitestStep('unit', 10), { live: true }));
  counts.push(await runStep(vitestStep('integration', 40), { live: true }));
  if (built.failed === 0) {
    counts.push(await runStep(endToEnd, { live: true }));
  } else {
    console.log('✗ end-to-end: not run, there is no build');
    counts.push({ passed: 0, failed: 1 });
  }
  const sum = (key) => counts.reduce((total, count) => total + count[key], 0);
  return { passed: sum('passed'), failed: sum('failed') };
}

try {
  await ensureSetup();
  mkdirSync(output, { recursive: true });
  const { passed, failed } = await runAll();
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
  console.log(`\n${passed} passed, ${failed} failed`);
} catch (error) {
  reportAndFail(error);
}
