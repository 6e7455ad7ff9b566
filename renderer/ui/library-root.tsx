import createCache from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import { ThemeProvider } from '@mui/material/styles';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { createMuiTheme } from './mui-theme.ts';
import { useThemeName } from './system-theme.ts';
import type { SizeName, ThemeName } from './theme.ts';

/** The style nonce of this response, put there by the shell; the CSP allows no other style element. */
const styleNonce = (): string | undefined =>
  document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;

const cache = createCache({ key: 'vicore', nonce: styleNonce() });

interface LibraryRootProps {
  readonly theme: ThemeName | 'system';
  readonly size: SizeName;
  readonly children: ReactNode;
}

/**
 * Around what uses the component library (forms and preferences). The live views do without it, so a window paints
 * its picture before the library is loaded.
 */
export const LibraryRoot = ({ theme, size, children }: LibraryRootProps) => {
  const name = useThemeName(theme);
  const muiTheme = useMemo(() => createMuiTheme(name, size), [name, size]);
  return (
    <CacheProvider value={cache}>
      <ThemeProvider theme={muiTheme}>{children}</ThemeProvider>
    </CacheProvider>
  );
};
