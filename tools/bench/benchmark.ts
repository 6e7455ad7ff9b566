import type { Pairs } from './statistics.ts';
import { median } from './statistics.ts';

export interface Goal {
  readonly text: string;
  /** Whether the median ratio and the product's own figures reach the goal. */
  reached(ratio: number, product: readonly number[]): boolean;
}

export interface Benchmark {
  /** B1 … B22 of docs/benchmarks.md. */
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly goal: Goal;
  measure(): Promise<Pairs>;
}

export const atMost = (limit: number): Goal => ({ text: `≤ ${limit}`, reached: (ratio) => ratio <= limit });
export const atLeast = (limit: number): Goal => ({ text: `≥ ${limit}`, reached: (ratio) => ratio >= limit });

const figure = (value: number): string =>
  Math.abs(value) >= 1000 ? Math.round(value).toLocaleString('en-US') : value.toPrecision(3);

/** One line of the table: the ratio of each pair, then the medians it rests on. */
export function tableRow(benchmark: Benchmark, pairs: Pairs): string {
  const ratios = pairs.product.map((value, index) => value / (pairs.reference[index] ?? Number.NaN));
  const ratio = median(ratios);
  const reached = benchmark.goal.reached(ratio, pairs.product);
  const cells = [
    benchmark.id,
    benchmark.title,
    `**${figure(ratio)}** (${figure(Math.min(...ratios))}–${figure(Math.max(...ratios))})`,
    benchmark.goal.text,
    reached ? 'yes' : 'no',
    `${figure(median(pairs.product))} ÷ ${figure(median(pairs.reference))} ${benchmark.unit}`,
    String(ratios.length),
  ];
  return `| ${cells.join(' | ')} |`;
}

export const tableHead = [
  '| # | measure ÷ reference | ratio: median (min–max) | goal | reached | medians | pairs |',
  '| --- | --- | --- | --- | --- | --- | --- |',
].join('\n');
