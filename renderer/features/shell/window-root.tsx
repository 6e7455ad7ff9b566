import { useEffect, useLayoutEffect } from 'react';
import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { preferences, startPreferences, usePreferences } from '../../live/preferences.ts';
import { setLanguage, startTranslations } from '../../ui/i18n.ts';
import type { Words } from '../../ui/i18n.ts';
import { useThemeName } from '../../ui/system-theme.ts';
import { applyTheme } from '../../ui/theme.ts';
import { CrashGuard } from './crash-guard.tsx';
import { Notices } from './notices.tsx';
import '../../ui/base.css';

const Themed = ({ children }: { readonly children: ReactNode }) => {
  const { theme, size, language } = usePreferences();
  const name = useThemeName(theme);
  useLayoutEffect(() => {
    applyTheme(document.documentElement, name, size);
  }, [name, size]);
  useEffect(() => {
    document.documentElement.lang = language;
    void setLanguage(language);
  }, [language]);
  return children;
};

/**
 * Starts a window: preferences and words first, then its picture, so that nothing flickers. `words`: what it needs
 * beside those of every window.
 */
export const startWindow = async (
  picture: () => ReactNode | Promise<ReactNode>,
  words: readonly Words[] = [],
): Promise<void> => {
  const element = document.getElementById('root');
  if (element === null) throw new Error('the window has no #root');
  await startPreferences(window.vicore);
  await startTranslations(preferences.getState().language, words);
  const children = await picture();
  createRoot(element).render(
    <Themed>
      <CrashGuard>{children}</CrashGuard>
      <Notices />
    </Themed>,
  );
};
