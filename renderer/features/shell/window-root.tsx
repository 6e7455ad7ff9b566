import createCache from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import { ThemeProvider } from '@mui/material/styles';
import { useEffect, useLayoutEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { preferences, startPreferences, usePreferences } from '../../live/preferences.ts';
import { setLanguage, startTranslations } from '../../ui/i18n.ts';
import { createMuiTheme } from '../../ui/mui-theme.ts';
import { applyTheme } from '../../ui/theme.ts';
import type { ThemeName } from '../../ui/theme.ts';
import { CrashGuard } from './crash-guard.tsx';
import { Notices } from './notices.tsx';
import '../../ui/base.css';

const darkQuery = '(prefers-color-scheme: dark)';

const useSystemTheme = (): ThemeName => {
  const [dark, setDark] = useState(() => matchMedia(darkQuery).matches);
  useEffect(() => {
    const query = matchMedia(darkQuery);
    const listen = (): void => setDark(query.matches);
    query.addEventListener('change', listen);
    return () => query.removeEventListener('change', listen);
  }, []);
  return dark ? 'dark' : 'light';
};

/** The style nonce of this response, put there by the shell; the CSP allows no other style element. */
const styleNonce = (): string | undefined =>
  document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;

const cache = createCache({ key: 'vicore', nonce: styleNonce() });

const Themed = ({ children }: { readonly children: ReactNode }) => {
  const { theme, size, language } = usePreferences();
  const system = useSystemTheme();
  const name = theme === 'system' ? system : theme;
  const muiTheme = useMemo(() => createMuiTheme(name, size), [name, size]);
  useLayoutEffect(() => {
    applyTheme(document.documentElement, name, size);
  }, [name, size]);
  useEffect(() => {
    document.documentElement.lang = language;
    void setLanguage(language);
  }, [language]);
  return (
    <CacheProvider value={cache}>
      <ThemeProvider theme={muiTheme}>{children}</ThemeProvider>
    </CacheProvider>
  );
};

/** Starts a window: preferences and words first, then its picture, so that nothing flickers. */
export const startWindow = async (picture: () => ReactNode | Promise<ReactNode>): Promise<void> => {
  const element = document.getElementById('root');
  if (element === null) throw new Error('the window has no #root');
  await startPreferences(window.vicore);
  await startTranslations(preferences.getState().language);
  const children = await picture();
  createRoot(element).render(
    <Themed>
      <CrashGuard>{children}</CrashGuard>
      <Notices />
    </Themed>,
  );
};
