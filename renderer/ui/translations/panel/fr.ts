import type { PanelTranslationKey } from './en.ts';

export const fr: Readonly<Record<PanelTranslationKey, string>> = {};
