/** The value below which the share `p` (0..1) of the values lies; nearest rank. */
export function percentile(values: readonly number[], p: number): number {
  const ordered = values.toSorted((a, b) => a - b);
  return ordered[Math.min(ordered.length - 1, Math.max(0, Math.ceil(p * ordered.length) - 1))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** How often a task was run beside its reference, and what came out: in the unit of the benchmark. */
export interface Pairs {
  readonly product: number[];
  readonly reference: number[];
}

/** Runs product and reference in turn, so that a machine that changes its speed changes both. */
export async function interleave(
  pairs: number,
  product: () => number | Promise<number>,
  reference: () => number | Promise<number>,
): Promise<Pairs> {
  const measured: Pairs = { product: [], reference: [] };
  for (let pair = 0; pair < pairs; pair += 1) {
    measured.reference.push(await reference());
    measured.product.push(await product());
  }
  return measured;
}

/** Milliseconds that `task` takes. */
export async function timed(task: () => unknown): Promise<number> {
  const start = performance.now();
  await task();
  return performance.now() - start;
}
