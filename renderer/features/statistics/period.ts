import { momentOf, wallClock } from '../../ui/zoned-time.ts';

export const presets = ['day', 'week', 'month'] as const;
export type Preset = (typeof presets)[number];

/** What the fields hold. Own range: wall-clock times of the site's zone, `2026-11-21 06:30` or `2026-11-21`. */
export interface PeriodChoice {
  readonly range: Preset | 'own';
  /** When it was chosen, ms: "the last 24 hours" stands still while one reads. */
  readonly chosenAt: number;
  readonly from: string;
  readonly to: string;
}

/** ms since the epoch, the end exclusive. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

export type PeriodProblem = 'incomplete' | 'unreadable' | 'backwards' | 'ahead' | 'too-long';

const minute = 60_000;
const day = 86_400_000;
/** Two years with a leap day, by the calendar of the zone. */
const mostDays = 731;

/** The wall clock of the zone as if it were UTC: whole days are always 24 hours in it. */
const wallOf = (at: number, zone: string): number => Date.parse(`${wallClock(at, zone)}Z`);
const textOf = (wall: number): string => new Date(wall).toISOString().slice(0, 16);

/** The moment of a wall-clock time; where the clocks skip it, the next that there is. */
const momentOrNext = (wall: number, zone: string): number => {
  for (let later = 0; later <= 4; later += 1) {
    const found = momentOf(textOf(wall + later * 30 * minute), zone);
    if (found.kind === 'moment') return found.at;
  }
  return wall;
};

/** Midnight in the zone, so many days before the day of `at`. */
const midnightBefore = (at: number, days: number, zone: string): number =>
  momentOrNext(Math.floor(wallOf(at, zone) / day) * day - days * day, zone);

const presetFrom: Readonly<Record<Preset, (now: number, zone: string) => number>> = {
  // From a full hour on, so that the steps are hours of the clock.
  day: (now, zone) => now - day - (wallOf(now, zone) % (60 * minute)),
  week: (now, zone) => midnightBefore(now, 7, zone),
  month: (now, zone) => midnightBefore(now, 30, zone),
};

const ownMoment = (text: string, zone: string): number | undefined => {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}))?$/.exec(text.trim());
  if (match === null) return undefined;
  const found = momentOf(`${match[1] ?? ''}T${match[2] ?? '00:00'}`, zone);
  return found.kind === 'moment' ? found.at : undefined;
};

/**
 * The chosen period. Presets reach from a full hour or from midnight in the zone up to now, so that a day over which
 * the clocks change has 23 or 25 hours. What has not happened yet is cut off an own range.
 */
export const periodOf = (
  { range, chosenAt, from: fromText, to: toText }: PeriodChoice,
  zone: string,
): Period | { readonly problem: PeriodProblem } => {
  const now = chosenAt;
  if (range !== 'own') {
    return { from: presetFrom[range](Math.floor(now / minute) * minute, zone), to: now };
  }
  if (fromText.trim() === '' || toText.trim() === '') return { problem: 'incomplete' };
  const from = ownMoment(fromText, zone);
  const to = ownMoment(toText, zone);
  if (from === undefined || to === undefined) return { problem: 'unreadable' };
  if (to <= from) return { problem: 'backwards' };
  if (from >= now) return { problem: 'ahead' };
  if (wallOf(to, zone) - wallOf(from, zone) > mostDays * day) return { problem: 'too-long' };
  return { from, to: Math.min(to, now) };
};
