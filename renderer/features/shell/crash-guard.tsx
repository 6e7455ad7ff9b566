import { Component } from 'react';
import type { ReactNode } from 'react';
import { call } from '../../live/call.ts';
import { useWords } from '../../ui/i18n.ts';

const CrashPage = ({ message }: { readonly message: string }) => {
  const { t } = useWords();
  return (
    <main className="empty" role="alert">
      <strong>{t('error.crash')}</strong>
      <p>{message}</p>
      <button type="button" className="button" onClick={() => void call('diagnostics.openLogs', {})}>
        {t('error.openLogs')}
      </button>
      <button type="button" className="button button-strong" onClick={() => location.reload()}>
        {t('error.reload')}
      </button>
    </main>
  );
};

interface GuardState {
  readonly message?: string | undefined;
}

/** A fault while drawing ends in words and a way back, never in an empty window. */
export class CrashGuard extends Component<{ readonly children: ReactNode }, GuardState> {
  override state: GuardState = {};

  static getDerivedStateFromError(error: unknown): GuardState {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    const { message } = this.state;
    return message === undefined ? this.props.children : <CrashPage message={message} />;
  }
}
