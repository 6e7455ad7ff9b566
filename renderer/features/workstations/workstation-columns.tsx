import type { Workstation } from '../../../contract/domain.ts';
import type { TranslateAdmin } from '../../ui/i18n.ts';
import type { Column } from '../../ui/panel/data-table.tsx';
import { Moment } from '../../ui/panel/moment.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { compareVersions, contactOf } from './contact.ts';

interface Now {
  readonly at: number;
  /** This workstation's name. */
  readonly here: string | undefined;
  readonly newest: string | undefined;
}

/** How long ago it reported: a shape and a word; only what is running and does not report stands out. */
export const WorkstationContact = ({
  workstation,
  at,
  t,
}: {
  readonly workstation: Workstation;
  readonly at: number;
  readonly t: TranslateAdmin;
}) => {
  const contact = contactOf(workstation, at);
  const mark = { fresh: 'ok', late: 'stale', gone: 'none' } as const;
  return (
    <span data-testid="contact" data-contact={contact}>
      <StateMark state={mark[contact]} decorative /> {t(`workstations.contact.${contact}`)}
    </span>
  );
};

export const WorkstationVersion = ({
  workstation,
  newest,
  t,
}: {
  readonly workstation: Workstation;
  readonly newest: string | undefined;
  readonly t: TranslateAdmin;
}) => (
  <>
    {workstation.version === '' ? '–' : workstation.version}
    {newest !== undefined && compareVersions(workstation.version, newest) < 0 && (
      <span className="secondary"> {t('workstations.older')}</span>
    )}
  </>
);

export const workstationColumns = (
  t: TranslateAdmin,
  { at, here, newest }: Now,
): readonly Column<Workstation>[] => [
  {
    key: 'name',
    title: t('workstations.column.name'),
    cell: (row) => (
      <>
        {row.name}
        {row.name === here && <span className="secondary"> {t('workstations.here')}</span>}
      </>
    ),
  },
  {
    key: 'contact',
    title: t('workstations.column.contact'),
    rem: 7.5,
    cell: (row) => <WorkstationContact workstation={row} at={at} t={t} />,
  },
  {
    key: 'last',
    title: t('workstations.column.last'),
    rem: 9,
    cell: (row) => <Moment at={row.lastSeenAt} show="relative" />,
  },
  {
    key: 'person',
    title: t('workstations.column.person'),
    rem: 10.5,
    cell: (row) => row.person ?? <span className="secondary">{t('workstations.nobody')}</span>,
  },
  {
    key: 'version',
    title: t('workstations.column.version'),
    rem: 10,
    minor: true,
    cell: (row) => <WorkstationVersion workstation={row} newest={newest} t={t} />,
  },
  {
    key: 'writer',
    title: t('workstations.column.writer'),
    rem: 8,
    cell: (row) => row.writer && <span data-testid="is-writer">✎ {t('workstations.writer')}</span>,
  },
];
