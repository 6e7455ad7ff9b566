import { useAdminWords } from '../../ui/i18n.ts';
import { auditActions, auditEntities } from './actions.ts';
import { everything, isBackwards, isFiltered, isUnreadable, ranges } from './filter.ts';
import type { AuditFilter } from './filter.ts';
import { TextFilter } from './text-filter.tsx';
import { useAuditWords } from './use-audit-words.ts';

interface FilterBarProps {
  readonly filter: AuditFilter;
  readonly onChange: (filter: AuditFilter) => void;
  /** Names that the rows on screen have. */
  readonly people: readonly string[];
}

/** Person, act, thing, time. */
export const FilterBar = ({ filter, onChange, people }: FilterBarProps) => {
  const { t } = useAdminWords();
  const words = useAuditWords();
  const change = (changed: Partial<AuditFilter>): void => onChange({ ...filter, ...changed });
  return (
    <>
      <TextFilter
        label={t('audit.filter.person')}
        hint={t('audit.filter.personHint')}
        value={filter.actor}
        suggestions={people}
        testId="audit-person"
        onCommit={(actor) => change({ actor })}
      />
      <label>
        {t('audit.filter.action')}
        <select
          className="select"
          value={filter.action}
          data-testid="audit-action"
          onChange={(event) => change({ action: event.target.value })}
        >
          <option value="">{t('audit.filter.allActions')}</option>
          {auditActions.map((action) => (
            <option key={action} value={action}>
              {words.action(action)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('audit.filter.entity')}
        <select
          className="select"
          value={filter.entity}
          data-testid="audit-entity"
          onChange={(event) => change({ entity: event.target.value })}
        >
          <option value="">{t('audit.filter.allEntities')}</option>
          {auditEntities.map((entity) => (
            <option key={entity} value={entity}>
              {words.entity(entity)}
            </option>
          ))}
        </select>
      </label>
      <TextFilter
        label={t('audit.filter.entityId')}
        hint={t('audit.filter.entityIdHint')}
        value={filter.entityId}
        suggestions={[]}
        testId="audit-entity-id"
        onCommit={(entityId) => change({ entityId })}
      />
      <label>
        {t('audit.filter.range')}
        <select
          className="select"
          value={filter.range}
          data-testid="audit-range"
          onChange={(event) => {
            const range = ranges.find((each) => each === event.target.value);
            if (range !== undefined) change({ range, chosenAt: Date.now() });
          }}
        >
          {ranges.map((range) => (
            <option key={range} value={range}>
              {t(`audit.range.${range}`)}
            </option>
          ))}
        </select>
      </label>
      {filter.range === 'own' &&
        (['from', 'to'] as const).map((end) => (
          <label key={end}>
            {t(`audit.filter.${end}`)}
            <input
              className="field audit-moment"
              value={filter[end]}
              maxLength={16}
              placeholder={t('audit.filter.momentHint')}
              aria-invalid={isUnreadable(filter[end]) || isBackwards(filter)}
              data-testid={`audit-${end}`}
              onChange={(event) => change({ [end]: event.target.value })}
            />
          </label>
        ))}
      {isFiltered(filter) && (
        <button
          type="button"
          className="button"
          data-testid="audit-clear"
          onClick={() => onChange(everything(Date.now()))}
        >
          {t('list.clearFilters')}
        </button>
      )}
      {filter.range === 'own' && (isUnreadable(filter.from) || isUnreadable(filter.to)) && (
        <p role="status">{t('audit.filter.unreadable')}</p>
      )}
      {isBackwards(filter) && <p role="alert">{t('audit.filter.backwards')}</p>}
    </>
  );
};
