import { memo } from 'react';
import { isUnacknowledged } from '../../live/alert-order.ts';
import type { AlertGroup } from '../../live/alert-order.ts';
import { useSite } from '../../live/zone.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { alertPlace, alertRule, alertSubject, flashOf } from '../../ui/alert-text.ts';
import { bothZones, formatRecent, zoneOfSite } from '../../ui/formats.ts';
import { useWords } from '../../ui/i18n.ts';
import { StateMark } from '../../ui/state-mark.tsx';

interface GroupRowProps {
  readonly group: AlertGroup;
  readonly open: boolean;
  readonly onToggle: () => void;
  /** Offered only while every alert is shown by name: one act never covers an unseen alert. */
  readonly onAcknowledgeAll: () => void;
}

/** One line for a car with several alerts: its worst mark, all that it holds in short, the newest time. */
export const GroupRow = memo(({ group, open, onToggle, onAcknowledgeAll }: GroupRowProps) => {
  const { t, language } = useWords();
  const zone = zoneOfSite(useSite());
  const [worst] = group.alerts;
  if (worst === undefined) return undefined;
  const waiting = group.alerts.filter(isUnacknowledged).length;
  const newest = Math.max(...group.alerts.map((alert) => alert.raisedAt));
  const severity = group.alerts.some((alert) => alert.severity === 'critical') ? 'critical' : 'warning';
  const what = group.alerts
    .map((alert) =>
      [alertPlace(alert, t, language), alertRule(alert, t)].filter((part) => part !== '').join(' '),
    )
    .join(' · ');
  return (
    <div className="alert alert-group" data-testid="alert-group" data-severity={severity}>
      <button
        type="button"
        className="button button-quiet alert-fold"
        aria-expanded={open}
        aria-label={t(open ? 'alerts.collapse' : 'alerts.expand')}
        data-testid="alert-group-toggle"
        onClick={onToggle}
      >
        {open ? '▾' : '▸'}
      </button>
      <StateMark state={severity} flash={waiting > 0 ? (flashOf(worst) ?? 'active') : undefined} />
      <span className="alert-subject">{alertSubject(worst, t)}</span>
      <span className="alert-what">
        <b>{t('alerts.several', { count: group.alerts.length })}</b> <span className="secondary">{what}</span>
      </span>
      <time className="alert-time" title={bothZones(newest, language, zone)}>
        {formatRecent(newest, Date.now(), language, zone)}
      </time>
      <span className="alert-acts">
        {waiting > 0 && !open && (
          <button type="button" className="button" onClick={onToggle}>
            {t('alerts.show', { count: group.alerts.length })}
          </button>
        )}
        {waiting > 0 && open && (
          <ActButton act="acknowledge" testId="ack-all-button" onAct={onAcknowledgeAll}>
            {t('alerts.acknowledgeAll', { count: waiting })}
          </ActButton>
        )}
      </span>
    </div>
  );
});
