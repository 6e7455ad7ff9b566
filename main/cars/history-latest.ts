import type { HistoryRow } from './history-row.ts';
import { insertSorted, isLater } from './history-order.ts';

/* The latest passes of a vehicle, as far back as rule 6 (unseen) looks: docs/domain.md. */

/** Rows that are kept at least. */
const kept = 16;

export interface Latest {
  /** Descending. */
  rows: HistoryRow[];
  /** There are no earlier ones. */
  all: boolean;
}

/** Whether each side has `passes` rows in which it was not camera-blind. */
export function reachesFar(rows: readonly HistoryRow[], passes: number): boolean {
  return (['L', 'R'] as const).every(
    (side) => rows.filter((row) => !row.blindSides.includes(side)).length >= passes,
  );
}

export const covers = (latest: Latest, before: number, passes: number): boolean =>
  latest.all ||
  reachesFar(
    latest.rows.filter((row) => row.startedAt < before),
    passes,
  );

export function addLatest(latest: Latest, row: HistoryRow): void {
  const oldest = latest.rows.at(-1);
  if (!latest.all && (!oldest || !isLater(row, oldest))) return;
  insertSorted(latest.rows, row, (present) => isLater(present, row));
  if (latest.rows.length <= 2 * kept) return;
  latest.rows.splice(kept);
  latest.all = false;
}
