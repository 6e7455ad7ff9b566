import { useEffect, useState } from 'react';
import type { Workstation } from '../../../contract/domain.ts';
import { call } from '../../live/call.ts';
import { useLive } from '../../live/store.tsx';
import { useAdminWords } from '../../ui/i18n.ts';
import { Empty } from '../../ui/messages.tsx';
import { DataTable } from '../../ui/panel/data-table.tsx';
import { Facts } from '../../ui/panel/facts.tsx';
import { Moment } from '../../ui/panel/moment.tsx';
import { PanelPage } from '../../ui/panel/panel-page.tsx';
import { Split } from '../../ui/panel/split.tsx';
import { usePages } from '../../ui/panel/use-pages.ts';
import { contactOf, newestVersion } from './contact.ts';
import { WorkstationContact, WorkstationVersion, workstationColumns } from './workstation-columns.tsx';

const askEveryMs = 15_000;

/** When the list was last asked for: reports of workstations are not told as changes. */
const useRound = (): number => {
  const [round, setRound] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setRound(Date.now()), askEveryMs);
    return () => clearInterval(timer);
  }, []);
  return round;
};

/** Every workstation that has ever reported to the shared record. */
export const WorkstationsPage = () => {
  const { t } = useAdminWords();
  const here = useLive((state) => state.status?.workstation);
  const at = useRound();
  const [selectedId, setSelectedId] = useState<string>();
  const pages = usePages<Workstation>(
    'workstations',
    (cursor, limit) => call('admin.listWorkstations', { cursor, limit }),
    { version: at },
  );
  const newest = newestVersion(pages.rows, at);
  const selected = pages.rows.find(({ name }) => name === selectedId);
  return (
    <PanelPage title={t('page.workstations')} intro={t('workstations.intro')} testId="page-workstations">
      <Split
        testId="workstation-detail"
        detailTitle={selected?.name ?? ''}
        onClose={() => setSelectedId(undefined)}
        list={
          <DataTable
            label={t('page.workstations')}
            testId="workstations"
            columns={workstationColumns(t, { at, here, newest })}
            pages={pages}
            rowId={({ name }) => name}
            selectedId={selectedId}
            onSelect={setSelectedId}
            failed={t('workstations.failed')}
            leastRem={60}
            tone={(row) => (contactOf(row, at) === 'gone' ? 'quiet' : undefined)}
            empty={<Empty title={t('workstations.empty')}>{t('workstations.emptyText')}</Empty>}
          />
        }
        detail={
          selected && (
            <>
              <Facts
                facts={[
                  {
                    key: 'contact',
                    name: t('workstations.column.contact'),
                    value: <WorkstationContact workstation={selected} at={at} t={t} />,
                  },
                  {
                    key: 'last',
                    name: t('workstations.column.last'),
                    value: <Moment at={selected.lastSeenAt} />,
                  },
                  {
                    key: 'first',
                    name: t('workstations.first'),
                    value: <Moment at={selected.firstSeenAt} />,
                  },
                  {
                    key: 'version',
                    name: t('workstations.column.version'),
                    value: <WorkstationVersion workstation={selected} newest={newest} t={t} />,
                  },
                  {
                    key: 'person',
                    name: t('workstations.column.person'),
                    value: selected.person ?? t('workstations.nobody'),
                  },
                  {
                    key: 'writer',
                    name: t('workstations.column.writer'),
                    value: t(selected.writer ? 'workstations.writerText' : 'workstations.notWriter'),
                  },
                ]}
              />
              <p className="secondary">{t(`workstations.contactText.${contactOf(selected, at)}`)}</p>
            </>
          )
        }
      />
    </PanelPage>
  );
};
