import type { ThresholdValues } from '../../../contract/domain.ts';
import { placesOf, valueAt } from './places.ts';
import type { ThresholdPlace } from './places.ts';

export interface ThresholdDifference {
  readonly place: ThresholdPlace;
  /** Absent: that vehicle type has no limits there. */
  readonly before?: number | undefined;
  readonly after?: number | undefined;
}

/** What two threshold sets say differently, value by value; empty: they judge alike. */
export const thresholdDifferences = (
  before: ThresholdValues,
  after: ThresholdValues,
): readonly ThresholdDifference[] =>
  placesOf(before, after)
    .map((place) => ({ place, before: valueAt(before, place), after: valueAt(after, place) }))
    .filter((difference) => difference.before !== difference.after);

export const sameValues = (one: ThresholdValues, other: ThresholdValues): boolean =>
  thresholdDifferences(one, other).length === 0;
