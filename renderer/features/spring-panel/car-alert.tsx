import type { Alert } from '../../../contract/domain.ts';
import { isUnacknowledged } from '../../live/alert-order.ts';
import { useLive, useLiveActions } from '../../live/store.tsx';
import { AcknowledgeForm } from '../../ui/alert-detail/acknowledge-form.tsx';
import { AlertDetail } from '../../ui/alert-detail/alert-detail.tsx';
import { knownText } from '../../ui/alert-detail/known-text.ts';
import { UndoButton } from '../../ui/alert-detail/undo-button.tsx';
import { alertText, alertValue, flashOf } from '../../ui/alert-text.ts';
import { formatRecent, formatTime, formatTimeWithZone, zoneOfSite } from '../../ui/formats.ts';
import { useWords } from '../../ui/i18n.ts';
import { StateMark } from '../../ui/state-mark.tsx';

interface CarAlertProps {
  readonly alert: Alert;
  readonly site: string;
  /** The spring's height now, Cmm: beside the value at the trigger when it has changed since. */
  readonly now?: number | undefined;
  /** With guidance, history and all that can be done; else one line that leads there. */
  readonly open: boolean;
}

/** An alert in the car view: handled here, without a dialog. */
export const CarAlert = ({ alert, site, now, open }: CarAlertProps) => {
  const { t, language } = useWords();
  const { select } = useLiveActions();
  const selected = useLive((state) => state.selection.alertId === alert.id);
  const shelved = useLive((state) => state.shelved.has(alert.id));
  const zone = zoneOfSite(site);
  const waiting = isUnacknowledged(alert);
  const owner = alert.owner ?? alert.acknowledgedBy;
  return (
    <section
      className="car-alert"
      data-testid="alert-row"
      data-alert-id={alert.id}
      data-state={alert.state}
      data-selected={selected}
    >
      <div className="car-alert-head">
        <StateMark state={alert.severity} flash={flashOf(alert)} />
        <span className="car-alert-what">
          <b>{alertText(alert, t, language)}</b>
          {alert.rule === 'height' && now !== undefined && now !== alert.value && (
            <span> · {t('alerts.now', { value: alertValue(alert, now, language) ?? '–' })}</span>
          )}
          <span className="secondary">
            {' '}
            · {t(`alertState.${alert.state}`)} · {formatTimeWithZone(alert.raisedAt, language, zone)}
          </span>
          {owner !== undefined && !waiting && (
            <span className="secondary">
              {' '}
              · <bdi>{owner}</bdi>
              {alert.acknowledgedAt !== undefined && `, ${formatTime(alert.acknowledgedAt, language, zone)}`}
            </span>
          )}
          {alert.provisional && <b> · {t('alerts.provisional')}</b>}
          {alert.known !== undefined && <span> · {knownText(alert.known, t, language, zone)}</span>}
          {shelved && alert.shelvedUntil !== undefined && (
            <b>
              {' '}
              · {t('shelf.short', { time: formatRecent(alert.shelvedUntil, Date.now(), language, zone) })}
            </b>
          )}
        </span>
        {!open && alert.position?.length === 3 && (
          <button type="button" className="button" onClick={() => select({ position: alert.position })}>
            {t('alerts.open')}
          </button>
        )}
      </div>
      {open && <AlertDetail alert={alert} zone={zone} />}
      {!open && waiting && <AcknowledgeForm alert={alert} />}
      {!open && !waiting && <UndoButton alertId={alert.id} />}
    </section>
  );
};
