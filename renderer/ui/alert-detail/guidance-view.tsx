import type { Alert } from '../../../contract/domain.ts';
import { isUnacknowledged } from '../../live/alert-order.ts';
import { useTicks } from '../../live/ticks.ts';
import { useWords } from '../i18n.ts';
import type { ShownGuidance } from './shown-guidance.ts';

interface GuidanceViewProps {
  readonly alert: Alert;
  readonly guidance: ShownGuidance;
}

/** What to check, whom to call, whether the train may go on; the steps are ticked before the alert is acknowledged. */
export const GuidanceView = ({ alert, guidance }: GuidanceViewProps) => {
  const { t } = useWords();
  const { isTicked, toggle } = useTicks(alert.id, guidance.steps);
  if (guidance.text === '' && guidance.steps.length === 0) return undefined;
  return (
    <div className="guidance" data-testid="guidance">
      {guidance.text !== '' && <p className="guidance-text">{guidance.text}</p>}
      {guidance.steps.length > 0 && isUnacknowledged(alert) && (
        <ul className="guidance-steps" aria-label={t('guidanceView.steps')}>
          {guidance.steps.map((step) => (
            <li key={step}>
              <label>
                <input
                  type="checkbox"
                  checked={isTicked(step)}
                  data-testid="guidance-step"
                  onChange={() => toggle(step)}
                />{' '}
                {step}
              </label>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
};
