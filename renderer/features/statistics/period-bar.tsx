import { zoneName } from '../../ui/formats.ts';
import { useAdminWords } from '../../ui/i18n.ts';
import { presets } from './period.ts';
import type { PeriodChoice, PeriodProblem } from './period.ts';

interface PeriodBarProps {
  readonly choice: PeriodChoice;
  readonly zone: string;
  readonly problem: PeriodProblem | undefined;
  readonly onChange: (choice: PeriodChoice) => void;
}

/** Which period the figures are of: up to now, or from and to any time of the site's clocks. */
export const PeriodBar = ({ choice, zone, problem, onChange }: PeriodBarProps) => {
  const { t } = useAdminWords();
  // An own range that is not written yet is no fault.
  const wrong = problem !== undefined && problem !== 'incomplete';
  return (
    <>
      <div className="acts" role="group" aria-label={t('statistics.period')}>
        {([...presets, 'own'] as const).map((range) => (
          <button
            key={range}
            type="button"
            className="button"
            aria-pressed={choice.range === range}
            data-testid={`statistics-period-${range}`}
            onClick={() => onChange({ ...choice, range, chosenAt: Date.now() })}
          >
            {t(`statistics.period.${range}`)}
          </button>
        ))}
      </div>
      {choice.range === 'own' &&
        (['from', 'to'] as const).map((end) => (
          <label key={end}>
            {t(`statistics.${end}`, { zone: zoneName(choice.chosenAt, zone) })}
            <input
              className="field"
              value={choice[end]}
              maxLength={16}
              placeholder={t('statistics.momentHint')}
              aria-invalid={wrong}
              aria-describedby={problem === undefined ? undefined : 'statistics-problem'}
              data-testid={`statistics-${end}`}
              onChange={(event) => onChange({ ...choice, [end]: event.target.value, chosenAt: Date.now() })}
            />
          </label>
        ))}
      <button
        type="button"
        className="button"
        data-testid="statistics-refresh"
        onClick={() => onChange({ ...choice, chosenAt: Date.now() })}
      >
        {t('statistics.refresh')}
      </button>
      {problem !== undefined && (
        <p id="statistics-problem" role="status" data-testid="statistics-problem" data-problem={problem}>
          {t(`statistics.problem.${problem}`)}
        </p>
      )}
    </>
  );
};
