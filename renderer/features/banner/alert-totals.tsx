import { useLive } from '../../live/store.tsx';
import { useWords } from '../../ui/i18n.ts';
import { StateMark } from '../../ui/state-mark.tsx';

interface AlertTotalsProps {
  /** Shows what is on the shelf, where the window has the list. */
  readonly onShelved?: (() => void) | undefined;
}

/** How many alerts wait, by severity, in figures for the far end of the room. */
export const AlertTotals = ({ onShelved }: AlertTotalsProps) => {
  const { t } = useWords();
  const counts = useLive((state) => state.counts);
  const { criticalUnacknowledged: critical, warningUnacknowledged: warning } = counts;
  const shelved = `${counts.shelved} ${t('banner.shelved')}`;
  return (
    <div className="totals" data-testid="alert-totals">
      <span
        className="total"
        data-zero={critical === 0}
        title={t('banner.critical')}
        data-testid="count-critical"
      >
        <StateMark state="critical" decorative flash={critical > 0 ? 'active' : undefined} />
        <span className="visually-hidden">{t('banner.critical')}</span>
        {critical}
      </span>
      <span
        className="total"
        data-zero={warning === 0}
        title={t('banner.warning')}
        data-testid="count-warning"
      >
        <StateMark state="warning" decorative flash={warning > 0 ? 'active' : undefined} />
        <span className="visually-hidden">{t('banner.warning')}</span>
        {warning}
      </span>
      <span className="totals-other secondary">
        <span data-testid="count-acknowledged">
          {t('banner.acknowledged', { count: counts.acknowledged })}
        </span>
        {onShelved === undefined ? (
          <span data-testid="count-shelved">{shelved}</span>
        ) : (
          <button
            type="button"
            className="button button-quiet totals-shelved"
            title={t('banner.shelvedHelp')}
            data-testid="count-shelved"
            onClick={onShelved}
          >
            {shelved}
          </button>
        )}
      </span>
    </div>
  );
};
