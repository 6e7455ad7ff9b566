import type { Language } from '../../ui/formats.ts';

const locales: Readonly<Record<Language, string>> = { en: 'en-GB', fr: 'fr-FR' };

/** `Nov 2026`, `nov. 2026`. */
export const monthName = (at: number, language: Language, zone: string): string =>
  new Intl.DateTimeFormat(locales[language], { month: 'short', year: 'numeric', timeZone: zone }).format(at);
