import { useLiveActions } from '../../live/store.tsx';
import { useMayUndo, useUndoSeconds } from '../../live/undo.ts';
import { ActButton } from '../act-button.tsx';
import { useWords } from '../i18n.ts';

interface UndoButtonProps {
  readonly alertId: string;
  readonly testId?: string;
  /** What is undone, where it does not stand beside the button. */
  readonly label?: string | undefined;
}

const Countdown = ({ alertId, testId = 'undo-button', label }: UndoButtonProps) => {
  const { t } = useWords();
  const { undo } = useLiveActions();
  const seconds = useUndoSeconds(alertId);
  if (seconds === undefined) return undefined;
  return (
    <ActButton act="undo" quiet testId={testId} onAct={() => void undo(alertId)}>
      <span aria-hidden="true">↶</span> {t('alerts.undo')}
      {label !== undefined && <span className="visually-hidden"> {label}</span>}{' '}
      <span aria-hidden="true">{seconds} s</span>
    </ActButton>
  );
};

/** Takes one's own acknowledgement back while that is possible; then it goes by itself. */
export const UndoButton = (props: UndoButtonProps) =>
  useMayUndo(props.alertId) ? <Countdown {...props} /> : undefined;
