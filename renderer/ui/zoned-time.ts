/** A wall-clock time of a zone as a moment, ms since the epoch. */
export type ZonedMoment =
  /** `twice`: the clocks go back over it, this is the first of the two. */
  | { readonly kind: 'moment'; readonly at: number; readonly twice: boolean }
  /** The clocks go forward over it, or it is no date at all. */
  | { readonly kind: 'never' };

const pattern = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})$/;
const dayMs = 86_400_000;

/** `2026-11-22T06:00`: how a date-time field writes the moment of a zone. */
export const wallClock = (at: number, zone: string): string => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes): string =>
    parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
};

const asUtc = (text: string): number | undefined => {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match.slice(1).map(Number);
  const at = Date.UTC(year, month - 1, day, hour, minute);
  // 31 February would become March.
  return new Date(at).toISOString().startsWith(text) ? at : undefined;
};

/** The moment at which the clocks of the zone show `text`. */
export const momentOf = (text: string, zone: string): ZonedMoment => {
  const utc = asUtc(text);
  if (utc === undefined) return { kind: 'never' };
  // The offset of the day before and of the day after: a change of the clocks lies between them.
  const candidates = [utc - dayMs, utc + dayMs].map((near) => {
    const wall = asUtc(wallClock(near, zone)) ?? near;
    return utc - (wall - near);
  });
  const moments = [...new Set(candidates)]
    .filter((at) => wallClock(at, zone) === text)
    .toSorted((one, other) => one - other);
  const [at] = moments;
  return at === undefined ? { kind: 'never' } : { kind: 'moment', at, twice: moments.length > 1 };
};
