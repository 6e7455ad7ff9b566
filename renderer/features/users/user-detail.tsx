import { useState } from 'react';
import type { User } from '../../../contract/domain.ts';
import { useSession } from '../../live/session.ts';
import { useAdminWords } from '../../ui/i18n.ts';
import { Facts } from '../../ui/panel/facts.tsx';
import { Moment } from '../../ui/panel/moment.tsx';
import { actsFor, forbiddenToOneself, isOwn } from './user-acts.ts';
import type { UserActKind } from './user-acts.ts';
import { UserActForm } from './user-act-form.tsx';
import { UserRole, UserState } from './user-role.tsx';

interface UserDetailProps {
  readonly user: User;
  readonly onChanged: (user: User) => void;
  readonly onShowAudit: ((person: string) => void) | undefined;
}

/** One person: what is known, what can be done. */
export const UserDetail = ({ user, onChanged, onShowAudit }: UserDetailProps) => {
  const { t } = useAdminWords();
  const session = useSession();
  const own = isOwn(user, session?.subject);
  const [open, setOpen] = useState<UserActKind>();
  const acts = actsFor(user);
  const isBarred = (kind: UserActKind): boolean => own && forbiddenToOneself.includes(kind);
  const form = open !== undefined && acts.includes(open) ? open : undefined;
  return (
    <>
      {form !== undefined && (
        <UserActForm
          key={form}
          user={user}
          kind={form}
          onClose={() => setOpen(undefined)}
          onDone={(changed) => {
            setOpen(undefined);
            onChanged(changed);
          }}
        />
      )}
      <Facts
        facts={[
          { key: 'state', name: t('users.column.state'), value: <UserState user={user} /> },
          user.inactiveReason === undefined
            ? undefined
            : { key: 'inactive-reason', name: t('users.field.inactiveReason'), value: user.inactiveReason },
          { key: 'role', name: t('users.column.role'), value: <UserRole user={user} /> },
          {
            key: 'claimed',
            name: t('users.field.claimedRole'),
            value: t(`role.${user.claimedRole}`),
          },
          user.overrideReason === undefined
            ? undefined
            : { key: 'override-reason', name: t('users.field.overrideReason'), value: user.overrideReason },
          { key: 'email', name: t('users.field.email'), value: user.email ?? '–' },
          {
            key: 'last-login',
            name: t('users.column.lastSeen'),
            value: user.lastLoginAt === undefined ? t('users.never') : <Moment at={user.lastLoginAt} />,
          },
          { key: 'workstation', name: t('users.column.where'), value: user.lastWorkstation ?? '–' },
          {
            key: 'subject',
            name: t('users.field.subject'),
            value: <span title={t('users.subjectHelp')}>{user.subject}</span>,
          },
        ]}
      />
      <div className="user-acts" data-testid="user-acts">
        {acts.map((kind) => (
          <button
            key={kind}
            type="button"
            className="button"
            disabled={isBarred(kind)}
            aria-expanded={kind === form}
            data-testid={`user-${kind}`}
            onClick={() => setOpen(form === kind ? undefined : kind)}
          >
            {t(`users.act.${kind}.button`)}
          </button>
        ))}
        {onShowAudit !== undefined && (
          <button
            type="button"
            className="button"
            data-testid="user-audit"
            onClick={() => onShowAudit(user.name)}
          >
            {t('users.showAudit')}
          </button>
        )}
      </div>
      {own && <p className="secondary">{t('users.own')}</p>}
      {user.pseudonymised && <p className="secondary">{t('users.pseudonymisedText')}</p>}
    </>
  );
};
