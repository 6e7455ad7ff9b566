import { useRef } from 'react';
import { useAdminWords } from '../i18n.ts';
import { StateMark } from '../state-mark.tsx';
import { Difference } from './difference.tsx';
import type { DifferenceProps } from './difference.tsx';
import { useReturnFocus } from './return-focus.ts';
import './panel.css';

interface ConflictNoticeProps extends Pick<DifferenceProps, 'nameOf' | 'textOf'> {
  /** Who changed what and when, as far as it is known, as a sentence. */
  readonly what: string;
  /** The values as they were when this person began, and as they are now; plain data without bookkeeping. */
  readonly known: unknown;
  readonly theirs: unknown;
  readonly busy?: boolean | undefined;
  /** Goes on from their values; what was entered here is given up. */
  readonly onTakeTheirs: () => void;
  /** Applies what was entered here to their values. Absent: it cannot be. */
  readonly onApplyMine?: (() => void) | undefined;
}

/** Somebody was faster: nothing was overwritten, and a person decides with the difference before them. */
export const ConflictNotice = ({
  what,
  known,
  theirs,
  busy = false,
  onTakeTheirs,
  onApplyMine,
  nameOf,
  textOf,
}: ConflictNoticeProps) => {
  const { t } = useAdminWords();
  const head = useRef<HTMLHeadingElement>(null);
  useReturnFocus(head, (place) => place.focus());
  return (
    <section className="conflict" role="alert" data-testid="conflict">
      <h3 ref={head} tabIndex={-1}>
        <StateMark state="stale" decorative /> {t('conflict.title')}
      </h3>
      <p>{what}</p>
      <Difference
        before={known}
        after={theirs}
        nameOf={nameOf}
        textOf={textOf}
        beforeTitle={t('conflict.known')}
        afterTitle={t('conflict.now')}
      />
      <div className="acts">
        <button
          type="button"
          className="button"
          disabled={busy}
          data-testid="conflict-take"
          onClick={onTakeTheirs}
        >
          {t('conflict.takeTheirs')}
        </button>
        {onApplyMine !== undefined && (
          <button
            type="button"
            className="button button-strong"
            disabled={busy}
            data-testid="conflict-apply"
            onClick={onApplyMine}
          >
            {t('conflict.applyMine')}
          </button>
        )}
      </div>
    </section>
  );
};
