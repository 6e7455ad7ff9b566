import type { HistoryRow } from './history-row.ts';
import { insertSorted, isLater } from './history-order.ts';

/* The earliest relative heights of each position: the baseline of rule 5 (trend), docs/domain.md. */

export interface Beginning {
  readonly startedAt: number;
  readonly passId: string;
  readonly relativeCmm: number;
}

export interface Beginnings {
  readonly window: number;
  /** By layout index; each ascending, at most `window`: shorter means that there are no more. */
  readonly byPosition: Beginning[][];
}

export function addBeginning({ byPosition, window }: Beginnings, row: HistoryRow): void {
  const { startedAt, passId } = row;
  for (const [index, list] of byPosition.entries()) {
    const relativeCmm = row.relativeCmm[index];
    if (row.states[index] !== 'ok' || relativeCmm === null || relativeCmm === undefined) continue;
    const entry = { startedAt, passId, relativeCmm };
    insertSorted(list, entry, (present) => !isLater(present, entry));
    if (list.length > window) list.pop();
  }
}

export const isFull = ({ byPosition, window }: Beginnings): boolean =>
  byPosition.every((list) => list.length >= window);
