/** Words of the admin window (thresholds, vehicle types, cameras, settings); only that window loads them. French has the same keys. */
export const en = {} as const;

export type ReferenceTranslationKey = keyof typeof en;
