import { AlertTotals } from './alert-totals.tsx';
import { BannerClock } from './banner-clock.tsx';
import { Conditions } from './conditions.tsx';
import { Connections } from './connections.tsx';
import { NewestAlert } from './newest-alert.tsx';
import type { ReactNode } from 'react';
import { useWords } from '../../ui/i18n.ts';
import './banner.css';

/**
 * On top of every window and readable across the room: counts by severity, the newest unacknowledged alert,
 * links, database age, clock. `children` stand at its end (preferences, help).
 */
export const Banner = ({ title, children }: { readonly title: string; readonly children?: ReactNode }) => {
  const { t } = useWords();
  return (
    <header className="banner" data-testid="banner" aria-label={t('banner.label')}>
      <h1 className="visually-hidden">VICORE – {title}</h1>
      <div className="banner-row">
        <AlertTotals />
        <NewestAlert />
        <Connections />
        <BannerClock>{children}</BannerClock>
      </div>
      <Conditions />
    </header>
  );
};
