import { errorText } from '../error-text.ts';
import { formatNumber } from '../formats.ts';
import { useAdminWords } from '../i18n.ts';
import { StateMark } from '../state-mark.tsx';
import type { Pages } from './use-pages.ts';

interface TableEndProps {
  readonly pages: Omit<Pages<unknown>, 'replace'>;
  readonly failed: string;
}

/** Below a list: how many rows are shown, whether there are more, and what went wrong with the last question. */
export const TableEnd = ({ pages, failed }: TableEndProps) => {
  const { t, language } = useAdminWords();
  const { rows, hasMore, loadingMore, error } = pages;
  const values = { count: rows.length, shown: formatNumber(rows.length, language) };
  return (
    <div className="table-end" role="status">
      {error !== undefined ? (
        <>
          <span>
            <StateMark state="stale" decorative /> {failed} {errorText(error, t, language)}
          </span>
          <button type="button" className="button" onClick={pages.retry}>
            {t('error.retry')}
          </button>
        </>
      ) : (
        <span className="secondary" data-testid="row-count" data-count={rows.length}>
          {loadingMore ? t('list.loadingMore') : t(hasMore ? 'list.shownOfMore' : 'list.shown', values)}
        </span>
      )}
      {hasMore && error === undefined && (
        <button type="button" className="button" disabled={loadingMore} onClick={pages.more}>
          {t('list.more')}
        </button>
      )}
    </div>
  );
};
