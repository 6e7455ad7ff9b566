import type { ReactNode } from 'react';
import type { CallError } from '../../../contract/errors.ts';
import { useAdminWords } from '../../ui/i18n.ts';
import { ErrorLine } from '../../ui/panel/error-line.tsx';

interface RowFormProps {
  readonly title: string;
  readonly testId: string;
  readonly dirty: boolean;
  readonly busy: boolean;
  readonly allowed: boolean;
  readonly missing?: string | undefined;
  readonly error: CallError | undefined;
  readonly onSave: () => void;
  readonly onReset: () => void;
  readonly children: ReactNode;
}

/** The fields of one row with what saves and what takes back. */
export const RowForm = ({
  title,
  testId,
  dirty,
  busy,
  allowed,
  missing,
  error,
  onSave,
  onReset,
  children,
}: RowFormProps) => {
  const { t } = useAdminWords();
  const ready = dirty && allowed && !busy && missing === undefined;
  return (
    <form
      className="site-form"
      data-testid={testId}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) onSave();
      }}
    >
      <h3>{title}</h3>
      {children}
      <ErrorLine error={error} />
      <div className="acts">
        <button
          type="submit"
          className="button button-strong"
          disabled={!ready}
          data-testid={`${testId}-save`}
        >
          {busy ? t('act.busy') : t('sites.save')}
        </button>
        {dirty && (
          <button type="button" className="button" onClick={onReset}>
            {t('act.cancel')}
          </button>
        )}
        {missing !== undefined && <span className="secondary">{missing}</span>}
      </div>
    </form>
  );
};
