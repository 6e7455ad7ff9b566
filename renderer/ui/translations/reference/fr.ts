import type { ReferenceTranslationKey } from './en.ts';

export const fr: Readonly<Record<ReferenceTranslationKey, string>> = {};
