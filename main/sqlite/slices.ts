import type { Database } from './database.ts';

/** How long one transaction of a long job may last before other work has its turn, ms. */
const sliceTime = 5;

/** A long job: each `next` is one short transaction. */
export type Sliced<Result> = Generator<undefined, Result, undefined>;

/**
 * Does `step` for each item, as many per transaction as fit in a slice; `beforeCommit` before each of these ends, for
 * what another file must have first.
 */
export function* inSlices<Item>(
  database: Database,
  items: Iterable<Item>,
  step: (item: Item) => void,
  beforeCommit: () => void = () => undefined,
): Sliced<void> {
  const rest = items[Symbol.iterator]();
  for (;;) {
    let finished = false;
    database.transaction(() => {
      const end = performance.now() + sliceTime;
      do {
        const next = rest.next();
        finished = next.done === true;
        if (!next.done) step(next.value);
      } while (!finished && performance.now() < end);
      beforeCommit();
    })();
    if (finished) return;
    yield;
  }
}
