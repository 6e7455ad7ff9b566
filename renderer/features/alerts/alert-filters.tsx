import type { Rule, Severity } from '../../../contract/domain.ts';
import { useWords } from '../../ui/i18n.ts';
import type { AlertFilter } from './use-alert-list.ts';

const scopes = ['all', 'pass', 'mine'] as const satisfies readonly AlertFilter['scope'][];
const severities = ['critical', 'warning'] as const satisfies readonly Severity[];
const rules = [
  'defect',
  'height',
  'asymmetry',
  'conflict',
  'trend',
  'unseen',
  'incomplete',
  'identity',
  'count-mismatch',
  'camera-blind',
  'data-gap',
] as const satisfies readonly Rule[];

interface AlertFiltersProps {
  readonly filter: AlertFilter;
  readonly onFilter: (filter: AlertFilter) => void;
}

export const AlertFilters = ({ filter, onFilter }: AlertFiltersProps) => {
  const { t } = useWords();
  return (
    <div className="alerts-filters">
      <span className="segments" role="group" aria-label={t('alerts.scope')}>
        {scopes.map((scope) => (
          <button
            key={scope}
            type="button"
            className="button"
            aria-pressed={filter.scope === scope}
            data-testid={`alerts-scope-${scope}`}
            onClick={() => onFilter({ ...filter, scope })}
          >
            {t(`alerts.scope.${scope}`)}
          </button>
        ))}
      </span>
      <label>
        <span className="secondary">{t('alerts.severity')}</span>{' '}
        <select
          className="select"
          value={filter.severity ?? ''}
          onChange={(event) =>
            onFilter({ ...filter, severity: severities.find((each) => each === event.target.value) })
          }
        >
          <option value="">{t('alerts.any')}</option>
          {severities.map((severity) => (
            <option key={severity} value={severity}>
              {t(`state.${severity}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span className="secondary">{t('alerts.rule')}</span>{' '}
        <select
          className="select"
          value={filter.rule ?? ''}
          onChange={(event) =>
            onFilter({ ...filter, rule: rules.find((each) => each === event.target.value) })
          }
        >
          <option value="">{t('alerts.any')}</option>
          {rules.map((rule) => (
            <option key={rule} value={rule}>
              {t(`rule.${rule}`)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
};
