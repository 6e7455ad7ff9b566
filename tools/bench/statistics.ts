/** The value below which the share `p` (0..1) of the values lies; nearest rank. */
export function percentile(values: readonly number[], p: number): number {
  const ordered = values.toSorted((a, b) => a - b);
  return ordered[Math.min(ordered.length - 1, Math.max(0, Math.ceil(p * ordered.length) - 1))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** What came out of running a task beside its reference, in the unit of the benchmark. */
export interface Pairs {
  readonly product: number[];
  readonly reference: number[];
}

/** Product divided by reference, pair by pair. A value that is not a number above zero means a broken measurement. */
export function ratios({ product, reference }: Pairs): number[] {
  if (product.length === 0 || product.length !== reference.length) throw new Error('nothing was measured');
  return product.map((value, index) => {
    const divisor = reference[index];
    if (divisor === undefined || !(divisor > 0) || !(value > 0) || !Number.isFinite(value / divisor)) {
      throw new Error(`pair ${index + 1} is no measurement: ${value} ÷ ${String(divisor)}`);
    }
    return value / divisor;
  });
}

/** Runs product and reference in turn, so that a machine that changes its speed changes both. */
export async function interleave(
  pairs: number,
  product: (pair: number) => number | Promise<number>,
  reference: (pair: number) => number | Promise<number>,
): Promise<Pairs> {
  const measured: Pairs = { product: [], reference: [] };
  for (let pair = 0; pair < pairs; pair += 1) {
    // Whoever comes second may find caches warm: they take turns.
    if (pair % 2 === 0) measured.reference.push(await reference(pair));
    measured.product.push(await product(pair));
    if (pair % 2 === 1) measured.reference.push(await reference(pair));
  }
  return measured;
}

/** Milliseconds that `task` takes. */
export async function timed(task: () => unknown): Promise<number> {
  const start = performance.now();
  await task();
  return performance.now() - start;
}

/** Milliseconds of each of `count` runs. */
export async function timedEach(count: number, task: (run: number) => unknown): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run < count; run += 1) times.push(await timed(() => task(run)));
  return times;
}
