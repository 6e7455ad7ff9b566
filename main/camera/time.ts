const zero = 48;
const daysOfMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The number that `length` decimal digits from `start` make, or -1 when one of them is no digit. */
function digits(text: string, start: number, length: number): number {
  let value = 0;
  for (let index = start; index < start + length; index += 1) {
    const digit = text.charCodeAt(index) - zero;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}

function monthLength(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && leap ? 29 : (daysOfMonth[month - 1] ?? 0);
}

/** Minutes east of UTC, or undefined when `text` from `start` to its end is not `Z` or `±hh:mm`. */
function zoneMinutes(text: string, start: number): number | undefined {
  const sign = text[start];
  if (sign === 'Z' || sign === 'z') return text.length === start + 1 ? 0 : undefined;
  if ((sign !== '+' && sign !== '-') || text.length !== start + 6 || text[start + 3] !== ':')
    return undefined;
  const hours = digits(text, start + 1, 2);
  const minutes = digits(text, start + 4, 2);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return undefined;
  return (sign === '-' ? -1 : 1) * (hours * 60 + minutes);
}

/**
 * A time of RFC 3339 §5.6 with its zone, in ms since the epoch (finer digits are cut off), or undefined.
 * By hand, because `Date.parse` takes 30 February, times without a zone and half a dozen other notations, and
 * refuses the leap second, which counts here as the first second of the next minute.
 */
export function parseTime(text: string): number | undefined {
  // The schema asks whether, then the conversion asks what: the same text twice in a row.
  if (text !== lastText) {
    lastTime = readTime(text);
    lastText = text;
  }
  return lastTime;
}

let lastText = '';
let lastTime: number | undefined;

function readTime(text: string): number | undefined {
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const day = digits(text, 8, 2);
  const hour = digits(text, 11, 2);
  const minute = digits(text, 14, 2);
  const second = digits(text, 17, 2);
  const separator = text[10];
  if (text[4] !== '-' || text[7] !== '-' || text[13] !== ':' || text[16] !== ':') return undefined;
  if (separator !== 'T' && separator !== 't') return undefined;
  if (year < 0 || month < 1 || day < 1 || hour < 0 || minute < 0 || second < 0) return undefined;
  if (month > 12 || day > monthLength(year, month) || hour > 23 || minute > 59 || second > 60)
    return undefined;

  let position = 19;
  let milliseconds = 0;
  if (text[position] === '.') {
    const start = position + 1;
    position = start;
    while (digits(text, position, 1) >= 0) position += 1;
    if (position === start) return undefined;
    const kept = Math.min(3, position - start);
    milliseconds = digits(text, start, kept) * 10 ** (3 - kept);
  }
  const zone = zoneMinutes(text, position);
  if (zone === undefined) return undefined;

  const utc = Date.UTC(year, month - 1, day, hour, minute - zone, second, milliseconds);
  // Date.UTC takes the years 0 to 99 for 1900 to 1999.
  const time = year >= 100 ? utc : new Date(utc).setUTCFullYear(new Date(utc).getUTCFullYear() - 1900);
  if (second === 60 && new Date(time - 1000).toISOString().slice(11, 19) !== '23:59:59') return undefined;
  return time;
}
