import { useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { ThresholdTrial, ThresholdTrialChange } from '../../../contract/results.ts';
import { call } from '../../live/call.ts';
import { showError } from '../../live/notices.ts';
import { formatMillimetres, formatPosition } from '../../ui/formats.ts';
import { useAdminWords } from '../../ui/i18n.ts';
import { Moment } from '../../ui/panel/moment.tsx';
import { StateMark } from '../../ui/state-mark.tsx';

const openCar = async ({ passId, vehicleIndex, position }: ThresholdTrialChange): Promise<void> => {
  const answer = await call('windows.openCar', { passId, vehicleIndex, position });
  if (!answer.ok) showError(answer.error);
};

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };

interface RowProps {
  readonly change: ThresholdTrialChange;
  readonly stop: boolean;
}

const Row = ({ change, stop }: RowProps) => {
  const { t, language } = useAdminWords();
  const { vehicleNumber, heightCmm, from, to } = change;
  return (
    <tr>
      <td>
        {change.trainNumber}{' '}
        <span className="secondary">
          <Moment at={change.startedAt} show="relative" />
        </span>
      </td>
      <td>
        {change.vehicleIndex} <span className="secondary">{vehicleNumber}</span>
      </td>
      <td>{formatPosition(change.position, language, vehicleNumber !== undefined)}</td>
      <td className="numeric">
        {heightCmm === undefined ? '–' : `${formatMillimetres(heightCmm, language)} mm`}
      </td>
      <td className="trial-judged">
        <StateMark state={from} /> → <StateMark state={to} decorative /> {t(`state.${to}`)}
      </td>
      <td>
        <button
          type="button"
          className="button"
          tabIndex={stop ? 0 : -1}
          onClick={() => void openCar(change)}
        >
          {t('car.open')}
        </button>
      </td>
    </tr>
  );
};

/** The springs that would be judged differently, worst first: one stop of the Tab key, arrow keys go along. */
export const TrialChanges = ({ trial }: { readonly trial: ThresholdTrial }) => {
  const { t } = useAdminWords();
  const body = useRef<HTMLTableSectionElement>(null);
  const [stop, setStop] = useState(0);
  const { changed, changedCount } = trial;
  if (changedCount === 0) return <p>{t('thresholds.trial.none')}</p>;
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(changed.length - 1, stop + step));
    setStop(next);
    body.current?.querySelectorAll('button')[next]?.focus();
  };
  return (
    <div className="trial-changed">
      <p>
        {t('thresholds.trial.changed', { count: changedCount })}
        {changedCount > changed.length && ` ${t('thresholds.trial.worst', { count: changed.length })}`}
      </p>
      <div className="trial-rows scroll">
        <table
          className="threshold-differences"
          aria-label={t('thresholds.trial.list')}
          data-testid="trial-changed"
        >
          <thead>
            <tr>
              <th scope="col">{t('thresholds.trial.train')}</th>
              <th scope="col">{t('thresholds.trial.car')}</th>
              <th scope="col">{t('spring.position')}</th>
              <th scope="col" className="numeric">
                {t('spring.height')}
              </th>
              <th scope="col">{t('thresholds.trial.judged')}</th>
              <th scope="col">
                <span className="visually-hidden">{t('alerts.open')}</span>
              </th>
            </tr>
          </thead>
          <tbody ref={body} onKeyDown={onKeyDown}>
            {changed.map((change, place) => (
              <Row
                key={`${change.passId} ${change.vehicleIndex} ${change.position}`}
                change={change}
                stop={place === Math.min(stop, changed.length - 1)}
              />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
};
