import { useEffect, useRef, useState } from 'react';
import type { Alert } from '../../../contract/domain.ts';
import { isUnacknowledged } from '../../live/alert-order.ts';
import type { BulkOutcome } from '../../live/alert-acts.ts';
import { useLiveActions } from '../../live/store.tsx';
import { ActButton, ActReason } from '../../ui/act-button.tsx';
import { longestComment } from '../../ui/alert-detail/acknowledge-form.tsx';
import { alertSubject, alertText } from '../../ui/alert-text.ts';
import { CopyField } from '../../ui/copy-field.tsx';
import { errorText } from '../../ui/error-text.ts';
import { useWords } from '../../ui/i18n.ts';
import { StateMark } from '../../ui/state-mark.tsx';

/** As many as one act takes (contract/inputs.ts), and as anybody reads before agreeing. */
const mostAtOnce = 200;

interface BulkBarProps {
  /** All that are marked, as they are now. */
  readonly alerts: readonly Alert[];
  readonly textOf: (alerts: readonly Alert[]) => string;
  readonly onClear: () => void;
}

const Names = ({ alerts }: { readonly alerts: readonly Alert[] }) => {
  const { t, language } = useWords();
  return (
    <ul className="bulk-names scroll" tabIndex={0} aria-label={t('bulk.names')} data-testid="bulk-names">
      {alerts.map((alert) => (
        <li key={alert.id} data-alert-id={alert.id}>
          <StateMark state={alert.severity} /> <b>{alertSubject(alert, t)}</b> {alertText(alert, t, language)}
        </li>
      ))}
    </ul>
  );
};

/** What became of it: how many, and by name those that failed, each with its reason. */
const Outcome = ({
  outcome,
  alerts,
}: {
  readonly outcome: BulkOutcome;
  readonly alerts: readonly Alert[];
}) => {
  const { t, language } = useWords();
  return (
    <div role="status" data-testid="bulk-outcome" data-failed={outcome.failed.length}>
      <p>
        {t('bulk.done', { count: outcome.acknowledged.length })}
        {outcome.failed.length > 0 && <b> {t('bulk.failed', { count: outcome.failed.length })}</b>}
      </p>
      {outcome.failed.length > 0 && (
        <ul className="bulk-names scroll" tabIndex={0} aria-label={t('bulk.names')}>
          {outcome.failed.map(({ alertId, error }) => {
            const alert = alerts.find(({ id }) => id === alertId);
            return (
              <li key={alertId}>
                <StateMark state="stale" decorative />{' '}
                <b>
                  {alert === undefined
                    ? alertId
                    : `${alertSubject(alert, t)} ${alertText(alert, t, language)}`}
                </b>{' '}
                {errorText(error, t, language)}
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
};

/** Below the list while lines are marked: what can be done with them. It takes room at the end, no line moves. */
export const BulkBar = ({ alerts, textOf, onClear }: BulkBarProps) => {
  const { t } = useWords();
  const { acknowledgeMany } = useLiveActions();
  const [asking, setAsking] = useState<readonly Alert[]>();
  const [copying, setCopying] = useState(false);
  const [comment, setComment] = useState('');
  const [working, setWorking] = useState(false);
  const [outcome, setOutcome] = useState<BulkOutcome>();
  const waiting = alerts.filter(isUnacknowledged);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (asking !== undefined) field.current?.focus();
  }, [asking]);

  const send = async (named: readonly Alert[]): Promise<void> => {
    setWorking(true);
    const answer = await acknowledgeMany(
      named.map(({ id }) => id),
      comment,
    );
    setWorking(false);
    if (answer === undefined) return;
    setOutcome(answer);
    setAsking(undefined);
    setComment('');
  };
  return (
    <div className="bulk" data-testid="bulk-bar">
      {asking === undefined ? (
        <div className="bulk-line">
          <b data-testid="bulk-count">{t('bulk.marked', { count: alerts.length })}</b>
          {waiting.length > 0 && (
            <ActButton
              act="acknowledge"
              strong
              working={waiting.length > mostAtOnce}
              testId="bulk-acknowledge"
              onAct={() => {
                setOutcome(undefined);
                setCopying(false);
                setAsking(waiting);
              }}
            >
              {t('bulk.acknowledge', { count: waiting.length })}
            </ActButton>
          )}
          {waiting.length > mostAtOnce && <span>{t('bulk.most', { most: mostAtOnce })}</span>}
          <button
            type="button"
            className="button"
            aria-expanded={copying}
            data-testid="bulk-copy"
            onClick={() => setCopying(!copying)}
          >
            {t('bulk.copy')}
          </button>
          <button type="button" className="button" data-testid="bulk-clear" onClick={onClear}>
            {t('bulk.clear')}
          </button>
        </div>
      ) : (
        <form
          className="bulk-confirm"
          aria-label={t('bulk.title', { count: asking.length })}
          data-testid="bulk-confirm"
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.stopPropagation();
            setAsking(undefined);
          }}
          onSubmit={(event) => {
            event.preventDefault();
            void send(asking);
          }}
        >
          <h3>{t('bulk.title', { count: asking.length })}</h3>
          <Names alerts={asking} />
          <ActReason act="acknowledge" />
          <div className="bulk-line">
            <input
              type="text"
              className="field bulk-comment"
              dir="auto"
              ref={field}
              value={comment}
              maxLength={longestComment}
              placeholder={t('alerts.comment')}
              aria-label={t('alerts.comment')}
              data-testid="bulk-comment"
              onChange={(event) => setComment(event.target.value)}
            />
            <ActButton act="acknowledge" strong working={working} testId="bulk-confirm-button">
              {t('bulk.confirm', { count: asking.length })}
            </ActButton>
            <button type="button" className="button" onClick={() => setAsking(undefined)}>
              {t('alerts.cancel')}
            </button>
          </div>
        </form>
      )}
      {copying && asking === undefined && (
        <CopyField text={textOf(alerts)} label={t('bulk.copy')} testId="bulk-text" />
      )}
      {outcome !== undefined && <Outcome outcome={outcome} alerts={alerts} />}
    </div>
  );
};
