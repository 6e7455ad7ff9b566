import { benchmarks } from './benchmarks.ts';
import { loadNow } from './environment.ts';
import { report } from './report.ts';
import { runBenchmarks } from './run-benchmarks.ts';

/*
 * `npm run bench [-- --quick] [ids …]`: measures, prints the table, writes it into docs/benchmarks.md when all were
 * measured in full. No benchmark fails on a time; one that cannot measure does.
 */

const args = process.argv.slice(2);
const quick = args.includes('--quick');
const wanted = args.filter((arg) => !arg.startsWith('--')).map((arg) => arg.toUpperCase());
const isWanted = (id: string): boolean => wanted.includes(id.toUpperCase());
const known = benchmarks.flatMap(({ ids }) => ids.map((id) => id.toUpperCase()));
const unknown = [
  ...args.filter((arg) => arg.startsWith('--') && arg !== '--quick'),
  ...wanted.filter((id) => !known.includes(id)),
];
if (unknown.length > 0) {
  console.error(`Not known: ${unknown.join(', ')}. npm run bench -- [--quick] [${known.join('|')} …]`);
  process.exitCode = 2;
} else {
  const chosen = benchmarks.filter(({ ids }) => wanted.length === 0 || ids.some(isWanted));
  const loadBefore = loadNow();
  const results = await runBenchmarks(chosen, quick);
  await report(results, { quick, complete: chosen.length === benchmarks.length, args, loadBefore });
  process.exit(results.failures.length > 0 ? 1 : 0);
}
