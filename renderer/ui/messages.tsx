import type { ReactNode } from 'react';
import type { CallError } from '../../contract/errors.ts';
import { errorText } from './error-text.ts';
import { useWords } from './i18n.ts';
import { StateMark } from './state-mark.tsx';

/** Nothing there (yet), in words. */
export const Empty = ({ title, children }: { readonly title: string; readonly children?: ReactNode }) => (
  <div className="empty">
    <strong>{title}</strong>
    {children !== undefined && <p>{children}</p>}
  </div>
);

/** Something is on its way. */
export const Loading = ({ text }: { readonly text: string }) => (
  <div className="empty" role="status">
    {text}
  </div>
);

interface FailedProps {
  readonly title: string;
  readonly error: CallError;
  readonly retry?: (() => void) | undefined;
  readonly children?: ReactNode;
}

/** It could not be had: what, why, and a way to try again. */
export const Failed = ({ title, error, retry, children }: FailedProps) => {
  const { t, language } = useWords();
  return (
    <div className="empty" role="alert">
      <strong>
        <StateMark state="stale" decorative /> {title}
      </strong>
      <p>{errorText(error, t, language)}</p>
      {children}
      {retry !== undefined && (
        <button type="button" className="button" onClick={retry}>
          {t('error.retry')}
        </button>
      )}
    </div>
  );
};
