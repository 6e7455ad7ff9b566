import type { AuditRow } from '../../../contract/domain.ts';
import { formatMoment, workstationZone } from '../../ui/formats.ts';
import { useAdminWords } from '../../ui/i18n.ts';
import { CopyText } from '../../ui/panel/copy-text.tsx';
import { Difference } from '../../ui/panel/difference.tsx';
import { Facts } from '../../ui/panel/facts.tsx';
import { formatUtc } from '../../ui/panel/times.ts';
import type { AuditFilter } from './filter.ts';
import { useAuditWords } from './use-audit-words.ts';

interface AuditDetailProps {
  readonly row: AuditRow;
  readonly onFilter: (changed: Partial<AuditFilter>) => void;
}

const isNothing = (value: unknown): boolean => value === undefined || value === null;

/** One row of the log: who did what to which thing, when, and what it changed. */
export const AuditDetail = ({ row, onFilter }: AuditDetailProps) => {
  const { t, language } = useAdminWords();
  const words = useAuditWords();
  const only = (changed: Partial<AuditFilter>, what: string, testId: string) => (
    <button type="button" className="button" data-testid={testId} onClick={() => onFilter(changed)}>
      {t('audit.only', { what })}
    </button>
  );
  return (
    <>
      <Facts
        facts={[
          {
            key: 'at',
            name: t('audit.column.at'),
            value: (
              <>
                {formatUtc(row.at, language)}
                <div className="secondary">{formatMoment(row.at, language, workstationZone())}</div>
              </>
            ),
          },
          {
            key: 'actor',
            name: t('audit.column.actor'),
            value: `${row.actor === '' ? t('audit.nobody') : row.actor} · ${words.role(row.role)}`,
          },
          { key: 'workstation', name: t('audit.column.workstation'), value: row.workstation },
          {
            key: 'action',
            name: t('audit.column.action'),
            value: (
              <>
                {words.action(row.action)} <span className="secondary">{row.action}</span>
              </>
            ),
          },
          {
            key: 'entity',
            name: t('audit.column.thing'),
            value: (
              <>
                {words.entity(row.entity)} <span className="secondary">{row.entityId}</span>
              </>
            ),
          },
        ]}
      />
      {isNothing(row.before) && isNothing(row.after) ? (
        <p className="secondary">{t('audit.noDetails')}</p>
      ) : (
        <Difference before={row.before} after={row.after} />
      )}
      {row.correlationId !== '' && (
        <div className="audit-reference">
          <h3>{t('audit.correlation')}</h3>
          <CopyText text={row.correlationId} label={t('audit.correlation')} />
          <p className="secondary">{t('audit.correlationHelp')}</p>
        </div>
      )}
      <div className="acts">
        {row.actor !== '' && only({ actor: row.actor }, row.actor, 'only-person')}
        {only({ action: row.action }, words.action(row.action), 'only-action')}
        {row.entityId !== '' &&
          only(
            { entity: row.entity, entityId: row.entityId },
            `${words.entity(row.entity)} ${row.entityId}`,
            'only-thing',
          )}
      </div>
    </>
  );
};
