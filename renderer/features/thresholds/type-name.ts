import { hasAdminKey } from '../../ui/i18n.ts';
import type { TranslateAdmin } from '../../ui/i18n.ts';

/** What people call a vehicle type; its code where there is no word for it. */
export const typeName = (code: string, t: TranslateAdmin): string => {
  const key = `vehicleType.${code}`;
  return hasAdminKey(key) ? t(key) : code;
};
