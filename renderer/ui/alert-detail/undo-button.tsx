import type { Alert } from '../../../contract/domain.ts';
import { useLive, useLiveActions } from '../../live/store.tsx';
import { isOwnAcknowledgement, useMayUndo, useUndoSeconds } from '../../live/undo.ts';
import { ActButton } from '../act-button.tsx';
import { useWords } from '../i18n.ts';

interface LookProps {
  readonly testId?: string;
  /** What is undone, where it does not stand beside the button. */
  readonly label?: string | undefined;
}

interface OwnProps extends LookProps {
  readonly alert: Alert;
}

const Countdown = ({ alert, testId = 'undo-button', label }: OwnProps) => {
  const { t } = useWords();
  const { undo } = useLiveActions();
  const seconds = useUndoSeconds(alert);
  if (seconds === undefined) return undefined;
  return (
    <ActButton act="undo" quiet testId={testId} onAct={() => void undo(alert.id)}>
      <span aria-hidden="true">↶</span> {t('alerts.undo')}
      {label !== undefined && <span className="visually-hidden"> {label}</span>}{' '}
      <span aria-hidden="true">{seconds} s</span>
    </ActButton>
  );
};

const Offer = (props: OwnProps) => (useMayUndo(props.alert) ? <Countdown {...props} /> : undefined);

/**
 * Takes one's own acknowledgement back while that is possible, in whichever window and at whichever workstation it was
 * made; then it goes by itself.
 */
export const UndoButton = ({ alertId, ...look }: LookProps & { readonly alertId: string }) => {
  const alert = useLive(({ alerts, closedAlerts }) => alerts.get(alertId) ?? closedAlerts.get(alertId));
  const person = useLive((state) => state.session?.name);
  if (alert === undefined || !isOwnAcknowledgement(alert, person)) return undefined;
  return <Offer key={alert.acknowledgedAt} alert={alert} {...look} />;
};
