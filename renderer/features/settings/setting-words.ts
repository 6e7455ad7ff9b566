import type { SettingDefinition } from '../../../contract/settings.ts';

export type SettingProblem = 'not-a-number' | 'out-of-bounds';

/** A whole number inside the bounds; what is wrong with it otherwise. */
export const parseSetting = (
  text: string,
  { least, most }: Pick<SettingDefinition, 'least' | 'most'>,
): { readonly value: number } | { readonly problem: SettingProblem } => {
  if (!/^\d{1,9}$/.test(text.trim())) return { problem: 'not-a-number' };
  const value = Number(text.trim());
  return value < least || value > most ? { problem: 'out-of-bounds' } : { value };
};

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .toLowerCase();

/** Whether every word of the search is somewhere in the texts; accents and case do not count. */
export const matchesSearch = (search: string, ...texts: readonly string[]): boolean => {
  const all = plain(texts.join(' '));
  return plain(search)
    .split(/\s+/)
    .every((word) => all.includes(word));
};
