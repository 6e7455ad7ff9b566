import { useDeferredValue, useState } from 'react';
import type { Role, User } from '../../../contract/domain.ts';
import { call } from '../../live/call.ts';
import { useReference } from '../../live/reference.ts';
import { useSession } from '../../live/session.ts';
import { useAdminWords } from '../../ui/i18n.ts';
import type { TranslateAdmin } from '../../ui/i18n.ts';
import { Empty } from '../../ui/messages.tsx';
import { DataTable } from '../../ui/panel/data-table.tsx';
import type { Column } from '../../ui/panel/data-table.tsx';
import { Moment } from '../../ui/panel/moment.tsx';
import { PanelPage } from '../../ui/panel/panel-page.tsx';
import { Split } from '../../ui/panel/split.tsx';
import { usePages } from '../../ui/panel/use-pages.ts';
import { isOwn } from './user-acts.ts';
import { UserDetail } from './user-detail.tsx';
import { UserRole, UserState } from './user-role.tsx';
import './users.css';

const roles = ['viewer', 'operator', 'supervisor', 'admin'] as const satisfies readonly Role[];

const columnsOf = (t: TranslateAdmin, ownSubject: string | undefined): readonly Column<User>[] => [
  {
    key: 'name',
    title: t('users.column.name'),
    cell: (user) => (
      <>
        {user.name}
        {isOwn(user, ownSubject) && <span className="secondary"> {t('users.you')}</span>}
        {user.email !== undefined && <span className="secondary user-email">{user.email}</span>}
      </>
    ),
  },
  { key: 'role', title: t('users.column.role'), rem: 11.5, cell: (user) => <UserRole user={user} /> },
  {
    key: 'seen',
    title: t('users.column.lastSeen'),
    rem: 10,
    cell: (user) =>
      user.lastLoginAt === undefined ? (
        <span className="secondary">{t('users.never')}</span>
      ) : (
        <Moment at={user.lastLoginAt} show="relative" />
      ),
  },
  {
    key: 'where',
    title: t('users.column.where'),
    rem: 8.5,
    minor: true,
    cell: (user) => user.lastWorkstation ?? '–',
  },
  { key: 'state', title: t('users.column.state'), rem: 8.5, cell: (user) => <UserState user={user} /> },
];

interface UsersPageProps {
  /** Opens the audit log at what this person did. */
  readonly onShowAudit?: ((person: string) => void) | undefined;
}

/** Who may do what: everybody who has signed in at least once. */
export const UsersPage = ({ onShowAudit }: UsersPageProps) => {
  const { t } = useAdminWords();
  const session = useSession();
  const version = useReference('user');
  const [typed, setTyped] = useState('');
  const [role, setRole] = useState<Role>();
  const search = useDeferredValue(typed.trim());
  const [selectedId, setSelectedId] = useState<string>();
  const pages = usePages<User>(
    JSON.stringify([search, role]),
    (cursor, limit) =>
      call('admin.listUsers', { cursor, limit, role, search: search === '' ? undefined : search }),
    { version },
  );
  const selected = pages.rows.find((user) => user.id === selectedId);
  const filtered = search !== '' || role !== undefined;
  return (
    <PanelPage
      title={t('page.users')}
      intro={t('users.intro')}
      testId="page-users"
      tools={
        <>
          <label>
            {t('users.search')}
            <input
              type="search"
              className="field user-search"
              value={typed}
              maxLength={64}
              data-testid="user-search"
              onChange={(event) => setTyped(event.target.value)}
            />
          </label>
          <label>
            {t('users.roleFilter')}
            <select
              className="select"
              value={role ?? ''}
              data-testid="user-role-filter"
              onChange={(event) => setRole(roles.find((each) => each === event.target.value))}
            >
              <option value="">{t('users.allRoles')}</option>
              {roles.map((each) => (
                <option key={each} value={each}>
                  {t(`role.${each}`)}
                </option>
              ))}
            </select>
          </label>
        </>
      }
    >
      <Split
        testId="user-detail"
        detailTitle={selected?.name ?? ''}
        onClose={() => setSelectedId(undefined)}
        list={
          <DataTable
            label={t('page.users')}
            testId="users"
            columns={columnsOf(t, session?.subject)}
            pages={pages}
            rowId={(user) => user.id}
            selectedId={selectedId}
            onSelect={setSelectedId}
            failed={t('users.failed')}
            leastRem={56}
            tone={(user) => (user.active && !user.pseudonymised ? undefined : 'quiet')}
            empty={
              filtered ? (
                <Empty title={t('list.noMatch')}>
                  <button
                    type="button"
                    className="button"
                    onClick={() => {
                      setTyped('');
                      setRole(undefined);
                    }}
                  >
                    {t('list.clearFilters')}
                  </button>
                </Empty>
              ) : (
                <Empty title={t('users.empty')}>{t('users.emptyText')}</Empty>
              )
            }
          />
        }
        detail={
          selected === undefined ? undefined : (
            <UserDetail
              key={selected.id}
              user={selected}
              onShowAudit={onShowAudit}
              onChanged={(user) => pages.replace((each) => each.id === user.id, user)}
            />
          )
        }
      />
    </PanelPage>
  );
};
