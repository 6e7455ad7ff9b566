import type { ReactNode } from 'react';
import { useClock } from '../../live/clock.ts';
import { useLive } from '../../live/store.tsx';
import { useSite } from '../../live/zone.ts';
import { bothZones, formatTime, zoneName, zoneOfSite } from '../../ui/formats.ts';
import { useWords } from '../../ui/i18n.ts';

/** The clock of the site with its zone, the other control centre's in a tooltip, and who is at the desk. */
export const BannerClock = ({ children }: { readonly children?: ReactNode }) => {
  const { t, language } = useWords();
  const { wall } = useClock();
  const zone = zoneOfSite(useSite());
  const session = useLive((state) => state.session);
  return (
    <div className="banner-end">
      <div className="clock" title={bothZones(wall, language, zone)}>
        <span className="visually-hidden">{t('banner.clock')}</span>
        <time className="clock-time">{formatTime(wall, language, zone)}</time>{' '}
        <span className="secondary">{zoneName(wall, zone)}</span>
      </div>
      <div className="banner-person">
        {session !== undefined && (
          <span className="secondary operator" title={t(`role.${session.role}`)} data-testid="operator">
            {session.name}
          </span>
        )}
        {children}
      </div>
    </div>
  );
};
