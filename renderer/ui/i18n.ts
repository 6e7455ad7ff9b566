import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import type { Language } from './formats.ts';
import { en } from './translations/en.ts';
import type { TranslationKey } from './translations/en.ts';
import { fr } from './translations/fr.ts';

type PluralKey<Key extends string> = Key extends `${infer Base}_other` ? Base : never;
/** A key of the translations; counted ones without their plural ending. */
export type Key = TranslationKey | PluralKey<TranslationKey>;

export type Translate = (key: Key, values?: Readonly<Record<string, string | number>>) => string;

export const startTranslations = async (language: Language): Promise<void> => {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: en }, fr: { translation: fr } },
    // Keys are flat and contain dots; React escapes what is shown.
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
  });
};

export const setLanguage = async (language: Language): Promise<void> => {
  await i18next.changeLanguage(language);
};

/** The words and the language of the moment; a component that uses it is drawn again when the language changes. */
export const useWords = (): { readonly t: Translate; readonly language: Language } => {
  const { t, i18n } = useTranslation();
  return { t: (key, values) => t(key, { ...values }), language: i18n.language === 'fr' ? 'fr' : 'en' };
};

export const hasKey = (key: string): key is TranslationKey => Object.hasOwn(en, key);
