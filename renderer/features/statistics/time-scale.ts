import { momentOf, wallClock } from '../../ui/zoned-time.ts';
import type { Period } from './period.ts';

export interface TimeTick {
  readonly at: number;
  /** What the label says: a time of day, a day, or a month. */
  readonly unit: 'hour' | 'day' | 'month';
}

const hour = 3_600_000;
const day = 24 * hour;
/** Steps between ticks, hours: every hour to every fourth week. */
const hourSteps = [1, 2, 3, 6, 12, 24, 48, 96, 168, 336, 672] as const;
const monthSteps = [1, 2, 3, 6, 12] as const;

const textOf = (wall: number): string => new Date(wall).toISOString().slice(0, 16);

/** The moments at which the zone's clocks show these times; one that they skip is left out. */
const momentsOf = (walls: readonly number[], { from, to }: Period, zone: string): readonly number[] =>
  walls.flatMap((wall) => {
    const found = momentOf(textOf(wall), zone);
    return found.kind === 'moment' && found.at >= from && found.at <= to ? [found.at] : [];
  });

/**
 * At most `most` ticks at times that people know: full hours, midnights, firsts of a month, of the zone's clocks. Over
 * a change of the clocks they stay at these times, and two of them lie an hour nearer or farther.
 */
export const timeTicks = (period: Period, zone: string, most: number): readonly TimeTick[] => {
  const first = Date.parse(`${wallClock(period.from, zone)}Z`);
  const last = Date.parse(`${wallClock(period.to, zone)}Z`);
  const midnight = Math.floor(first / day) * day;
  const span = (period.to - period.from) / hour;
  const step = hourSteps.find((hours) => span / hours <= most);
  if (step !== undefined) {
    const walls = Array.from(
      { length: Math.floor((last - midnight) / (step * hour)) + 1 },
      (_, place) => midnight + place * step * hour,
    );
    return momentsOf(walls, period, zone).map((at) => ({
      at,
      unit: wallClock(at, zone).endsWith('T00:00') ? 'day' : 'hour',
    }));
  }
  const begin = new Date(midnight);
  const months = monthSteps.find((each) => span / (each * 30 * 24) <= most) ?? 12;
  const walls = Array.from({ length: Math.ceil(span / (28 * 24) / months) + 1 }, (_, place) =>
    Date.UTC(begin.getUTCFullYear(), begin.getUTCMonth() + place * months, 1),
  );
  return momentsOf(walls, period, zone).map((at) => ({ at, unit: 'month' }));
};
