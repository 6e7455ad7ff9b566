import type { Workstation } from '../../../contract/domain.ts';

export type Contact = 'fresh' | 'late' | 'gone';

const minute = 60_000;

/** A workstation reports every minute; one that missed two of them is late, one that missed a quarter of an hour gone. */
export const contactOf = (workstation: Pick<Workstation, 'lastSeenAt'>, now: number): Contact => {
  const age = now - workstation.lastSeenAt;
  if (age <= 2.5 * minute) return 'fresh';
  return age <= 15 * minute ? 'late' : 'gone';
};

const numbersOf = (version: string): readonly number[] => (version.match(/\d+/g) ?? []).map(Number);

/** Negative: `left` is the older program. By numbers, so that 2.10.0 is newer than 2.9.1. */
export const compareVersions = (left: string, right: string): number => {
  const [ours, theirs] = [numbersOf(left), numbersOf(right)];
  for (let place = 0; place < Math.max(ours.length, theirs.length); place += 1) {
    const difference = (ours[place] ?? 0) - (theirs[place] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
};

/** The newest program among those that are running; undefined when none is. */
export const newestVersion = (workstations: readonly Workstation[], now: number): string | undefined =>
  workstations
    .filter((workstation) => contactOf(workstation, now) !== 'gone')
    .map(({ version }) => version)
    .toSorted(compareVersions)
    .at(-1);
