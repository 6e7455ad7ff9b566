import type { ReactNode } from 'react';
import { useClock } from '../../live/clock.ts';
import { useSite } from '../../live/zone.ts';
import { bothZones, formatTime, zoneName, zoneOfSite } from '../../ui/formats.ts';
import { useWords } from '../../ui/i18n.ts';

/** The clock of the site with its zone, the other control centre's in a tooltip; under it who is at the desk. */
export const BannerClock = ({ children }: { readonly children?: ReactNode }) => {
  const { t, language } = useWords();
  const { wall } = useClock();
  const zone = zoneOfSite(useSite());
  return (
    <div className="banner-end">
      <div className="clock" title={bothZones(wall, language, zone)}>
        <span className="visually-hidden">{t('banner.clock')}</span>
        <time className="clock-time">{formatTime(wall, language, zone)}</time>{' '}
        <span className="secondary">{zoneName(wall, zone)}</span>
      </div>
      <div className="banner-person">{children}</div>
    </div>
  );
};
