import type { Role } from '../../../contract/domain.ts';
import { hasAdminKey, useAdminWords } from '../../ui/i18n.ts';

const roles: readonly string[] = ['viewer', 'operator', 'supervisor', 'admin'] satisfies Role[];
const roleFields: readonly string[] = ['role', 'claimedRole', 'roleOverride'];

/** A person's fields and values in words, for differences. */
export const useUserWords = () => {
  const { t } = useAdminWords();
  return {
    nameOf: (path: string): string | undefined => {
      const key = `users.field.${path}`;
      return hasAdminKey(key) ? t(key) : undefined;
    },
    textOf: (path: string, value: unknown): string | undefined => {
      if (typeof value === 'boolean') return t(value ? 'users.yes' : 'users.no');
      if (roleFields.includes(path) && typeof value === 'string' && roles.includes(value)) {
        const key = `role.${value}`;
        return hasAdminKey(key) ? t(key) : value;
      }
      return undefined;
    },
  };
};
