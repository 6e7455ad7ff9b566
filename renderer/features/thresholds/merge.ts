import type { ThresholdValues, TypeLimits } from '../../../contract/domain.ts';
import { limitsOf, placeKey, placesOf, valueAt, withValue } from './places.ts';
import type { ThresholdPlace } from './places.ts';

/** One value that somebody changed since `base`. */
export interface ThreeWay {
  readonly place: ThresholdPlace;
  readonly base?: number | undefined;
  readonly theirs?: number | undefined;
  readonly mine?: number | undefined;
  /** Both changed it, to different values: a person chooses. */
  readonly contested: boolean;
}

export const threeWay = (
  base: ThresholdValues,
  theirs: ThresholdValues,
  mine: ThresholdValues,
): readonly ThreeWay[] =>
  placesOf(base, theirs, mine)
    .map((place) => {
      const values = {
        base: valueAt(base, place),
        theirs: valueAt(theirs, place),
        mine: valueAt(mine, place),
      };
      const both = values.theirs !== values.base && values.mine !== values.base;
      return { place, ...values, contested: both && values.theirs !== values.mine };
    })
    .filter(({ base: from, theirs: other, mine: own }) => other !== from || own !== from);

/** Their vehicle types without those that I took away, with those that I added. */
const mergedTypes = (
  base: ThresholdValues,
  theirs: ThresholdValues,
  mine: ThresholdValues,
): Readonly<Record<string, TypeLimits>> => {
  const has = (values: ThresholdValues, code: string): boolean => limitsOf(values, code) !== undefined;
  const kept = Object.entries(theirs.types).filter(([code]) => has(mine, code) || !has(base, code));
  const added = Object.entries(mine.types).filter(([code]) => !has(base, code) && !has(theirs, code));
  return Object.fromEntries([...kept, ...added]);
};

/**
 * My changes on top of theirs: their set, with every value that I changed. Where both changed one, mine counts unless
 * its key is in `preferTheirs`. A vehicle type that either took away stays away.
 */
export const mergeOnto = (
  base: ThresholdValues,
  theirs: ThresholdValues,
  mine: ThresholdValues,
  preferTheirs: ReadonlySet<string>,
): ThresholdValues => {
  const start: ThresholdValues = { ...theirs, types: mergedTypes(base, theirs, mine) };
  return threeWay(base, theirs, mine).reduce((merged, { place, base: from, mine: own, contested }) => {
    if (own === undefined || own === from) return merged;
    return contested && preferTheirs.has(placeKey(place)) ? merged : withValue(merged, place, own);
  }, start);
};
