/** Words of the admin window (its frame, users, workstations, audit log); only that window loads them. French has the same keys. */
export const en = {} as const;

export type PanelTranslationKey = keyof typeof en;
