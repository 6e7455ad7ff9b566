import type { Alert, AlertEvent } from '../../../contract/domain.ts';
import { call } from '../../live/call.ts';
import { useTold } from '../../live/told.ts';
import { alertValue } from '../alert-text.ts';
import { useAsk } from '../ask.ts';
import { bothZones, formatMoment, formatRecent } from '../formats.ts';
import type { Language } from '../formats.ts';
import { hasKey, useWords } from '../i18n.ts';
import type { Translate } from '../i18n.ts';

/** A person by name, the analysis in the reader's language; what the system does by itself needs no name. */
const actorName = (actor: string, t: Translate): string | undefined => {
  if (actor === 'system' || actor === '') return undefined;
  return actor === 'analysis' ? t('event.analysis') : actor;
};

const textIn = (event: AlertEvent, name: string): string | undefined => {
  const value = event.details[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/** What the event says beyond its kind: to whom, until when, what was found, how high. */
const detailsOf = (
  event: AlertEvent,
  alert: Alert,
  t: Translate,
  language: Language,
  zone: string,
): readonly string[] => {
  const { value, until, checklist } = event.details;
  const verdict = `verdict.${textIn(event, 'verdict') ?? ''}`;
  const to = textIn(event, 'to');
  const reason = textIn(event, 'reason');
  const ticked = Array.isArray(checklist)
    ? checklist.flatMap((step: unknown) =>
        typeof step === 'object' && step !== null && 'step' in step && 'done' in step
          ? [`${step.done === true ? '☑' : '☐'} ${String(step.step)}`]
          : [],
      )
    : [];
  return [
    typeof value === 'number' ? alertValue(alert, value, language) : undefined,
    to === undefined ? undefined : `→ ${to}`,
    hasKey(verdict) ? t(verdict) : undefined,
    typeof until === 'number'
      ? t('event.until', { time: formatRecent(until, Date.now(), language, zone) })
      : undefined,
    reason === undefined ? undefined : `“${reason}”`,
    ...ticked,
  ].filter((part) => part !== undefined);
};

interface HistoryProps {
  readonly alert: Alert;
  readonly zone: string;
}

const Conversation = ({
  events,
  zone,
}: {
  readonly events: readonly AlertEvent[];
  readonly zone: string;
}) => {
  const { t, language } = useWords();
  const said = events.filter((event) => textIn(event, 'comment') !== undefined);
  if (said.length === 0) return undefined;
  return (
    <ol className="conversation" aria-label={t('alerts.conversation')} data-testid="conversation">
      {said.map((event) => (
        <li key={`${event.at} ${event.kind} ${event.actor}`}>
          <p className="secondary">
            <b>
              <bdi>{event.actor}</bdi>
            </b>{' '}
            <time title={bothZones(event.at, language, zone)}>
              {formatRecent(event.at, Date.now(), language, zone)}
            </time>
          </p>
          <p className="said" dir="auto">
            {textIn(event, 'comment')}
          </p>
        </li>
      ))}
    </ol>
  );
};

/** What people said about it, as a conversation, and everything that happened to it, with who, where and when. */
export const AlertHistory = ({ alert, zone }: HistoryProps) => {
  const { t, language } = useWords();
  const changing = [
    alert.state,
    alert.severity,
    alert.acknowledgedAt,
    alert.comment,
    alert.owner,
    alert.shelvedUntil,
    alert.escalatedAt,
    alert.verdict,
  ];
  const told = useTold(alert.id);
  const asked = useAsk(
    `history ${alert.id} ${told} ${JSON.stringify(changing)}`,
    () => call('alerts.get', { alertId: alert.id }),
    true,
  );
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
  const { events } = asked.value;
  return (
    <>
      <Conversation events={events} zone={zone} />
      <ol className="history" aria-label={t('alerts.history')} data-testid="alert-history">
        {events.map((event) => {
          const kind = `event.${event.kind}`;
          const actor = actorName(event.actor, t);
          const details = detailsOf(event, alert, t, language, zone);
          return (
            <li key={`${event.at} ${event.kind} ${event.actor}`} data-kind={event.kind}>
              <time title={formatMoment(event.at, language, zone)}>
                {formatRecent(event.at, Date.now(), language, zone)}
              </time>
              <span>
                {hasKey(kind) ? t(kind) : event.kind}
                {actor !== undefined && (
                  <>
                    {' · '}
                    <bdi>{actor}</bdi>
                  </>
                )}
                <span className="secondary"> · {event.workstation}</span>
                {details.map((detail) => (
                  <span key={detail}>
                    {' · '}
                    <bdi>{detail}</bdi>
                  </span>
                ))}
              </span>
            </li>
          );
        })}
      </ol>
    </>
  );
};
