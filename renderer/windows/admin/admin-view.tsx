import { Activity, Suspense, useEffect, useState } from 'react';
import type { Role } from '../../../contract/domain.ts';
import type { AdminPage } from '../../../contract/results.ts';
import { Banner } from '../../features/banner/banner.tsx';
import { HelpPanel } from '../../features/help/help-panel.tsx';
import { Preferences } from '../../features/preferences/preferences.tsx';
import { call } from '../../live/call.ts';
import { usePreferences } from '../../live/preferences.ts';
import { rolesAllow } from '../../live/roles.ts';
import { useSession } from '../../live/session.ts';
import { classes, isTextField } from '../../ui/dom.ts';
import { useAdminWords } from '../../ui/i18n.ts';
import { LibraryRoot } from '../../ui/library-root.tsx';
import { Loading } from '../../ui/messages.tsx';
import { focusNextRegion } from '../../ui/regions.ts';
import { useNarrow } from '../../ui/root-size.ts';
import { MissingRights } from './missing-rights.tsx';
import { Navigation } from './navigation.tsx';
import { PageContent } from './page-content.tsx';
import { firstPage, listedPages, roleOfPage } from './pages.ts';
import './admin.css';

type Panel = 'help' | 'preferences';

/** What administrators look after, page by page; the banner stays, because a control room is never blind. */
export const AdminView = ({ first }: { readonly first: AdminPage | undefined }) => {
  const { t } = useAdminWords();
  const { theme, size } = usePreferences();
  const session = useSession();
  const narrow = useNarrow();
  const allows = (role: Role): boolean => rolesAllow(session, role);
  const [page, setPage] = useState<AdminPage>(() => first ?? firstPage(allows));
  const [opened, setOpened] = useState<readonly AdminPage[]>([]);
  const [panel, setPanel] = useState<Panel>();
  const [wantedActor, setWantedActor] = useState<{ readonly actor: string }>();
  const toggle = (wanted: Panel): void => setPanel((before) => (before === wanted ? undefined : wanted));
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
      if (event.key === 'F1' || (event.key === '?' && !isTextField(event.target))) toggle('help');
      else if (event.key === 'F6') focusNextRegion(event.shiftKey);
      else return;
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
      <Banner title={t('window.admin')} panels={{ open: panel, onToggle: toggle }} />
      <div className="admin-body">
        <Navigation pages={listedPages(allows, page)} current={page} allows={allows} onChoose={choose} />
        <main className="admin-main">
          {!allowed && <MissingRights page={page} kept={opened.includes(page)} />}
          <LibraryRoot theme={theme} size={size}>
            {opened.map((each) => (
              <Activity key={each} mode={each === page && allowed ? 'visible' : 'hidden'}>
                <Suspense fallback={<Loading text={t('page.loading')} />}>
                  <PageContent
                    page={each}
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
            {panel === 'help' && <HelpPanel view="admin" onClose={() => setPanel(undefined)} />}
            {panel === 'preferences' && <Preferences onClose={() => setPanel(undefined)} />}
          </div>
        )}
      </div>
    </div>
  );
};
