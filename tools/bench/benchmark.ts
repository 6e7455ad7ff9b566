import type { Pairs } from './statistics.ts';

export interface Goal {
  readonly text: string;
  /** Whether the median ratio (of an absolute figure: the median) and the product's own values reach the goal. */
  reached(median: number, product: readonly number[]): boolean;
  /** Whether it is missed by more than twice: then docs/benchmarks.md explains it. */
  missedTwice(median: number, product: readonly number[]): boolean;
}

interface Described {
  /** B1 … B22 of docs/benchmarks.md, or a name. */
  readonly id: string;
  readonly title: string;
  /** Of the medians shown beside the ratio, and of an absolute figure. */
  readonly unit: string;
  readonly goal: Goal;
  /** What else was seen, one line each; shown below the table. */
  readonly details?: readonly string[];
}

/** A ratio: each product value divided by the reference that was measured beside it. */
export interface Ratio extends Described {
  readonly kind: 'ratio';
  readonly pairs: Pairs;
}

/** A goal in its own unit, for which there is nothing to divide by. */
export interface Absolute extends Described {
  readonly kind: 'absolute';
  readonly values: readonly number[];
}

export type Figure = Ratio | Absolute;

/** How much is measured. */
export interface Effort {
  readonly quick: boolean;
  /** Number of pairs: what the definition asks for, or few for a quick look. */
  pairs(full: number): number;
}

export interface Benchmark {
  /** Of its figures: what is asked for on the command line. */
  readonly ids: readonly string[];
  readonly title: string;
  /** Rejects when something could not be measured; slow is no failure. */
  measure(effort: Effort): Promise<readonly Figure[]>;
}

export const atMost = (limit: number, text = `≤ ${limit}`): Goal => ({
  text,
  reached: (value) => value <= limit,
  missedTwice: (value) => value > 2 * limit,
});

export const atLeast = (limit: number, text = `≥ ${limit}`): Goal => ({
  text,
  reached: (value) => value >= limit,
  missedTwice: (value) => value < limit / 2,
});

/** Both must be reached: one for the ratio, one for every value of the product. */
export const alsoEach = (goal: Goal, text: string, limit: number): Goal => ({
  text: `${goal.text}, ${text}`,
  reached: (value, product) => goal.reached(value, product) && product.every((each) => each <= limit),
  missedTwice: (value, product) =>
    goal.missedTwice(value, product) || product.some((each) => each > 2 * limit),
});
