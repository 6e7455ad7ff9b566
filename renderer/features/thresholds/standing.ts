import type { ThresholdSet } from '../../../contract/domain.ts';

export type Standing = 'in-force' | 'upcoming' | 'past';

/**
 * Windows look at the clock once a second: what was saved a moment ago is in force, not yet to come.
 */
export const clockStepMs = 1000;

const later = (one: ThresholdSet, other: ThresholdSet): boolean =>
  one.effectiveAt > other.effectiveAt ||
  (one.effectiveAt === other.effectiveAt && one.version > other.version);

/** The version that judges a pass which starts at `at`; the highest of several that took effect at once. */
export const inForceAt = (sets: readonly ThresholdSet[], at: number): ThresholdSet | undefined =>
  sets
    .filter((set) => set.effectiveAt <= at)
    .reduce<ThresholdSet | undefined>(
      (found, set) => (found === undefined || later(set, found) ? set : found),
      undefined,
    );

export const standingOf = (set: ThresholdSet, sets: readonly ThresholdSet[], at: number): Standing => {
  if (set.effectiveAt > at) return 'upcoming';
  return inForceAt(sets, at)?.version === set.version ? 'in-force' : 'past';
};

/** The version that takes the place of one that begins at `at`; undefined: it stays in force. */
export const nextAfter = (sets: readonly ThresholdSet[], at: number): ThresholdSet | undefined =>
  sets
    .filter((set) => set.effectiveAt > at)
    .reduce<ThresholdSet | undefined>(
      (found, set) =>
        found === undefined ||
        set.effectiveAt < found.effectiveAt ||
        (set.effectiveAt === found.effectiveAt && set.version > found.version)
          ? set
          : found,
      undefined,
    );
