import type { User } from '../../../contract/domain.ts';
import { useAdminWords } from '../../ui/i18n.ts';

/** The role in force, and whether the provider or an administrator gave it: by a sign and in words. */
export const UserRole = ({ user }: { readonly user: User }) => {
  const { t } = useAdminWords();
  return (
    <span data-testid="user-role-shown">
      {t(`role.${user.role}`)}
      {user.roleOverride !== undefined && (
        <span className="secondary">
          {' '}
          <span aria-hidden="true">⚑</span> {t('users.overridden')}
        </span>
      )}
    </span>
  );
};

/** Whether the person may sign in. */
export const UserState = ({ user }: { readonly user: User }) => {
  const { t } = useAdminWords();
  const state = user.pseudonymised ? 'pseudonymised' : user.active ? 'active' : 'inactive';
  const signs = { active: '●', inactive: '⊘', pseudonymised: '∅' } as const;
  return (
    <span className="user-state" data-state={state} data-testid="user-state">
      <span aria-hidden="true">{signs[state]}</span> {t(`users.state.${state}`)}
    </span>
  );
};
