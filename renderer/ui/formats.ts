import type { SiteName, Vehicle, VehicleEnd } from '../../contract/domain.ts';

export type Language = 'en' | 'fr';

/** Time zones of the two control centres' sites; a site we do not know shows the workstation's configured zone. */
const siteZones: Readonly<Record<string, string>> = {
  folkestone: 'Europe/London',
  coquelles: 'Europe/Paris',
};

let configuredZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

export const workstationZone = (): string => configuredZone;

/** From the configuration, as the status tells it. */
export const setWorkstationZone = (zone: string): void => {
  configuredZone = zone;
};

let siteNames: readonly SiteName[] = [];

/** As admins named them and set their clocks, as the status tells it. */
export const setSiteNames = (names: readonly SiteName[]): void => {
  siteNames = names;
};

/** What people call a site's track; the stream's own words where nobody named it. */
export const nameOfSite = (site: string, siteTrack: string): string =>
  siteNames.find((each) => each.site === site && each.track === siteTrack)?.name ?? site;

export const zoneOfSite = (site: string | undefined): string => {
  const given = siteNames.find((each) => each.site === site && each.timeZone !== undefined)?.timeZone;
  if (given !== undefined) return given;
  const name = (site ?? '').toLowerCase();
  return Object.entries(siteZones).find(([known]) => name.startsWith(known))?.[1] ?? configuredZone;
};

/** The zone to show in a tooltip beside `zone`: the other control centre's. */
export const otherZone = (zone: string): string =>
  zone === 'Europe/London' ? 'Europe/Paris' : 'Europe/London';

const locales: Readonly<Record<Language, string>> = { en: 'en-GB', fr: 'fr-FR' };
const formatters = new Map<string, Intl.DateTimeFormat>();

const formatter = (language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = `${language}${JSON.stringify(options)}`;
  const known = formatters.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(locales[language], options);
  formatters.set(key, made);
  return made;
};

/** `09:14:31`; times without a written zone stand in columns whose heading names it. */
export const formatTime = (at: number, language: Language, zone: string): string =>
  formatter(language, { hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone: zone }).format(at);

export const formatShortTime = (at: number, language: Language, zone: string): string =>
  formatter(language, { hour: '2-digit', minute: '2-digit', timeZone: zone }).format(at);

/** `GMT`, `BST`, `CET`, `CEST`: the names both control centres use; French locale data would say `UTC+1`. */
export const zoneName = (at: number, zone: string): string =>
  formatter('en', { timeZoneName: 'short', timeZone: zone })
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName')?.value ?? zone;

export const formatTimeWithZone = (at: number, language: Language, zone: string): string =>
  `${formatTime(at, language, zone)} ${zoneName(at, zone)}`;

/** `21 Nov 2026, 09:14:31 CET`. */
export const formatMoment = (at: number, language: Language, zone: string): string => {
  const date = formatter(language, { day: 'numeric', month: 'short', year: 'numeric', timeZone: zone });
  return `${date.format(at)}, ${formatTimeWithZone(at, language, zone)}`;
};

export const formatDay = (at: number, language: Language, zone: string): string =>
  formatter(language, { day: 'numeric', month: 'short', timeZone: zone }).format(at);

/** Whether it was on another day, by the zone's calendar. */
export const isOtherDay = (at: number, now: number, zone: string): boolean => {
  const day = formatter('en', { day: 'numeric', month: 'numeric', year: 'numeric', timeZone: zone });
  return day.format(at) !== day.format(now);
};

/** `09:14:31` of today; `20 Nov 15:27` of another day, which a time alone would hide. */
export const formatRecent = (at: number, now: number, language: Language, zone: string): string =>
  isOtherDay(at, now, zone)
    ? `${formatDay(at, language, zone)} ${formatShortTime(at, language, zone)}`
    : formatTime(at, language, zone);

/** The same moment in the site's zone and in the other control centre's: for tooltips. */
export const bothZones = (at: number, language: Language, zone: string): string =>
  `${formatMoment(at, language, zone)}\n${formatMoment(at, language, otherZone(zone))}`;

