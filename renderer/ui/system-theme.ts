import { useEffect, useState } from 'react';
import type { ThemeName } from './theme.ts';

const darkQuery = '(prefers-color-scheme: dark)';

/** The theme to show: the chosen one, or what the operating system says now. */
export const useThemeName = (chosen: ThemeName | 'system'): ThemeName => {
  const [dark, setDark] = useState(() => matchMedia(darkQuery).matches);
  useEffect(() => {
    const query = matchMedia(darkQuery);
    const listen = (): void => setDark(query.matches);
    query.addEventListener('change', listen);
    return () => query.removeEventListener('change', listen);
  }, []);
  if (chosen !== 'system') return chosen;
  return dark ? 'dark' : 'light';
};
