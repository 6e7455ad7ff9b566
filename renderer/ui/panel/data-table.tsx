import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useEffectEvent, useId, useRef } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { classes } from '../dom.ts';
import { useAdminWords } from '../i18n.ts';
import { Failed, Loading } from '../messages.tsx';
import { useRootPixels } from '../root-size.ts';
import { useSize } from '../use-size.ts';
import { TableEnd } from './table-end.tsx';
import type { Pages } from './use-pages.ts';
import './panel.css';

export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  /** In rem; columns without one share what is left. */
  readonly rem?: number;
  readonly numeric?: boolean;
  /** Left out while the list has little room; the detail beside it says it. */
  readonly minor?: boolean;
  readonly cell: (row: Row) => ReactNode;
}

interface DataTableProps<Row> {
  readonly label: string;
  readonly testId: string;
  readonly columns: readonly Column<Row>[];
  readonly pages: Pages<Row>;
  readonly rowId: (row: Row) => string;
  readonly selectedId: string | undefined;
  readonly onSelect: (id: string | undefined) => void;
  /** Why there is nothing to see. */
  readonly empty: ReactNode;
  /** What could not be loaded, as a sentence. */
  readonly failed: string;
  /** Minor columns are left out below this width, in rem. */
  readonly leastRem?: number;
  /** `data-…` of the row, for its look: `quiet` is drawn in the secondary colour. */
  readonly tone?: (row: Row) => 'quiet' | undefined;
  /** Another number: the list goes to its top. */
  readonly top?: number;
}

const rowRem = 1.95;
/** The least a column without a width of its own has. */
const flexibleRem = 7;
const steps: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 12,
  PageUp: -12,
  Home: -Infinity,
  End: Infinity,
};

/**
 * A dense list with a head that stays: one stop of the Tab key, arrow keys select, older rows come at its end. Only
 * the rows on screen are drawn, however many there are.
 */
export const DataTable = <Row,>({
  label,
  testId,
  columns: allColumns,
  pages,
  rowId,
  selectedId,
  onSelect,
  empty,
  failed,
  leastRem = 40,
  tone,
  top = 0,
}: DataTableProps<Row>) => {
  const { t } = useAdminWords();
  const { rows } = pages;
  const id = useId();
  const root = useRootPixels();
  const scroller = useRef<HTMLDivElement>(null);
  const place = useRef<HTMLDivElement>(null);
  const size = useSize(place);
  const columns =
    size !== undefined && size.width < leastRem * root
      ? allColumns.filter(({ minor }) => minor !== true)
      : allColumns;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => Math.max(32, rowRem * root),
    overscan: 10,
    scrollPaddingStart: Math.max(32, rowRem * root),
  });
  const measure = useEffectEvent(() => virtual.measure());
  useEffect(() => {
    measure();
  }, [root]);

  const shown = virtual.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? 0;
  const askMore = useEffectEvent(() => {
    if (pages.hasMore && pages.error === undefined && lastShown >= rows.length - 15) pages.more();
  });
  useEffect(() => {
    if (rows.length > 0) askMore();
  }, [lastShown, rows.length]);

  const selectedPlace = rows.findIndex((row) => rowId(row) === selectedId);
  // When another row is selected, not when rows come in under the reader's eyes.
  const showSelected = useEffectEvent(() => {
    if (selectedPlace >= 0) virtual.scrollToIndex(selectedPlace, { align: 'auto' });
  });
  useEffect(() => {
    showSelected();
  }, [selectedId]);

  useEffect(() => {
    if (scroller.current !== null) scroller.current.scrollTop = 0;
  }, [top]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const step = steps[event.key];
    if (step === undefined || event.ctrlKey || event.altKey || event.target !== event.currentTarget) return;
    event.preventDefault();
    const next = rows[Math.max(0, Math.min(rows.length - 1, selectedPlace + step))];
    if (next !== undefined) onSelect(rowId(next));
  };

  if (rows.length === 0) {
    return (
      <div ref={place} className="table-place" data-testid={`${testId}-state`} data-phase={pages.phase}>
        {pages.phase === 'loading' && <Loading text={t('list.loading')} />}
        {pages.phase === 'failed' && pages.error !== undefined && (
          <Failed title={failed} error={pages.error} retry={pages.retry} />
        )}
        {pages.phase === 'ready' && empty}
      </div>
    );
  }
  const grid = {
    gridTemplateColumns: columns
      .map(({ rem }) => (rem === undefined ? `minmax(${flexibleRem}rem, 1fr)` : `${rem}rem`))
      .join(' '),
  };
  const width = { minInlineSize: `${columns.reduce((sum, { rem }) => sum + (rem ?? flexibleRem), 0)}rem` };
  return (
    <div ref={place} className="table-place">
      <div
        ref={scroller}
        className="data-table scroll"
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-rowcount={pages.hasMore ? -1 : rows.length + 1}
        aria-activedescendant={
          shown.some(({ index }) => index === selectedPlace) ? `${id}-${selectedPlace}` : undefined
        }
        data-testid={testId}
        onKeyDown={onKeyDown}
      >
        <div className="table-head" role="rowgroup" style={width}>
          <div className="table-row" role="row" aria-rowindex={1} style={grid}>
            {columns.map(({ key, title, numeric }) => (
              <div key={key} role="columnheader" className={classes(numeric === true && 'numeric')}>
                {title}
              </div>
            ))}
          </div>
        </div>
        <div className="table-body" role="rowgroup" style={{ ...width, blockSize: virtual.getTotalSize() }}>
          {shown.map(({ index, start, size }) => {
            const row = rows[index];
            if (row === undefined) return undefined;
            const key = rowId(row);
            return (
              <div
                key={key}
                id={`${id}-${index}`}
                className="table-row"
                role="row"
                aria-rowindex={index + 2}
                aria-selected={key === selectedId}
                data-testid={`${testId}-row`}
                data-id={key}
                data-tone={tone?.(row)}
                style={{ ...grid, insetBlockStart: start, blockSize: size }}
                onClick={() => onSelect(key)}
              >
                {columns.map((column) => (
                  <div
                    key={column.key}
                    role="gridcell"
                    className={classes(column.numeric === true && 'numeric')}
                  >
                    {column.cell(row)}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
      <TableEnd pages={pages} failed={failed} />
    </div>
  );
};
