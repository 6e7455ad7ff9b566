import i18next from 'i18next';
import { useSyncExternalStore } from 'react';
import type { Language } from './formats.ts';
import { en } from './translations/en.ts';
import type { TranslationKey } from './translations/en.ts';
import { fr } from './translations/fr.ts';
import type { PanelTranslationKey } from './translations/panel/en.ts';
import type { ReferenceTranslationKey } from './translations/reference/en.ts';

type PluralKey<Key extends string> = Key extends `${infer Base}_other` ? Base : never;
type AdminTranslationKey = PanelTranslationKey | ReferenceTranslationKey;
/** A key of the translations; counted ones without their plural ending. */
export type Key = TranslationKey | PluralKey<TranslationKey>;
/** In the admin window: its own words as well. */
export type AdminKey = Key | AdminTranslationKey | PluralKey<AdminTranslationKey>;

type Translator<Known extends string> = (
  key: Known,
  values?: Readonly<Record<string, string | number>>,
) => string;
export type Translate = Translator<Key>;
/** Does for `Translate` too, not the other way round: other windows do not have these words. */
export type TranslateAdmin = Translator<AdminKey>;

/** The words of a part of the program, in both languages. */
export interface Words {
  readonly en: Readonly<Record<string, string>>;
  readonly fr: Readonly<Record<string, string>>;
}

interface InUse<Translating> {
  readonly t: Translating;
  readonly language: Language;
}

/** `more`: what only this kind of window has, so that the others do not load it. */
export const startTranslations = async (language: Language, more: readonly Words[] = []): Promise<void> => {
  const all = [{ en, fr }, ...more];
  await i18next.init({
    lng: language,
    fallbackLng: 'en',
    resources: {
      en: { translation: Object.fromEntries(all.flatMap((words) => Object.entries(words.en))) },
      fr: { translation: Object.fromEntries(all.flatMap((words) => Object.entries(words.fr))) },
    },
    // Keys are flat and contain dots; React escapes what is shown.
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
  });
};

export const setLanguage = async (language: Language): Promise<void> => {
  await i18next.changeLanguage(language);
};

const inUse = new Map<string, InUse<Translator<string>>>();

/** One translator a language; a text without values is looked up once: a window asks for hundreds with each change. */
const translator = (): InUse<Translator<string>> => {
  const language = i18next.language === 'fr' ? 'fr' : 'en';
  const known = inUse.get(language);
  if (known !== undefined) return known;
  const translate = i18next.getFixedT(language);
  const texts = new Map<string, string>();
  const t = (key: string, values?: Readonly<Record<string, string | number>>): string => {
    if (values !== undefined) return translate(key, { ...values });
    const text = texts.get(key) ?? translate(key);
    texts.set(key, text);
    return text;
  };
  const made = { t, language } as const;
  inUse.set(language, made);
  return made;
};

const onLanguage = (changed: () => void): (() => void) => {
  i18next.on('languageChanged', changed);
  return () => i18next.off('languageChanged', changed);
};

/** The same object until the language changes, so that what depends on it is not made anew. */
const useTranslator = (): InUse<Translator<string>> => useSyncExternalStore(onLanguage, translator);

/** The words and the language of the moment; a component that uses it is drawn again when the language changes. */
export const useWords = (): InUse<Translate> => useTranslator();

/** The same with the words of the admin window: for what is only ever shown there. */
export const useAdminWords = (): InUse<TranslateAdmin> => useTranslator();

export const hasKey = (key: string): key is TranslationKey => Object.hasOwn(en, key);

/** Whether this window has a text for a key that is made of a value; uncounted texts only. */
export const hasAdminKey = (key: string): key is AdminKey => i18next.exists(key);
