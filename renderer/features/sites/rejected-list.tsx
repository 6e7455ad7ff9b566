import { useState } from 'react';
import type { RejectedMessage } from '../../../contract/domain.ts';
import { call } from '../../live/call.ts';
import { useLive } from '../../live/store.tsx';
import { useAdminWords } from '../../ui/i18n.ts';
import { Empty } from '../../ui/messages.tsx';
import { DataTable } from '../../ui/panel/data-table.tsx';
import { Facts } from '../../ui/panel/facts.tsx';
import { Moment } from '../../ui/panel/moment.tsx';
import { Split } from '../../ui/panel/split.tsx';
import { usePages } from '../../ui/panel/use-pages.ts';

const idOf = ({ streamId, seq, at, reason }: RejectedMessage): string =>
  `${streamId} ${seq ?? '-'} ${at} ${reason}`;

/** Camera messages that could not be used, newest first (docs/camera-protocol.md, rule 5). Their text is only shown. */
export const RejectedList = () => {
  const { t } = useAdminWords();
  const count = useLive((state) => state.status?.rejectedCount ?? 0);
  const pages = usePages('rejected', (cursor, limit) => call('monitoring.rejected', { cursor, limit }), {
    version: count,
  });
  const [selected, setSelected] = useState<string>();
  const chosen = pages.rows.find((message) => idOf(message) === selected);
  const numberOf = ({ seq }: RejectedMessage): string =>
    seq === undefined ? t('rejected.noSeq') : t('rejected.seq', { seq });
  return (
    <Split
      testId="rejected-detail"
      detailTitle={chosen === undefined ? '' : numberOf(chosen)}
      onClose={() => setSelected(undefined)}
      list={
        <DataTable
          label={t('rejected.title')}
          testId="rejected-messages"
          pages={pages}
          rowId={idOf}
          selectedId={selected}
          onSelect={setSelected}
          failed={t('rejected.failed')}
          empty={<Empty title={t('rejected.empty')} />}
          columns={[
            {
              key: 'at',
              title: t('cameras.received'),
              rem: 16,
              cell: ({ at }) => <Moment at={at} show="absolute" />,
            },
            { key: 'stream', title: t('sites.stream'), rem: 9, cell: ({ streamId }) => streamId },
            { key: 'seq', title: t('cameras.number'), rem: 8, cell: numberOf },
            { key: 'reason', title: t('cameras.reason'), cell: ({ reason }) => reason },
          ]}
        />
      }
      detail={
        chosen !== undefined && (
          <>
            <Facts
              facts={[
                { key: 'at', name: t('cameras.received'), value: <Moment at={chosen.at} /> },
                { key: 'stream', name: t('sites.stream'), value: chosen.streamId },
                { key: 'reason', name: t('cameras.reason'), value: chosen.reason },
              ]}
            />
            <h3>{t('rejected.text')}</h3>
            <pre className="rejected-text scroll" tabIndex={0} data-testid="rejected-text">
              {chosen.text}
            </pre>
          </>
        )
      }
    />
  );
};
