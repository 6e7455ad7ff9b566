import { useState } from 'react';
import type { Alert } from '../../../contract/domain.ts';
import { isUnacknowledged } from '../../live/alert-order.ts';
import { call } from '../../live/call.ts';
import { useDraft } from '../../live/drafts.ts';
import { useLive, useLiveActions } from '../../live/store.tsx';
import { ActButton, ActReason } from '../../ui/act-button.tsx';
import { alertText, alertValue, flashOf } from '../../ui/alert-text.ts';
import { useAsk } from '../../ui/ask.ts';
import { bothZones, formatTime, formatTimeWithZone, zoneOfSite } from '../../ui/formats.ts';
import { hasKey, useWords } from '../../ui/i18n.ts';
import type { Translate } from '../../ui/i18n.ts';
import { StateMark } from '../../ui/state-mark.tsx';

const maximumComment = 2000;

/** A person by name, the analysis in the reader's language; what the system does by itself needs no name. */
const actorName = (actor: string, t: Translate): string | undefined => {
  if (actor === 'system' || actor === '') return undefined;
  return actor === 'analysis' ? t('event.analysis') : actor;
};

const History = ({ alert, zone }: { readonly alert: Alert; readonly zone: string }) => {
  const { t, language } = useWords();
  const key = `history ${alert.id} ${alert.state} ${alert.severity} ${alert.acknowledgedAt ?? ''} ${alert.comment ?? ''}`;
  const asked = useAsk(key, () => call('alerts.get', { alertId: alert.id }), true);
  if (asked.kind === 'loading') return <p className="secondary">{t('alerts.historyLoading')}</p>;
  if (asked.kind === 'failed') {
    return (
      <p>
        {t('alerts.historyFailed')}{' '}
        <button type="button" className="button" onClick={asked.retry}>
          {t('error.retry')}
        </button>
      </p>
    );
  }
  return (
    <ol className="history" aria-label={t('alerts.history')}>
      {asked.value.events.map((event) => {
        const kind = `event.${event.kind}`;
        const comment = event.details['comment'];
        const actor = actorName(event.actor, t);
        return (
          <li key={`${event.at} ${event.kind} ${event.actor}`}>
            <time title={bothZones(event.at, language, zone)}>{formatTime(event.at, language, zone)}</time>
            <span>
              {hasKey(kind) ? t(kind) : event.kind}
              {actor !== undefined && ` · ${actor}`}
              <span className="secondary"> · {event.workstation}</span>
              {typeof comment === 'string' && comment !== '' && ` · “${comment}”`}
            </span>
          </li>
        );
      })}
    </ol>
  );
};

interface CarAlertProps {
  readonly alert: Alert;
  readonly site: string;
  /** The spring's height now, Cmm: beside the value at the trigger when it has changed since. */
  readonly now?: number | undefined;
  /** With guidance, history and comment; else one line that unfolds. */
  readonly open: boolean;
}

/** An alert in the car view: acknowledged here, with a comment, without a dialog. */
export const CarAlert = ({ alert, site, now, open }: CarAlertProps) => {
  const { t, language } = useWords();
  const { acknowledge, comment: addComment, select } = useLiveActions();
  const selected = useLive((state) => state.selection.alertId === alert.id);
  const [comment, setComment] = useDraft(`alert ${alert.id}`);
  const [working, setWorking] = useState(false);
  const zone = zoneOfSite(site);
  const waiting = isUnacknowledged(alert);
  const guidance = `guidance.${alert.rule}`;
  /** What waits is acknowledged with the comment; afterwards a comment can still be added. */
  const send = async (): Promise<void> => {
    setWorking(true);
    if (await (waiting ? acknowledge(alert.id, comment) : addComment(alert.id, comment))) setComment('');
    setWorking(false);
  };
  const act = waiting ? 'acknowledge' : 'comment';
  const nothing = !waiting && comment.trim() === '';
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
          {alert.acknowledgedBy !== undefined && !waiting && (
            <span className="secondary">
              {' '}
              · {alert.acknowledgedBy}
              {alert.acknowledgedAt !== undefined && `, ${formatTime(alert.acknowledgedAt, language, zone)}`}
            </span>
          )}
          {alert.provisional && <b> · {t('alerts.provisional')}</b>}
        </span>
        {!open && alert.position?.length === 3 && (
          <button type="button" className="button" onClick={() => select({ position: alert.position })}>
            {t('alerts.open')}
          </button>
        )}
      </div>
      {open && hasKey(guidance) && <p className="car-alert-guidance">{t(guidance)}</p>}
      {alert.comment !== undefined && alert.comment !== '' && <p>“{alert.comment}”</p>}
      {(waiting || open) && (
        <form
          className="car-alert-acknowledge"
          onSubmit={(event) => {
            event.preventDefault();
            if (!nothing) void send();
          }}
        >
          <input
            type="text"
            className="field"
            value={comment}
            maxLength={maximumComment}
            placeholder={t(waiting ? 'alerts.comment' : 'alerts.commentLater')}
            aria-label={t(waiting ? 'alerts.comment' : 'alerts.commentLater')}
            data-testid={waiting ? 'ack-comment' : 'comment'}
            onChange={(event) => setComment(event.target.value)}
          />
          <ActButton
            act={act}
            strong={waiting}
            working={working || nothing}
            testId={waiting ? 'ack-button' : 'comment-button'}
          >
            {t(waiting ? 'alerts.acknowledge' : 'alerts.addComment')}
          </ActButton>
        </form>
      )}
      {(waiting || open) && <ActReason act={act} />}
      {open && <History alert={alert} zone={zone} />}
    </section>
  );
};
