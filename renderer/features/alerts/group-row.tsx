import { memo } from 'react';
import type { MouseEvent } from 'react';
import type { Alert } from '../../../contract/domain.ts';
import { isOneFinding, isUnacknowledged, newestOf } from '../../live/alert-order.ts';
import type { AlertGroup } from '../../live/alert-order.ts';
import { useSite } from '../../live/zone.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { alertPlace, alertRule, alertSubject, alertText, flashOf } from '../../ui/alert-text.ts';
import { bothZones, formatRecent, zoneOfSite } from '../../ui/formats.ts';
import { useWords } from '../../ui/i18n.ts';
import { springIndexOf } from '../../ui/vehicle-geometry.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import { AlertTags } from './alert-tags.tsx';
import { MarkBox } from './mark-box.tsx';
import type { MarkHow } from './marking.ts';

/** As the springs sit on the vehicle, 1La 1Lb 1Ra …; pairs behind them, what has no place first. */
const inLayoutOrder = (alerts: readonly Alert[]): readonly Alert[] =>
  alerts.toSorted((left, right) => placeOf(left.position) - placeOf(right.position));

const placeOf = (position: string | undefined): number => {
  if (position === undefined) return -1;
  return springIndexOf(position) + (position.length === 2 ? 0.5 : 0);
};

interface GroupRowProps {
  readonly group: AlertGroup;
  readonly open: boolean;
  /** Where the arrow keys stand. */
  readonly active: boolean;
  readonly marked: boolean;
  readonly onMark: (rowKey: string, how: MarkHow) => void;
  readonly onToggle: (rowKey: string) => void;
  /** Offered only while every alert is shown by name: one act never covers an unseen alert. */
  readonly onAcknowledgeAll: (alerts: readonly Alert[]) => void;
}

/**
 * One line for a vehicle with several alerts: its worst mark, all that it holds in short, the newest time. The same
 * finding in pass after pass is said once, as it is now.
 */
export const GroupRow = memo(
  ({ group, open, active, marked, onMark, onToggle, onAcknowledgeAll }: GroupRowProps) => {
    const { t, language } = useWords();
    const zone = zoneOfSite(useSite());
    const [worst] = group.alerts;
    const newest = newestOf(group);
    if (worst === undefined || newest === undefined) return undefined;
    const waiting = group.alerts.filter(isUnacknowledged).length;
    const severity = group.alerts.some((alert) => alert.severity === 'critical') ? 'critical' : 'warning';
    const finding = isOneFinding(group);
    const subject = alertSubject(finding ? newest : worst, t);
    const said = new Map<string, number>();
    for (const alert of inLayoutOrder(group.alerts)) {
      const what = [alertPlace(alert, t, language), alertRule(alert, t)]
        .filter((part) => part !== '')
        .join(' ');
      said.set(what, (said.get(what) ?? 0) + 1);
    }
    const what = [...said].map(([words, count]) => (count === 1 ? words : `${words} ×${count}`)).join(' · ');
    const toggle = (): void => onToggle(group.key);
    const press = (event: MouseEvent): void => {
      if (event.ctrlKey || event.metaKey) onMark(group.key, 'toggle');
      else if (event.shiftKey) onMark(group.key, 'range');
    };
    return (
      <div
        className="alert alert-group"
        data-testid="alert-group"
        data-severity={severity}
        data-active={active}
        data-marked={marked}
        data-finding={finding}
        onClick={press}
      >
        <MarkBox marked={marked} label={`${subject}: ${what}`} onMark={(how) => onMark(group.key, how)} />
        <button
          type="button"
          className="button button-quiet alert-fold"
          aria-expanded={open}
          aria-label={t(open ? 'alerts.collapse' : 'alerts.expand')}
          data-testid="alert-group-toggle"
          onClick={toggle}
        >
          {open ? '▾' : '▸'}
        </button>
        <StateMark state={severity} flash={waiting > 0 ? (flashOf(worst) ?? 'active') : undefined} />
        <span className="alert-subject">{subject}</span>
        <span className="alert-what">
          {finding ? (
            <>
              {alertText(newest, t, language)}{' '}
              {newest.known === undefined && <b>{t('alerts.inPasses', { count: group.alerts.length })}</b>}
              <AlertTags alert={newest} zone={zone} />
            </>
          ) : (
            <>
              <b>{t('alerts.several', { count: group.alerts.length })}</b>{' '}
              <span className="secondary">{what}</span>
            </>
          )}
        </span>
        <time className="alert-time" title={bothZones(newest.raisedAt, language, zone)}>
          {formatRecent(newest.raisedAt, Date.now(), language, zone)}
        </time>
        <span className="alert-acts">
          {waiting > 0 && !open && (
            <button type="button" className="button" onClick={toggle}>
              {t('alerts.show', { count: group.alerts.length })}
            </button>
          )}
          {waiting > 0 && open && (
            <ActButton
              act="acknowledge"
              testId="ack-all-button"
              onAct={() => onAcknowledgeAll(group.alerts.filter(isUnacknowledged))}
            >
              {t('alerts.acknowledgeAll', { count: waiting })}
            </ActButton>
          )}
        </span>
      </div>
    );
  },
);
