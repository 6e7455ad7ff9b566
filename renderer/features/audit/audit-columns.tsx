import type { AuditRow } from '../../../contract/domain.ts';
import { formatNumber } from '../../ui/formats.ts';
import type { Language } from '../../ui/formats.ts';
import type { TranslateAdmin } from '../../ui/i18n.ts';
import type { Column } from '../../ui/panel/data-table.tsx';
import { Moment } from '../../ui/panel/moment.tsx';
import type { useAuditWords } from './use-audit-words.ts';

/** Acts that did not go as asked: what an auditor looks for first has a sign of its own. */
const refused: readonly string[] = ['call.refused', 'session.sign-in-failed', 'audit.entry-damaged'];

export const auditColumns = (
  t: TranslateAdmin,
  language: Language,
  words: ReturnType<typeof useAuditWords>,
): readonly Column<AuditRow>[] => [
  {
    key: 'id',
    title: t('audit.column.id'),
    rem: 5,
    numeric: true,
    minor: true,
    cell: (row) => <span className="secondary">{formatNumber(row.id, language)}</span>,
  },
  {
    key: 'at',
    title: t('audit.column.at'),
    rem: 11.5,
    cell: (row) => <Moment at={row.at} zone="utc" show="absolute" bare />,
  },
  {
    key: 'actor',
    title: t('audit.column.actor'),
    rem: 9.5,
    cell: (row) => (row.actor === '' ? <span className="secondary">{t('audit.nobody')}</span> : row.actor),
  },
  {
    key: 'role',
    title: t('audit.column.role'),
    rem: 8.3,
    minor: true,
    cell: (row) => <span className="secondary">{words.role(row.role)}</span>,
  },
  {
    key: 'action',
    title: t('audit.column.action'),
    cell: (row) => (
      <span title={row.action}>
        {refused.includes(row.action) && <span aria-hidden="true">⊘ </span>}
        {words.action(row.action)}
      </span>
    ),
  },
  {
    key: 'thing',
    title: t('audit.column.thing'),
    cell: (row) => (
      <span title={row.entityId}>
        {words.entity(row.entity)} <span className="secondary">{row.entityId}</span>
      </span>
    ),
  },
  {
    key: 'workstation',
    title: t('audit.column.workstation'),
    rem: 9,
    minor: true,
    cell: (row) => row.workstation,
  },
];
