import { Activity, Suspense, useEffect, useState } from 'react';
import type { Role } from '../../../contract/domain.ts';
import type { AdminPage } from '../../../contract/results.ts';
import { Banner } from '../../features/banner/banner.tsx';
import { HelpPanel } from '../../features/help/help-panel.tsx';
import { Preferences } from '../../features/preferences/preferences.tsx';
import { useWindowFrame } from '../../features/shell/window-frame.ts';
import { call } from '../../live/call.ts';
import { usePreferences } from '../../live/preferences.ts';
import { rolesAllow } from '../../live/roles.ts';
import { useSession } from '../../live/session.ts';
import { useAdminWords } from '../../ui/i18n.ts';
import { LibraryRoot } from '../../ui/library-root.tsx';
import { Loading } from '../../ui/messages.tsx';
import { MissingRights } from './missing-rights.tsx';
import { Navigation } from './navigation.tsx';
import { PageContent } from './page-content.tsx';
import { firstPage, listedPages, roleOfPage } from './pages.ts';
import './admin.css';

interface OpenedPage {
  readonly page: AdminPage;
  /** The subject of whoever opened it. */
  readonly owner: string;
}

/** What administrators look after, page by page; the banner stays, because a control room is never blind. */
export const AdminView = ({ first }: { readonly first: AdminPage | undefined }) => {
  const { t } = useAdminWords();
  const { theme, size } = usePreferences();
  const session = useSession();
  const { panel, toggle, close, className } = useWindowFrame('admin', () => false);
  const allows = (role: Role): boolean => rolesAllow(session, role);
  const [page, setPage] = useState<AdminPage>(() => first ?? firstPage(allows));
  const [opened, setOpened] = useState<readonly OpenedPage[]>([]);
  const [wantedActor, setWantedActor] = useState<{ readonly actor: string }>();
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
  // A page opened once stays, hidden without effects, so that nothing entered is lost by looking at another one or by
  // rights that end. Words belong to who wrote them: whoever comes next begins with pages of their own.
  const owner = session?.subject ?? '';
  const isShown = (each: OpenedPage): boolean => each.page === page && each.owner === owner;
  if (allowed && !opened.some(isShown)) setOpened([...opened, { page, owner }]);

  const choose = (next: AdminPage): void => {
    setPage(next);
    void call('windows.setContext', { page: next });
  };

  return (
    <div className={className} data-testid="admin-view" data-page={page}>
      <Banner title={t('window.admin')} panels={{ open: panel, onToggle: toggle }} />
      <div className="admin-body">
        <Navigation pages={listedPages(allows, page)} current={page} allows={allows} onChoose={choose} />
        <main className="admin-main">
          {!allowed && <MissingRights page={page} kept={opened.some(isShown)} />}
          <LibraryRoot theme={theme} size={size}>
            {opened.map((each) => (
              <Activity
                key={`${each.page} ${each.owner}`}
                mode={allowed && isShown(each) ? 'visible' : 'hidden'}
              >
                <Suspense fallback={<Loading text={t('page.loading')} />}>
                  <PageContent
                    page={each.page}
                    wantedActor={wantedActor}
                    onShowAudit={(actor) => {
                      setWantedActor({ actor });
                      choose('audit');
                    }}
                  />
                </Suspense>
              </Activity>
            ))}
          </LibraryRoot>
        </main>
        {panel !== undefined && (
          <div className="admin-side" data-region="side">
            {panel === 'help' && <HelpPanel view="admin" onClose={close} />}
            {panel === 'preferences' && <Preferences onClose={close} />}
          </div>
        )}
      </div>
    </div>
  );
};
