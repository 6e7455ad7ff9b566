import { formatMoment } from '../formats.ts';
import type { Language } from '../formats.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** From which age on each unit is used, and how long it is, ms. */
const units = [
  { unit: 'year', from: 365 * day, size: 365 * day },
  { unit: 'month', from: 60 * day, size: 30 * day },
  { unit: 'day', from: 36 * hour, size: day },
  { unit: 'hour', from: 90 * minute, size: hour },
  { unit: 'minute', from: 50 * second, size: minute },
] as const;

const relative: Readonly<Record<Language, Intl.RelativeTimeFormat>> = {
  en: new Intl.RelativeTimeFormat('en-GB', { numeric: 'auto' }),
  fr: new Intl.RelativeTimeFormat('fr-FR', { numeric: 'auto' }),
};

/** `3 minutes ago`, `il y a 3 minutes`, `in 2 days`; under a minute `now`. */
export const formatAgo = (at: number, now: number, language: Language): string => {
  const difference = at - now;
  const found = units.find(({ from }) => Math.abs(difference) >= from);
  return found === undefined
    ? relative[language].format(0, 'second')
    : relative[language].format(Math.round(difference / found.size), found.unit);
};

/** `21 Nov 2026, 09:14:31 UTC`: the audit log and exports speak UTC (docs/user-guide). */
export const formatUtc = (at: number, language: Language): string => formatMoment(at, language, 'UTC');
