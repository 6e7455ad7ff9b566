import { useEffect } from 'react';
import { SetupForm } from '../../features/setup/setup-form.tsx';
import { setPreferences, usePreferences } from '../../live/preferences.ts';
import { LibraryRoot } from '../../ui/library-root.tsx';
import { useWords } from '../../ui/i18n.ts';

/** The window of a workstation without configuration. */
export const SetupView = () => {
  const { t } = useWords();
  const { language, theme, size } = usePreferences();
  useEffect(() => {
    document.title = `VICORE – ${t('window.setup')}`;
  });
  return (
    <main className="setup scroll" data-testid="setup-view">
      <div className="setup-inner">
        <div className="setup-head">
          <h1>{t('setup.title')}</h1>
          <span className="segments" role="group" aria-label={t('preferences.language')}>
            {(['en', 'fr'] as const).map((each) => (
              <button
                key={each}
                type="button"
                className="button"
                lang={each}
                aria-pressed={language === each}
                onClick={() => void setPreferences(window.vicore, { language: each })}
              >
                {each === 'en' ? 'English' : 'Français'}
              </button>
            ))}
          </span>
        </div>
        <p>{t('setup.intro')}</p>
        <LibraryRoot theme={theme} size={size}>
          <SetupForm />
        </LibraryRoot>
      </div>
    </main>
  );
};
