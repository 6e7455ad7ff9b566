import { useId, useState } from 'react';
import { classes } from '../../ui/dom.ts';
import { CopyField } from '../../ui/copy-field.tsx';
import { useAdminWords } from '../../ui/i18n.ts';
import { tableText } from './table-text.ts';

export interface FigureColumn {
  readonly key: string;
  readonly title: string;
  readonly numeric?: boolean;
}

export interface FigureRow {
  readonly key: string;
  /** In the order of the columns; the first one names the row. */
  readonly cells: readonly string[];
}

interface FigureTableProps {
  readonly title: string;
  readonly columns: readonly FigureColumn[];
  readonly rows: readonly FigureRow[];
  readonly testId: string;
  /** So many rows that they scroll by themselves. */
  readonly long?: boolean;
}

/** Figures as a table, and the same as text to take elsewhere. */
export const FigureTable = ({ title, columns, rows, testId, long = false }: FigureTableProps) => {
  const { t } = useAdminWords();
  const id = useId();
  const [copying, setCopying] = useState(false);
  return (
    <div className="figure-table" data-testid={testId}>
      <div
        className={classes('figure-rows', long && 'scroll')}
        role={long ? 'region' : undefined}
        aria-label={long ? title : undefined}
        tabIndex={long ? 0 : undefined}
      >
        <table>
          <caption className="visually-hidden">{title}</caption>
          <thead>
            <tr>
              {columns.map(({ key, title: name, numeric }) => (
                <th key={key} scope="col" className={classes(numeric === true && 'numeric')}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, cells }) => (
              <tr key={key} data-testid={`${testId}-row`}>
                {columns.map((column, place) =>
                  place === 0 ? (
                    <th key={column.key} scope="row">
                      <bdi>{cells[place]}</bdi>
                    </th>
                  ) : (
                    <td key={column.key} className={classes(column.numeric === true && 'numeric')}>
                      <bdi>{cells[place]}</bdi>
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="figure-copy">
        <button
          type="button"
          className="button"
          aria-expanded={copying}
          aria-controls={id}
          data-testid={`${testId}-copy`}
          onClick={() => setCopying(!copying)}
        >
          {t('statistics.copy')}
        </button>
        <div id={id}>
          {copying && (
            <CopyField
              text={tableText([columns.map((column) => column.title), ...rows.map(({ cells }) => cells)])}
              label={t('statistics.copyOf', { title })}
              testId={`${testId}-text`}
            />
          )}
        </div>
      </div>
    </div>
  );
};
