import type { Alert } from '../../../contract/domain.ts';
import { isUnacknowledged } from '../../live/alert-order.ts';
import { useLive } from '../../live/store.tsx';
import { knownByText, knownText } from '../../ui/alert-detail/known-text.ts';
import { formatRecent, formatTime } from '../../ui/formats.ts';
import { useWords } from '../../ui/i18n.ts';

/** What became of the alert so far, behind what it says: escalated, known, who has it, on the shelf, cleared. */
export const AlertTags = ({ alert, zone }: { readonly alert: Alert; readonly zone: string }) => {
  const { t, language } = useWords();
  const shelved = useLive((state) => state.shelved.has(alert.id));
  const waiting = isUnacknowledged(alert);
  const { known, acknowledgedBy, acknowledgedAt, shelvedUntil } = alert;
  const owner = alert.owner ?? acknowledgedBy;
  const taken =
    acknowledgedBy === undefined
      ? ''
      : t('alerts.acknowledgedBy', {
          who: owner ?? acknowledgedBy,
          when: acknowledgedAt === undefined ? '' : formatTime(acknowledgedAt, language, zone),
        });
  return (
    <>
      {waiting && alert.escalatedAt !== undefined && (
        <b className="alert-tag" data-testid="tag-escalated">
          {' '}
          ▲▲ {t('alerts.escalated', { time: formatTime(alert.escalatedAt, language, zone) })}
        </b>
      )}
      {known !== undefined && (
        <span className="alert-tag" data-testid="tag-known" title={knownByText(known, t, language, zone)}>
          {' '}
          · {knownText(known, t, language, zone)}
          {known.acknowledgedBy !== undefined && (
            <span className="secondary"> ({t('known.by', { who: known.acknowledgedBy })})</span>
          )}
        </span>
      )}
      {!waiting && taken !== '' && (
        <span className="secondary" data-testid="tag-owner">
          {' '}
          ✓ {alert.provisional && <span className="alert-provisional">{t('alerts.provisional')}</span>}{' '}
          <bdi>{taken}</bdi>
        </span>
      )}
      {shelved && shelvedUntil !== undefined && (
        <span className="alert-tag" data-testid="tag-shelved">
          {' '}
          · {t('shelf.short', { time: formatRecent(shelvedUntil, Date.now(), language, zone) })}
        </span>
      )}
      {alert.verdict !== undefined && (
        <span className="secondary"> · {t('verdict.short', { what: t(`verdict.${alert.verdict}`) })}</span>
      )}
      {!alert.present && <span className="secondary"> · {t(`alertState.${alert.state}`)}</span>}
    </>
  );
};
