import type { CallError } from '../../../contract/errors.ts';
import { errorText } from '../error-text.ts';
import { useAdminWords } from '../i18n.ts';
import { StateMark } from '../state-mark.tsx';

/** Why something was not done, beside what asked for it, with the reference to find it in log and audit. */
export const ErrorLine = ({ error }: { readonly error: CallError | undefined }) => {
  const { t, language } = useAdminWords();
  return (
    <div role="alert" className="error-line">
      {error !== undefined && (
        <p data-testid="error-line" data-code={error.code}>
          <StateMark state="stale" decorative /> {errorText(error, t, language)}
          {error.correlationId !== undefined && (
            <span className="secondary"> {t('error.reference', { id: error.correlationId })}</span>
          )}
        </p>
      )}
    </div>
  );
};
