import { Activity, Suspense, lazy, useEffect, useState } from 'react';
import type { ComponentType } from 'react';
import type { Role } from '../../../contract/domain.ts';
import type { AdminPage } from '../../../contract/results.ts';
import { Banner } from '../../features/banner/banner.tsx';
import { Preferences } from '../../features/preferences/preferences.tsx';
import { call } from '../../live/call.ts';
import { usePreferences } from '../../live/preferences.ts';
import { rolesAllow } from '../../live/roles.ts';
import { useSession } from '../../live/session.ts';
import { classes } from '../../ui/dom.ts';
import { useAdminWords } from '../../ui/i18n.ts';
import { LibraryRoot } from '../../ui/library-root.tsx';
import { Loading } from '../../ui/messages.tsx';
import { focusNextRegion } from '../../ui/regions.ts';
import { useNarrow } from '../../ui/root-size.ts';
import { MissingRights } from './missing-rights.tsx';
import { Navigation } from './navigation.tsx';
import { firstPage, listedPages, roleOfPage } from './pages.ts';
import './admin.css';

/** Each page is loaded when it is first opened. */
const pages: Readonly<Record<AdminPage, ComponentType>> = {
  users: lazy(async () => ({ default: (await import('../../features/users/users-page.tsx')).UsersPage })),
  thresholds: lazy(async () => ({
    default: (await import('../../features/thresholds/thresholds-page.tsx')).ThresholdsPage,
  })),
  'vehicle-types': lazy(async () => ({
    default: (await import('../../features/vehicle-types/vehicle-types-page.tsx')).VehicleTypesPage,
  })),
  cameras: lazy(async () => ({
    default: (await import('../../features/sites/cameras-page.tsx')).CamerasPage,
  })),
  settings: lazy(async () => ({
    default: (await import('../../features/settings/settings-page.tsx')).SettingsPage,
  })),
  workstations: lazy(async () => ({
    default: (await import('../../features/workstations/workstations-page.tsx')).WorkstationsPage,
  })),
  audit: lazy(async () => ({ default: (await import('../../features/audit/audit-page.tsx')).AuditPage })),
};

/** What administrators look after, page by page; the banner stays, because a control room is never blind. */
export const AdminView = ({ first }: { readonly first: AdminPage | undefined }) => {
  const { t } = useAdminWords();
  const { theme, size } = usePreferences();
  const session = useSession();
  const narrow = useNarrow();
  const allows = (role: Role): boolean => rolesAllow(session, role);
  const [page, setPage] = useState<AdminPage>(() => first ?? firstPage(allows));
  const [opened, setOpened] = useState<readonly AdminPage[]>([]);
  const [preferencesShown, setPreferencesShown] = useState(false);
  const allowed = allows(roleOfPage[page]);

  useEffect(() => {
    document.title = `VICORE – ${t('window.admin')} – ${t(`page.${page}`)}`;
  });
  useEffect(
    () =>
      window.vicore.onContext((context) => {
        if (context.page !== undefined) setPage(context.page);
      }),
    [],
  );
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'F6') return;
      focusNextRegion(event.shiftKey);
      event.preventDefault();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, []);
  // A page opened once stays, hidden without effects, so that nothing entered is lost by looking at another one or
  // by rights that end.
  if (allowed && !opened.includes(page)) setOpened([...opened, page]);

  const choose = (next: AdminPage): void => {
    setPage(next);
    void call('windows.setContext', { page: next });
  };

  return (
    <div className={classes('admin', narrow && 'narrow')} data-testid="admin-view" data-page={page}>
      <Banner title={t('window.admin')}>
        <button
          type="button"
          className="button button-quiet"
          aria-expanded={preferencesShown}
          aria-label={t('preferences.title')}
          title={t('preferences.title')}
          data-testid="preferences-button"
          onClick={() => setPreferencesShown(!preferencesShown)}
        >
          ⚙
        </button>
      </Banner>
      <div className="admin-body">
        <Navigation pages={listedPages(allows, page)} current={page} allows={allows} onChoose={choose} />
        <main className="admin-main">
          {!allowed && <MissingRights page={page} kept={opened.includes(page)} />}
          <LibraryRoot theme={theme} size={size}>
            {opened.map((each) => {
              const Page = pages[each];
              return (
                <Activity key={each} mode={each === page && allowed ? 'visible' : 'hidden'}>
                  <Suspense fallback={<Loading text={t('page.loading')} />}>
                    <Page />
                  </Suspense>
                </Activity>
              );
            })}
          </LibraryRoot>
        </main>
        {preferencesShown && (
          <div className="admin-side" data-region="side">
            <Preferences onClose={() => setPreferencesShown(false)} />
          </div>
        )}
      </div>
    </div>
  );
};
