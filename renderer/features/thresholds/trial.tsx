import { useState } from 'react';
import type { CallError } from '../../../contract/errors.ts';
import type { State, ThresholdValues } from '../../../contract/domain.ts';
import type { ThresholdTrial } from '../../../contract/results.ts';
import { call } from '../../live/call.ts';
import { errorText } from '../../ui/error-text.ts';
import { formatNumber } from '../../ui/formats.ts';
import { useAdminWords } from '../../ui/i18n.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import { sameValues } from './difference.ts';
import { TrialChanges } from './trial-changes.tsx';

const states = ['critical', 'warning', 'ok', 'unmeasured'] as const satisfies readonly State[];
const counts = [10, 50, 200] as const;

type Tried =
  | { readonly kind: 'running' }
  | { readonly kind: 'failed'; readonly error: CallError }
  | { readonly kind: 'done'; readonly trial: ThresholdTrial; readonly values: ThresholdValues };

const Counts = ({ trial }: { readonly trial: ThresholdTrial }) => {
  const { t, language } = useAdminWords();
  return (
    <table className="threshold-differences trial-counts" data-testid="trial-counts">
      <thead>
        <tr>
          <th scope="col">{t('thresholds.trial.state')}</th>
          <th scope="col" className="numeric">
            {t('thresholds.trial.before')}
          </th>
          <th scope="col" className="numeric">
            {t('thresholds.trial.after')}
          </th>
          <th scope="col" className="numeric">
            {t('thresholds.change')}
          </th>
        </tr>
      </thead>
      <tbody>
        {states.map((state) => {
          const difference = trial.after[state] - trial.before[state];
          return (
            <tr key={state}>
              <th scope="row">
                <StateMark state={state} decorative /> {t(`state.${state}`)}
              </th>
              <td className="numeric">{formatNumber(trial.before[state], language)}</td>
              <td className="numeric">
                <b>{formatNumber(trial.after[state], language)}</b>
              </td>
              <td className="numeric">
                {difference === 0
                  ? '–'
                  : `${difference < 0 ? '−' : '+'}${formatNumber(Math.abs(difference), language)}`}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
};

interface TrialProps {
  readonly values: ThresholdValues;
  /** Impossible values cannot be tried. */
  readonly disabled: boolean;
}

/** What the draft would have made of the latest passes: counts, and the springs that would change, worst first. */
export const Trial = ({ values, disabled }: TrialProps) => {
  const { t, language } = useAdminWords();
  const [passes, setPasses] = useState<number>(50);
  const [tried, setTried] = useState<Tried>();
  const run = async (): Promise<void> => {
    setTried({ kind: 'running' });
    const answer = await call('admin.tryThresholds', { values, passes });
    setTried(
      answer.ok ? { kind: 'done', trial: answer.value, values } : { kind: 'failed', error: answer.error },
    );
  };
  return (
    <section className="values-part" aria-label={t('thresholds.trial.title')} data-testid="threshold-trial">
      <div className="part-head">
        <h3>{t('thresholds.trial.title')}</h3>
        <label>
          <span className="secondary">{t('thresholds.trial.passes')} </span>
          <select
            className="select"
            value={passes}
            onChange={(event) => setPasses(Number(event.target.value))}
          >
            {counts.map((count) => (
              <option key={count} value={count}>
                {formatNumber(count, language)}
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          className="button"
          disabled={disabled || tried?.kind === 'running'}
          data-testid="trial-run"
          onClick={() => void run()}
        >
          {tried?.kind === 'running' ? t('thresholds.trial.running') : t('thresholds.trial.run')}
        </button>
      </div>
      <p className="secondary">{t('thresholds.trial.text')}</p>
      {tried?.kind === 'failed' && (
        <p role="alert">
          <StateMark state="stale" decorative /> {errorText(tried.error, t, language)}
        </p>
      )}
      {tried?.kind === 'done' && (
        <div role="status">
          {!sameValues(tried.values, values) && (
            <p className="hatched trial-old">{t('thresholds.trial.old')}</p>
          )}
          <p>{t('thresholds.trial.over', { count: tried.trial.passes })}</p>
          <div className="trial-result">
            <Counts trial={tried.trial} />
            <TrialChanges trial={tried.trial} />
          </div>
        </div>
      )}
    </section>
  );
};
