import { useRef } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import type { CallError } from '../../../contract/errors.ts';
import { useAdminWords } from '../i18n.ts';
import { ErrorLine } from './error-line.tsx';
import { useReturnFocus } from './return-focus.ts';
import './panel.css';

interface ConfirmationProps {
  readonly title: string;
  /** What it does, the reason, a word to type: whatever must be said and entered before. */
  readonly children: ReactNode;
  readonly confirm: string;
  /** Something is missing: what, in words. */
  readonly missing?: string | undefined;
  readonly busy: boolean;
  readonly error?: CallError | undefined;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
  readonly testId: string;
}

/**
 * Asks once more, in its place on the page: nothing live is covered and nothing is blocked. The focus goes to its first
 * field and comes back to what opened it; Escape cancels, Ctrl+Enter confirms.
 */
export const Confirmation = ({
  title,
  children,
  confirm,
  missing,
  busy,
  error,
  onConfirm,
  onCancel,
  testId,
}: ConfirmationProps) => {
  const { t } = useAdminWords();
  const form = useRef<HTMLFormElement>(null);
  useReturnFocus(form, (place) => {
    (place.querySelector<HTMLElement>('input, textarea:not([aria-hidden]), select') ?? place).focus();
  });
  const submit = (): void => {
    if (missing === undefined && !busy) onConfirm();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onCancel();
    else if (event.key === 'Enter' && event.ctrlKey) submit();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <form
      ref={form}
      className="confirmation"
      tabIndex={-1}
      aria-label={title}
      data-testid={testId}
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h3>{title}</h3>
      {children}
      <ErrorLine error={error} />
      <div className="acts">
        <button
          type="submit"
          className="button button-strong"
          disabled={missing !== undefined || busy}
          data-testid={`${testId}-confirm`}
        >
          {busy ? t('act.busy') : confirm}
        </button>
        <button type="button" className="button" data-testid={`${testId}-cancel`} onClick={onCancel}>
          {t('act.cancel')}
        </button>
        {missing !== undefined && <span className="secondary">{missing}</span>}
      </div>
    </form>
  );
};
