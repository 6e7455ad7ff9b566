import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useWords } from './i18n.ts';
import './side-panel.css';

interface SidePanelProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly testId: string;
  readonly children: ReactNode;
}

/** Beside the live picture: it takes its own column, so nothing live is covered. Escape closes it. */
export const SidePanel = ({ title, onClose, testId, children }: SidePanelProps) => {
  const { t } = useWords();
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    head.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <aside
      className="panel side-panel"
      aria-label={title}
      data-testid={testId}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <div className="side-panel-head">
        <h2 ref={head} tabIndex={-1}>
          {title}
        </h2>
        <button type="button" className="button button-quiet" aria-label={t('panel.close')} onClick={onClose}>
          ✕
        </button>
      </div>
      <div className="side-panel-body scroll" tabIndex={0} role="group" aria-label={title}>
        {children}
      </div>
    </aside>
  );
};
