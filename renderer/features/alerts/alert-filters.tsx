import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Rule, Severity } from '../../../contract/domain.ts';
import { useWords } from '../../ui/i18n.ts';
import { foldedCount, openStates } from './filter.ts';
import type { AlertFilter } from './filter.ts';

const scopes = ['all', 'pass', 'mine', 'shelved'] as const satisfies readonly AlertFilter['scope'][];
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

interface ChoiceProps<Value extends string> {
  readonly name: string;
  readonly values: readonly Value[];
  readonly value: Value | undefined;
  readonly wordOf: (value: Value) => string;
  readonly testId: string;
  readonly onChoose: (value: Value | undefined) => void;
}

const Choice = <Value extends string>({
  name,
  values,
  value,
  wordOf,
  testId,
  onChoose,
}: ChoiceProps<Value>) => {
  const { t } = useWords();
  return (
    <select
      className="select"
      aria-label={name}
      value={value ?? ''}
      data-testid={testId}
      onChange={(event) => onChoose(values.find((each) => each === event.target.value))}
    >
      <option value="">{t('alerts.anyOf', { name })}</option>
      {values.map((each) => (
        <option key={each} value={each}>
          {wordOf(each)}
        </option>
      ))}
    </select>
  );
};

interface PartProps {
  readonly name: string;
  readonly value: string | undefined;
  readonly testId: string;
  readonly onChange: (value: string | undefined) => void;
}

const Part = ({ name, value, testId, onChange }: PartProps) => (
  <input
    type="search"
    className="field alerts-part"
    value={value ?? ''}
    maxLength={64}
    placeholder={name}
    aria-label={name}
    data-testid={testId}
    onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
  />
);

interface AlertFiltersProps {
  readonly filter: AlertFilter;
  readonly onFilter: (filter: AlertFilter) => void;
  /** At the end of what is folded away. */
  readonly children?: ReactNode;
}

/** Which alerts are listed; the rarer filters are folded away, and say so while one of them is set. */
export const AlertFilters = ({ filter, onFilter, children }: AlertFiltersProps) => {
  const { t } = useWords();
  const [unfolded, setUnfolded] = useState(false);
  const folded = foldedCount(filter);
  const set = (changed: Partial<AlertFilter>): void => onFilter({ ...filter, ...changed });
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
            onClick={() => set({ scope })}
          >
            {t(`alerts.scope.${scope}`)}
          </button>
        ))}
      </span>
      <Choice
        name={t('alerts.severity')}
        values={severities}
        value={filter.severity}
        wordOf={(each) => t(`state.${each}`)}
        testId="alerts-severity"
        onChoose={(severity) => set({ severity })}
      />
      <Choice
        name={t('alerts.rule')}
        values={rules}
        value={filter.rule}
        wordOf={(each) => t(`rule.${each}`)}
        testId="alerts-rule"
        onChoose={(rule) => set({ rule })}
      />
      <Part
        name={t('alerts.search')}
        value={filter.search}
        testId="alerts-search"
        onChange={(search) => set({ search })}
      />
      <button
        type="button"
        className="button"
        aria-expanded={unfolded}
        data-testid="alerts-more-filters"
        onClick={() => setUnfolded(!unfolded)}
      >
        {folded === 0 ? t('alerts.filters') : t('alerts.filtersSet', { count: folded })}
      </button>
      {unfolded && (
        <span className="alerts-filters-more">
          <Choice
            name={t('alerts.state')}
            values={openStates}
            value={filter.state}
            wordOf={(each) => t(`alertState.${each}`)}
            testId="alerts-state"
            onChoose={(state) => set({ state })}
          />
          <Part
            name={t('alerts.train')}
            value={filter.train}
            testId="alerts-train"
            onChange={(train) => set({ train })}
          />
          <Part
            name={t('alerts.vehicle')}
            value={filter.vehicle}
            testId="alerts-vehicle"
            onChange={(vehicle) => set({ vehicle })}
          />
          <button
            type="button"
            className="button"
            data-testid="alerts-filters-clear"
            onClick={() => onFilter({ scope: 'all' })}
          >
            {t('alerts.filtersClear')}
          </button>
          {children}
        </span>
      )}
    </div>
  );
};
