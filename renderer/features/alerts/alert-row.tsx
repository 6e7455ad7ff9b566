import { memo, useRef, useState } from 'react';
import type { Alert } from '../../../contract/domain.ts';
import { isUnacknowledged } from '../../live/alert-order.ts';
import { useDraft } from '../../live/drafts.ts';
import { useLiveActions } from '../../live/store.tsx';
import { useSite } from '../../live/zone.ts';
import { ActButton, ActReason } from '../../ui/act-button.tsx';
import { alertSubject, alertText, flashOf } from '../../ui/alert-text.ts';
import { bothZones, formatRecent, formatTime, formatTimeWithZone, zoneOfSite } from '../../ui/formats.ts';
import { hasKey, useWords } from '../../ui/i18n.ts';
import { StateMark } from '../../ui/state-mark.tsx';

const maximumComment = 2000;

interface AlertRowProps {
  readonly alert: Alert;
  readonly nested: boolean;
  readonly selected: boolean;
}

/** One alert; selected, it unfolds in place with guidance and a comment, no dialog. */
export const AlertRow = memo(({ alert, nested, selected }: AlertRowProps) => {
  const { t, language } = useWords();
  const { select, acknowledge, openCar } = useLiveActions();
  const [comment, setComment] = useDraft(`alert ${alert.id}`);
  const [working, setWorking] = useState(false);
  const main = useRef<HTMLButtonElement>(null);
  const zone = zoneOfSite(useSite());
  const waiting = isUnacknowledged(alert);
  const spring = alert.position?.length === 3 ? alert.position : undefined;
  const { passId, vehicleIndex } = alert;

  const acknowledgeNow = async (): Promise<void> => {
    setWorking(true);
    const done = await acknowledge(alert.id, comment);
    setWorking(false);
    if (!done) return;
    setComment('');
    // The button that had the focus goes; whoever works by keys stays on the line.
    main.current?.focus();
  };
  const show = (): void => select({ passId, vehicleIndex, position: spring, alertId: alert.id });
  const open = (): void => {
    show();
    if (passId !== undefined && vehicleIndex !== undefined) void openCar(passId, vehicleIndex, spring);
  };
  const guidance = `guidance.${alert.rule}`;

  return (
    <div
      className={nested ? 'alert alert-nested' : 'alert'}
      data-testid="alert-row"
      data-alert-id={alert.id}
      data-state={alert.state}
      data-severity={alert.severity}
      data-selected={selected}
    >
      <span className="alert-fold" />
      <StateMark state={alert.severity} flash={flashOf(alert)} />
      <button
        ref={main}
        type="button"
        className="alert-main"
        aria-expanded={selected}
        onClick={selected ? () => select({ alertId: undefined }) : show}
      >
        <span className="alert-subject">{nested ? '' : alertSubject(alert, t)}</span>
        <span className="alert-what">
          {alertText(alert, t, language)}
          {!waiting && alert.acknowledgedBy !== undefined && (
            <span className="secondary">
              {' '}
              ✓ {alert.provisional && (
                <span className="alert-provisional">{t('alerts.provisional')}</span>
              )}{' '}
              {t('alerts.acknowledgedBy', {
                who: alert.acknowledgedBy,
                when:
                  alert.acknowledgedAt === undefined ? '' : formatTime(alert.acknowledgedAt, language, zone),
              })}
            </span>
          )}
          {!alert.present && <span className="secondary"> · {t(`alertState.${alert.state}`)}</span>}
        </span>
        <time className="alert-time" title={bothZones(alert.raisedAt, language, zone)}>
          {formatRecent(alert.raisedAt, Date.now(), language, zone)}
        </time>
      </button>
      <span className="alert-acts">
        {waiting && (
          <ActButton
            act="acknowledge"
            strong
            working={working}
            testId="ack-button"
            onAct={() => void acknowledgeNow()}
          >
            {t('alerts.acknowledge')}
          </ActButton>
        )}
        {vehicleIndex !== undefined && (
          <button type="button" className="button" data-testid="alert-open" onClick={open}>
            {t('alerts.open')}
          </button>
        )}
      </span>
      {selected && (
        <div className="alert-more">
          <p>
            <span className="secondary">
              {t(`alertState.${alert.state}`)} · {formatTimeWithZone(alert.raisedAt, language, zone)}
            </span>
            {hasKey(guidance) && <> · {t(guidance)}</>}
          </p>
          {alert.comment !== undefined && <p>“{alert.comment}”</p>}
          {waiting && (
            <input
              type="text"
              className="field"
              value={comment}
              maxLength={maximumComment}
              placeholder={`${t('alerts.comment')} — Ctrl+Enter`}
              aria-label={t('alerts.comment')}
              data-testid="ack-comment"
              onChange={(event) => setComment(event.target.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter') return;
                // Also with Ctrl: here the comment goes along, the window's own key knows of none.
                event.stopPropagation();
                void acknowledgeNow();
              }}
            />
          )}
          {waiting && <ActReason act="acknowledge" />}
        </div>
      )}
    </div>
  );
});
