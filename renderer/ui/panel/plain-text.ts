import { formatMillimetres } from '../formats.ts';
import type { Language } from '../formats.ts';
import { formatUtc } from './times.ts';

/** The last word of a path: `limits.criticalLowCmm` → `criticalLowCmm`. */
const lastWord = (path: string): string => path.split('.').at(-1) ?? '';

/** 2001 and later in ms: what ends in `At` and is smaller is no moment. */
const leastMoment = 1_000_000_000_000;

/** As the database writes moments into its records. */
const isoMoment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})$/;

/** A value of plain data as people read it: heights in mm, moments in UTC, the rest as it is written. */
export const plainText = (path: string, value: unknown, language: Language): string => {
  if (typeof value === 'string') {
    return isoMoment.test(value) ? formatUtc(Date.parse(value), language) : value;
  }
  const word = lastWord(path);
  if (typeof value === 'number' && /(Cmm|_cmm)$/.test(word)) {
    return `${formatMillimetres(value, language)} mm`;
  }
  if (typeof value === 'number' && /(At|_at)$/.test(word) && value >= leastMoment) {
    return formatUtc(value, language);
  }
  return JSON.stringify(value) ?? '–';
};
