import type { Inputs } from '../../../contract/inputs.ts';
import { useAdminWords } from '../../ui/i18n.ts';
import { mostCounted, useNewRows } from './use-new-rows.ts';

interface NewRowsProps {
  readonly filter: Omit<Inputs['audit.list'], 'limit'>;
  readonly newestId: number | undefined;
  readonly onShow: () => void;
}

/** Rows that came in meanwhile are offered; what is being read stays where it is. */
export const NewRows = ({ filter, newestId, onShow }: NewRowsProps) => {
  const { t } = useAdminWords();
  const count = useNewRows(filter, newestId);
  return (
    <div role="status">
      {count > 0 && (
        <button type="button" className="button audit-new" data-testid="audit-new" onClick={onShow}>
          ↑ {count > mostCounted ? t('audit.manyNew', { count: mostCounted }) : t('audit.new', { count })}
        </button>
      )}
    </div>
  );
};
