import type { Preferences } from '../../contract/results.ts';
import { en } from './en.ts';
import type { Texts } from './en.ts';
import { fr } from './fr.ts';

export type { Texts };
export type Language = Preferences['language'];

export const textsOf = (language: Language): Texts => (language === 'fr' ? fr : en);

/** Puts values in the place of their `{names}`; an unknown name stays visible. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
