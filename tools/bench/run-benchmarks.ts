import type { Benchmark, Effort } from './benchmark.ts';
import { judge } from './table.ts';

export interface Results {
  /** Lines of the table. */
  readonly rows: readonly string[];
  readonly details: readonly string[];
  /** Ids of figures worse than twice their goal: docs/benchmarks.md explains each. */
  readonly missedTwice: readonly string[];
  /** What could not be measured. */
  readonly failures: readonly string[];
}

const quickPairs = 3;

/** One after the other: nothing else may use the processors meanwhile. */
export async function runBenchmarks(benchmarks: readonly Benchmark[], quick: boolean): Promise<Results> {
  const effort: Effort = { quick, pairs: (full) => (quick ? Math.min(full, quickPairs) : full) };
  const results = {
    rows: [] as string[],
    details: [] as string[],
    missedTwice: [] as string[],
    failures: [] as string[],
  };
  for (const { ids, title, measure } of benchmarks) {
    console.log(`▸ ${ids.join(', ')}: ${title} …`);
    const begun = performance.now();
    try {
      for (const figure of await measure(effort)) {
        const { id } = figure;
        const { row, missedTwice } = judge(figure);
        results.rows.push(row);
        for (const detail of figure.details ?? []) results.details.push(`- ${id}: ${detail}`);
        if (missedTwice && !results.missedTwice.includes(id)) results.missedTwice.push(id);
        console.log(row);
        for (const detail of figure.details ?? []) console.log(`  ${detail}`);
      }
    } catch (error) {
      results.failures.push(...ids);
      console.error(
        `${ids.join(', ')} could not be measured: ${error instanceof Error ? error.stack : String(error)}`,
      );
    }
    console.log(`  took ${((performance.now() - begun) / 1000).toFixed(0)} s`);
  }
  return results;
}
