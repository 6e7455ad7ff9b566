import { hasAdminKey, useAdminWords } from '../../ui/i18n.ts';

/** Names of acts, things and roles as the log writes them; what has no name here is shown as it is written. */
export const useAuditWords = () => {
  const { t } = useAdminWords();
  const named = (key: string, value: string): string => (hasAdminKey(key) ? t(key) : value);
  return {
    action: (action: string): string => named(`audit.action.${action}`, action),
    entity: (entity: string): string => named(`audit.entity.${entity}`, entity),
    role: (role: string): string => named(`role.${role}`, role),
  };
};
