import { useState } from 'react';
import { call } from '../../live/call.ts';
import { useReference } from '../../live/reference.ts';
import { useAdminWords } from '../../ui/i18n.ts';
import { Empty, Failed, Loading } from '../../ui/messages.tsx';
import { PanelPage } from '../../ui/panel/panel-page.tsx';
import { usePages } from '../../ui/panel/use-pages.ts';
import { CameraLinks } from './camera-links.tsx';
import { SettingCard } from './setting-card.tsx';
import { matchesSearch } from './setting-words.ts';
import './settings.css';

/** Settings that all workstations share, and what this one's configuration file fixes. */
export const SettingsPage = () => {
  const { t } = useAdminWords();
  const version = useReference('setting');
  const pages = usePages('settings', () => call('admin.listSettings', {}), { version });
  const [search, setSearch] = useState('');
  const shown = pages.rows.filter(({ key }) =>
    matchesSearch(search, key, t(`settings.name.${key}`), t(`settings.help.${key}`)),
  );
  return (
    <PanelPage
      title={t('page.settings')}
      intro={t('settings.intro')}
      testId="page-settings"
      tools={
        <label>
          {t('settings.search')}
          <input
            type="search"
            className="field"
            value={search}
            maxLength={64}
            data-testid="settings-search"
            onChange={(event) => setSearch(event.target.value)}
          />
        </label>
      }
    >
      {pages.rows.length === 0 ? (
        <div className="panel settings-state">
          {pages.phase === 'loading' && <Loading text={t('settings.loading')} />}
          {pages.phase === 'failed' && pages.error !== undefined && (
            <Failed title={t('settings.failed')} error={pages.error} retry={pages.retry} />
          )}
        </div>
      ) : (
        <div className="settings-list scroll" data-region="list">
          <ul>
            {shown.map((setting) => (
              <SettingCard
                key={setting.key}
                setting={setting}
                onConflict={pages.retry}
                onSaved={(saved) => pages.replace(({ key }) => key === saved.key, saved)}
              />
            ))}
            <CameraLinks search={search} />
          </ul>
          {shown.length === 0 && search.trim() !== '' && (
            <Empty title={t('settings.noMatch', { search: search.trim() })} />
          )}
        </div>
      )}
    </PanelPage>
  );
};
