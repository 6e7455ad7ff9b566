import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { root } from '../setup/index.mjs';
import { describeEnvironment } from './environment.ts';
import type { Results } from './run-benchmarks.ts';
import { tableHead } from './table.ts';

const file = path.join(root, 'docs', 'benchmarks.md');
const begin = '<!-- measured: begin (written by `npm run bench`, do not edit) -->';
const end = '<!-- measured: end -->';

export interface Run {
  readonly quick: boolean;
  /** Nothing was left out. */
  readonly complete: boolean;
  readonly args: readonly string[];
  /** Load of the machine before anything was measured. */
  readonly loadBefore: string;
}

/** Puts `text` between the markers. Throws when the page has lost them: what people wrote is not overwritten. */
export function betweenMarkers(page: string, text: string): string {
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error('docs/benchmarks.md has no markers for the table');
  return `${page.slice(0, from + begin.length)}\n\n${text}\n\n${page.slice(to)}`;
}

/** Prints the table; writes it into the page when it is whole. */
export async function report(results: Results, { quick, complete, args, loadBefore }: Run): Promise<void> {
  const command = ['npm run bench', ...(args.length > 0 ? ['--', ...args] : [])].join(' ');
  const about = [
    ...describeEnvironment(),
    `${new Date().toISOString().slice(0, 10)}, \`${command}\`; load average of the machine before the run: ${loadBefore}`,
  ];
  const text = [
    about.map((line) => `- ${line}`).join('\n'),
    [tableHead, ...results.rows].join('\n'),
    ...(results.details.length > 0 ? [results.details.join('\n')] : []),
  ].join('\n\n');
  console.log(`\n${text}\n`);
  if (results.missedTwice.length > 0) {
    const ids = results.missedTwice.join(', ');
    console.log(`Worse than twice the goal, to be explained in docs/benchmarks.md: ${ids}`);
  }
  if (results.failures.length > 0) {
    console.error(`NOT MEASURED: ${results.failures.join(', ')}. docs/benchmarks.md is left as it was.`);
  } else if (quick || !complete) {
    console.log('A part or a quick look: docs/benchmarks.md is left as it was.');
  } else {
    const page = betweenMarkers(await readFile(file, 'utf8'), text);
    await writeFile(file, await format(page, { ...(await resolveConfig(file)), filepath: file }));
    console.log('Written into docs/benchmarks.md.');
  }
}
