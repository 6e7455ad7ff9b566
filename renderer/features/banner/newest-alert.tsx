import { useState } from 'react';
import { isUnacknowledged, newestUnacknowledged } from '../../live/alert-order.ts';
import { useLive, useLiveActions } from '../../live/store.tsx';
import { useSite } from '../../live/zone.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { alertSubject, alertText, flashOf } from '../../ui/alert-text.ts';
import { bothZones, formatRecent, zoneOfSite } from '../../ui/formats.ts';
import { useWords } from '../../ui/i18n.ts';
import { StateMark } from '../../ui/state-mark.tsx';

/**
 * The newest unacknowledged alert with its two buttons. While pointer or focus is on it, it stays the same alert:
 * nobody acknowledges one that slid under the cursor.
 */
export const NewestAlert = () => {
  const { t, language } = useWords();
  const { acknowledge, openCar, select } = useLiveActions();
  const newest = useLive((state) => newestUnacknowledged(state.alerts.values()));
  const [heldId, setHeldId] = useState<string>();
  const held = useLive((state) => (heldId === undefined ? undefined : state.alerts.get(heldId)));
  const counts = useLive((state) => state.counts);
  const zone = zoneOfSite(useSite());
  const alert = held !== undefined && isUnacknowledged(held) ? held : newest;
  if (alert === undefined) {
    return (
      <div className="newest newest-none secondary" data-testid="banner-newest">
        {t('banner.none')}
      </div>
    );
  }
  const others = counts.criticalUnacknowledged + counts.warningUnacknowledged - 1;
  const open = (): void => {
    const { passId, vehicleIndex, position } = alert;
    const spring = position !== undefined && position.length === 3 ? position : undefined;
    select({ passId, vehicleIndex, position: spring, alertId: alert.id });
    if (passId !== undefined && vehicleIndex !== undefined) void openCar(passId, vehicleIndex, spring);
  };
  return (
    <div
      className="newest"
      data-testid="banner-newest"
      data-severity={alert.severity}
      onPointerEnter={() => setHeldId(alert.id)}
      onPointerLeave={() => setHeldId(undefined)}
      onFocus={() => setHeldId(alert.id)}
      onBlur={() => setHeldId(undefined)}
    >
      <StateMark state={alert.severity} flash={flashOf(alert)} className="newest-mark" />
      <div className="newest-words">
        <div className="newest-what">{alertText(alert, t, language)}</div>
        <div className="newest-where">
          <span>{alertSubject(alert, t)}</span>
          <time title={bothZones(alert.raisedAt, language, zone)}>
            {formatRecent(alert.raisedAt, Date.now(), language, zone)}
          </time>
          {others > 0 && <span className="secondary">{t('banner.more', { count: others })}</span>}
        </div>
      </div>
      <div className="newest-acts">
        <button type="button" className="button" data-testid="banner-open" onClick={open}>
          {t('alerts.open')}
        </button>
        <ActButton
          act="acknowledge"
          strong
          testId="banner-acknowledge"
          onAct={() => void acknowledge(alert.id)}
        >
          {t('alerts.acknowledge')}
        </ActButton>
      </div>
    </div>
  );
};
