import { useMemo, useRef, useState } from 'react';
import type { Alert } from '../../../contract/domain.ts';
import { isUnacknowledged, newestUnacknowledged } from '../../live/alert-order.ts';
import { useLive, useLiveActions } from '../../live/store.tsx';
import { useSite } from '../../live/zone.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { UndoButton } from '../../ui/alert-detail/undo-button.tsx';
import { alertSubject, alertText, flashOf } from '../../ui/alert-text.ts';
import { classes } from '../../ui/dom.ts';
import { bothZones, formatRecent, formatTime, zoneOfSite } from '../../ui/formats.ts';
import { useWords } from '../../ui/i18n.ts';
import { StateMark } from '../../ui/state-mark.tsx';

/** More characters than fit beside the rest in large type: smaller, but whole. */
const longText = 26;

const doublePressMs = 600;

/** What was acknowledged here last has left the banner: the way to take it back stays a while, with its name. */
const Undo = ({ alert }: { readonly alert: Alert | undefined }) => {
  const { t, language } = useWords();
  if (alert === undefined) return undefined;
  return (
    <UndoButton
      alertId={alert.id}
      testId="banner-undo"
      label={`${alertSubject(alert, t)} ${alertText(alert, t, language)}`}
    />
  );
};

/**
 * The newest unacknowledged alert of the worst severity with its two buttons. While pointer or focus is on it, it stays the same alert:
 * nobody acknowledges one that slid under the cursor.
 */
export const NewestAlert = () => {
  const { t, language } = useWords();
  const { acknowledge, openCar, select } = useLiveActions();
  const alerts = useLive((state) => state.alerts);
  const shelved = useLive((state) => state.shelved);
  const newest = useMemo(() => newestUnacknowledged(alerts.values(), shelved), [alerts, shelved]);
  const [heldId, setHeldId] = useState<string>();
  const pressedAt = useRef(-doublePressMs);
  const [undoable, setUndoable] = useState<Alert>();
  const held = useLive((state) => (heldId === undefined ? undefined : state.alerts.get(heldId)));
  const counts = useLive((state) => state.counts);
  const zone = zoneOfSite(useSite());
  const alert = held !== undefined && isUnacknowledged(held) ? held : newest;
  if (alert === undefined) {
    return (
      <div className="newest newest-none secondary" data-testid="banner-newest">
        {t('banner.none')}
        <Undo alert={undoable} />
      </div>
    );
  }
  const text = alertText(alert, t, language);
  const others = counts.criticalUnacknowledged + counts.warningUnacknowledged - 1;
  const acknowledgeThis = async (): Promise<void> => {
    // The second press of a double click is not meant for the alert that has just come under it.
    if (performance.now() - pressedAt.current < doublePressMs) return;
    pressedAt.current = performance.now();
    if (await acknowledge(alert.id)) setUndoable(alert);
  };
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
        <div className={classes('newest-what', text.length > longText && 'newest-long')}>{text}</div>
        <div className="newest-where">
          <span>{alertSubject(alert, t)}</span>
          <time title={bothZones(alert.raisedAt, language, zone)}>
            {formatRecent(alert.raisedAt, Date.now(), language, zone)}
          </time>
          {alert.escalatedAt !== undefined && (
            <b data-testid="banner-escalated">
              ▲▲ {t('alerts.escalated', { time: formatTime(alert.escalatedAt, language, zone) })}
            </b>
          )}
          {others > 0 && <span className="secondary">{t('banner.more', { count: others })}</span>}
          <Undo alert={undoable} />
        </div>
      </div>
      <div className="newest-acts">
        <button type="button" className="button" data-testid="banner-open" onClick={open}>
          {t('alerts.open')}
        </button>
        <ActButton act="acknowledge" strong testId="banner-acknowledge" onAct={() => void acknowledgeThis()}>
          {t('alerts.acknowledge')}
        </ActButton>
      </div>
    </div>
  );
};