const numberFormatters = new Map<string, Intl.NumberFormat>();

/** Made once: making one takes longer than the row it is for. */
const numberFormatter = (language: Language, decimals: number): Intl.NumberFormat => {
  const key = `${language}${decimals}`;
  const known = numberFormatters.get(key);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat(locales[language], {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  numberFormatters.set(key, made);
  return made;
};

export const formatNumber = (value: number, language: Language, decimals = 0): string =>
  numberFormatter(language, decimals).format(value);

const ordinalRules = new Intl.PluralRules('en-GB', { type: 'ordinal' });
const ordinalEndings = { zero: 'th', one: 'st', two: 'nd', few: 'rd', many: 'th', other: 'th' } as const;

/** `4th`; French `4e` (the feminine and masculine first are never needed: what is counted happened before). */
export const formatOrdinal = (value: number, language: Language): string =>
  language === 'fr' ? `${value}e` : `${value}${ordinalEndings[ordinalRules.select(value)]}`;

/** Hundredths of a millimetre as millimetres with one decimal: `228.4`, `228,4`. */
export const formatMillimetres = (cmm: number, language: Language): string =>
  formatNumber(cmm / 100, language, 1);

/** With sign and a real minus: `−29.4`, `+0.3`; `0.0` has none. */
export const formatDifference = (cmm: number, language: Language): string => {
  const text = formatMillimetres(Math.abs(cmm), language);
  if (/^[0.,]+$/.test(text)) return text;
  return `${cmm < 0 ? '−' : '+'}${text}`;
};

export const formatConfidence = (confidence: number, language: Language): string =>
  formatNumber(confidence, language, 2);

/** `0.4 s`, `35 s`, `12 min`, `3 h 05`: ages as a person reads them. */
export const formatAge = (milliseconds: number, language: Language): string => {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 10) return `${formatNumber(seconds, language, 1)} s`;
  if (seconds < 100) return `${Math.floor(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 100) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`;
};

const sideLetters: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: { L: 'L', R: 'R' },
  fr: { L: 'G', R: 'D' },
};

/** `L`/`R` in English, `G`/`D` in French (docs/domain.md, positions). */
const sideLetter = (side: string, language: Language): string => sideLetters[language][side] ?? side;

const runningWords: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: { L: 'left', R: 'right', a: 'lead', b: 'trail' },
  fr: { L: 'gauche', R: 'droite', a: 'avant', b: 'arrière' },
};

/**
 * The code of a spring or of a pair for people. Identified vehicles: fixed code, `3Rb` (French `3Db`).
 * Unidentified vehicles are stored as if end A led, so their running coordinates follow from the code: `3·right·trail`.
 */
export const formatPosition = (position: string, language: Language, identified = true): string => {
  if (position === 'left' || position === 'right') {
    return runningWords[language][position === 'left' ? 'L' : 'R'] ?? position;
  }
  const [axle = '', ...letters] = position;
  if (identified) return axle + letters.map((letter) => sideLetter(letter, language)).join('');
  return [axle, ...letters.map((letter) => runningWords[language][letter] ?? letter)].join('·');
};

/** What the running side at the top or bottom of the picture is called on this vehicle. */
export const sideName = (
  row: 'top' | 'bottom',
  vehicle: Pick<Vehicle, 'identified' | 'leadingEnd'>,
  language: Language,
): string => {
  const running = row === 'top' ? 'R' : 'L';
  if (!vehicle.identified) return runningWords[language][running] ?? running;
  const opposite = running === 'L' ? 'R' : 'L';
  return sideLetter(vehicle.leadingEnd === 'B' ? opposite : running, language);
};

export const trailingEnd = (leadingEnd: VehicleEnd | undefined): VehicleEnd =>
  leadingEnd === 'B' ? 'A' : 'B';

/** `1` → `01`: train tiles line up. */
export const twoDigits = (value: number): string => String(value).padStart(2, '0');
