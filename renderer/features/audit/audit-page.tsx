import { useState } from 'react';
import type { AuditRow } from '../../../contract/domain.ts';
import { call } from '../../live/call.ts';
import { formatNumber } from '../../ui/formats.ts';
import { useAdminWords } from '../../ui/i18n.ts';
import { Empty } from '../../ui/messages.tsx';
import { DataTable } from '../../ui/panel/data-table.tsx';
import { PanelPage } from '../../ui/panel/panel-page.tsx';
import { Split } from '../../ui/panel/split.tsx';
import { usePages } from '../../ui/panel/use-pages.ts';
import { auditColumns } from './audit-columns.tsx';
import { AuditDetail } from './audit-detail.tsx';
import { ExportStrip } from './export-strip.tsx';
import { FilterBar } from './filter-bar.tsx';
import { everything, filterInput, isFiltered } from './filter.ts';
import type { AuditFilter } from './filter.ts';
import { NewRows } from './new-rows.tsx';
import { useAuditWords } from './use-audit-words.ts';
import { useExport } from './use-export.ts';
import { useVerification } from './use-verification.ts';
import { VerificationStrip } from './verification-strip.tsx';
import './audit.css';

/** Rows above one that is jumped to, so that it is seen among its neighbours. */
const rowsAbove = 5;

interface AuditPageProps {
  /** The person that another page asked for; a new object for each time it asks. */
  readonly wanted?: { readonly actor: string } | undefined;
}

/** Who did what, when, from where: read, proved whole, taken elsewhere. */
export const AuditPage = ({ wanted }: AuditPageProps) => {
  const { t, language } = useAdminWords();
  const words = useAuditWords();
  const [filter, setFilter] = useState<AuditFilter>(() => everything(Date.now()));
  const [upTo, setUpTo] = useState<number>();
  const [selectedId, setSelectedId] = useState<string>();
  const [top, setTop] = useState(0);
  const [seen, setSeen] = useState<AuditPageProps['wanted']>();
  const verification = useVerification();
  const exporting = useExport();
  const change = (next: AuditFilter): void => {
    setFilter(next);
    setUpTo(undefined);
  };
  if (wanted !== undefined && wanted !== seen) {
    setSeen(wanted);
    change({ ...everything(Date.now()), actor: wanted.actor });
  }

  const input = filterInput(filter);
  const pages = usePages<AuditRow>(JSON.stringify([input, upTo]), (cursor, limit) =>
    call('audit.list', { ...input, upTo, cursor, limit }),
  );
  const { rows } = pages;
  const selected = rows.find(({ id }) => String(id) === selectedId);
  const people = [...new Set(rows.map(({ actor }) => actor))].filter((actor) => actor !== '').toSorted();

  const showRow = (id: number): void => {
    setFilter(everything(Date.now()));
    setUpTo(id + rowsAbove);
    setSelectedId(String(id));
  };
  const showNewest = (): void => {
    setUpTo(undefined);
    setSelectedId(undefined);
    setTop(top + 1);
    pages.retry();
  };

  return (
    <PanelPage
      title={t('page.audit')}
      intro={t('audit.intro')}
      testId="page-audit"
      acts={
        <>
          <button
            type="button"
            className="button"
            disabled={verification.state.kind === 'running'}
            data-testid="audit-verify"
            onClick={verification.start}
          >
            {t('audit.verify')}
          </button>
          {(['csv', 'jsonl'] as const).map((format) => (
            <button
              key={format}
              type="button"
              className="button"
              disabled={exporting.busy}
              title={t(isFiltered(filter) ? 'audit.exportFiltered' : 'audit.exportAll')}
              data-testid={`audit-export-${format}`}
              onClick={() => void exporting.start({ format, ...input })}
            >
              {t(`audit.export.${format}`)}
            </button>
          ))}
        </>
      }
      tools={<FilterBar filter={filter} people={people} onChange={change} />}
    >
      <div className="audit-body">
        <VerificationStrip verification={verification} onShowRow={showRow} />
        <ExportStrip exporting={exporting} />
        {upTo === undefined ? (
          <NewRows filter={input} newestId={rows[0]?.id} onShow={showNewest} />
        ) : (
          <div className="panel audit-strip">
            <p>{t('audit.jumped', { id: formatNumber(upTo, language) })}</p>
            <button type="button" className="button" data-testid="audit-newest" onClick={showNewest}>
              {t('audit.backToNewest')}
            </button>
          </div>
        )}
        <Split
          testId="audit-detail"
          detailTitle={
            selected === undefined ? '' : t('audit.row', { id: formatNumber(selected.id, language) })
          }
          onClose={() => setSelectedId(undefined)}
          list={
            <DataTable
              label={t('page.audit')}
              testId="audit"
              columns={auditColumns(t, language, words)}
              pages={pages}
              rowId={({ id }) => String(id)}
              selectedId={selectedId}
              onSelect={setSelectedId}
              failed={t('audit.failed')}
              leastRem={62}
              top={top}
              empty={
                isFiltered(filter) ? (
                  <Empty title={t('list.noMatch')}>{t('audit.noMatchText')}</Empty>
                ) : (
                  <Empty title={t('audit.empty')} />
                )
              }
            />
          }
          detail={
            selected && (
              <AuditDetail
                key={selected.id}
                row={selected}
                onFilter={(changed) => change({ ...everything(Date.now()), ...changed })}
              />
            )
          }
        />
      </div>
    </PanelPage>
  );
};
