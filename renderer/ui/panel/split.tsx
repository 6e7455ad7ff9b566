import { useRef } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { isTextField } from '../dom.ts';
import { useAdminWords } from '../i18n.ts';

interface SplitProps {
  readonly list: ReactNode;
  /** Absent: nothing is selected, the list has the whole width. */
  readonly detail?: ReactNode;
  readonly detailTitle: string;
  readonly onClose: () => void;
  readonly testId: string;
}

/**
 * A list with the selected thing beside it. The focus stays in the list while one walks through it; Enter goes to
 * the detail, Escape back to the list and from there closes the detail. What is inside may keep Escape for itself
 * (a confirmation) by preventing its default.
 */
export const Split = ({ list, detail, detailTitle, onClose, testId }: SplitProps) => {
  const { t } = useAdminWords();
  const listPlace = useRef<HTMLDivElement>(null);
  const head = useRef<HTMLHeadingElement>(null);
  const grid = (): HTMLElement | undefined =>
    listPlace.current?.querySelector<HTMLElement>('[role="grid"]') ?? undefined;

  const onListKey = (event: KeyboardEvent): void => {
    if (event.target !== grid() || event.defaultPrevented) return;
    if (event.key === 'Enter' && head.current !== null) {
      event.preventDefault();
      head.current.focus();
    } else if (event.key === 'Escape' && detail !== undefined) {
      event.preventDefault();
      onClose();
    }
  };
  const onDetailKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    // A field that is being written in is not left by a key that loses nothing: one step at a time.
    event.preventDefault();
    if (isTextField(event.target)) head.current?.focus();
    else grid()?.focus();
  };
  const close = (): void => {
    grid()?.focus();
    onClose();
  };
  return (
    <div className="split" data-open={detail !== undefined}>
      <div ref={listPlace} className="panel split-list" data-region="list" onKeyDown={onListKey}>
        {list}
      </div>
      {detail !== undefined && (
        <aside
          className="panel split-detail"
          data-region="detail"
          aria-label={detailTitle}
          data-testid={testId}
          onKeyDown={onDetailKey}
        >
          <div className="split-head">
            <h2 ref={head} tabIndex={-1}>
              {detailTitle}
            </h2>
            <button
              type="button"
              className="button button-quiet"
              aria-label={t('panel.close')}
              onClick={close}
            >
              ✕
            </button>
          </div>
          <div className="split-body scroll" tabIndex={0} role="group" aria-label={detailTitle}>
            {detail}
          </div>
        </aside>
      )}
    </div>
  );
};
