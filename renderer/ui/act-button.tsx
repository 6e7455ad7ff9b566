import type { ReactNode } from 'react';
import { showError } from '../live/notices.ts';
import { refusalError, refusalOf } from '../live/refusal.ts';
import type { Act, Refusal } from '../live/refusal.ts';
import { useLive } from '../live/store.tsx';
import { classes } from './dom.ts';
import { useWords } from './i18n.ts';
import { refusalText } from './refusal-text.ts';

/** Why the act is not open to whoever is signed in. */
const useRefusal = (act: Act): Refusal | undefined => {
  const session = useLive((state) => state.session);
  return refusalOf(session, act);
};

interface ActButtonProps {
  readonly act: Act;
  readonly testId: string;
  /** The act is on its way. */
  readonly working?: boolean;
  readonly strong?: boolean;
  /** Without a border until the pointer is on it. */
  readonly quiet?: boolean;
  /** The button opens what the act is done in; what is open can be closed by anybody. */
  readonly expanded?: boolean;
  /** Without it the button submits its form. */
  readonly onAct?: () => void;
  readonly children: ReactNode;
}

/**
 * A button for what needs a role. Without the role it is there, marked disabled, and says why: in its tooltip, and
 * as a notice when it is pressed all the same, which a keyboard can do (a disabled element takes no focus).
 */
export const ActButton = (props: ActButtonProps) => {
  const { act, testId, working = false, strong, quiet, expanded, onAct, children } = props;
  const { t } = useWords();
  const found = useRefusal(act);
  const refusal = expanded === true ? undefined : found;
  return (
    <button
      type={onAct === undefined ? 'submit' : 'button'}
      className={classes('button', strong === true && 'button-strong', quiet === true && 'button-quiet')}
      disabled={working}
      aria-disabled={refusal === undefined ? undefined : true}
      aria-expanded={expanded}
      title={refusal === undefined ? undefined : refusalText(refusal, t)}
      data-testid={testId}
      onClick={(event) => {
        if (refusal === undefined) {
          onAct?.();
          return;
        }
        event.preventDefault();
        showError(refusalError(refusal));
      }}
    >
      {children}
    </button>
  );
};

/** The reason in words beside what is being written, so that nobody writes for nothing without knowing. */
export const ActReason = ({ act }: { readonly act: Act }) => {
  const { t } = useWords();
  const refusal = useRefusal(act);
  if (refusal === undefined) return undefined;
  return (
    <p className="act-reason" data-testid="act-reason">
      <span aria-hidden="true">⊘</span> {refusalText(refusal, t)}
    </p>
  );
};
