import { useState } from 'react';
import type { Alert } from '../../../contract/domain.ts';
import { isUnacknowledged } from '../../live/alert-order.ts';
import { useDraft } from '../../live/drafts.ts';
import { useLiveActions } from '../../live/store.tsx';
import { ActButton, ActReason } from '../act-button.tsx';
import { useWords } from '../i18n.ts';
import { UndoButton } from './undo-button.tsx';

/** As long as a comment may be (contract/inputs.ts). */
export const longestComment = 2000;

/** What waits is acknowledged with the comment and the ticked steps; afterwards a comment can still be added. */
export const AcknowledgeForm = ({ alert }: { readonly alert: Alert }) => {
  const { t } = useWords();
  const { acknowledge, comment: addComment } = useLiveActions();
  const [comment, setComment] = useDraft(`alert ${alert.id}`);
  const [working, setWorking] = useState(false);
  const waiting = isUnacknowledged(alert);
  const act = waiting ? 'acknowledge' : 'comment';
  const nothing = !waiting && comment.trim() === '';

  const send = async (): Promise<void> => {
    setWorking(true);
    const done = await (waiting ? acknowledge(alert.id, comment) : addComment(alert.id, comment));
    setWorking(false);
    if (!done) return;
    setComment('');
  };
  return (
    <>
      <form
        className="acknowledge-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!nothing) void send();
        }}
      >
        <input
          type="text"
          className="field"
          dir="auto"
          value={comment}
          maxLength={longestComment}
          placeholder={t(waiting ? 'alerts.comment' : 'alerts.commentLater')}
          aria-label={t(waiting ? 'alerts.comment' : 'alerts.commentLater')}
          data-testid={waiting ? 'ack-comment' : 'comment'}
          onChange={(event) => setComment(event.target.value)}
        />
        <ActButton
          act={act}
          strong={waiting}
          working={working || nothing}
          testId={waiting ? 'ack-button' : 'comment-button'}
        >
          {t(waiting ? 'alerts.acknowledge' : 'alerts.addComment')}
        </ActButton>
      </form>
      <ActReason act={act} />
      {!waiting && <UndoButton alertId={alert.id} />}
    </>
  );
};
