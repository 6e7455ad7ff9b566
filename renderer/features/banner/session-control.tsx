import type { Ref } from 'react';
import type { Session } from '../../../contract/domain.ts';
import { askSession } from '../../live/session-acts.ts';
import { useLiveActions } from '../../live/store.tsx';
import { useWords } from '../../ui/i18n.ts';
import { SessionGlyph } from './session-glyph.tsx';
import { signInKey, standingKey } from './session-words.ts';
import './session.css';

interface SessionControlProps {
  readonly ref: Ref<HTMLButtonElement>;
  readonly session: Session;
  readonly open: boolean;
  readonly onToggle: () => void;
}

/** Who is at this workstation and with which rights, at a glance; opens the menu. Beside it the way to sign in. */
export const SessionControl = ({ ref, session, open, onToggle }: SessionControlProps) => {
  const { t } = useWords();
  const { store } = useLiveActions();
  const { state, role, configured } = session;
  const signIn = signInKey(session);
  const nobody = t(configured ? 'session.nobody' : 'session.notConfigured');
  const name = state === 'signed-out' ? nobody : session.name;
  const standing = standingKey(session);
  const words = standing === undefined ? undefined : t(standing);
  return (
    <div className="session" data-state={state} data-offers={signIn !== undefined}>
      <button
        ref={ref}
        type="button"
        className="button button-quiet session-button"
        aria-haspopup="menu"
        aria-expanded={open}
        title={words === undefined ? name : `${name} · ${words}`}
        data-testid="session-button"
        onClick={onToggle}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' || open) return;
          event.preventDefault();
          event.stopPropagation();
          onToggle();
        }}
      >
        <SessionGlyph state={state} />
        <span className="session-name" data-testid="session-state" data-state={state} data-role={role}>
          {name}
        </span>
        {words !== undefined && <span className="session-standing">{words}</span>}
        <span aria-hidden="true">{open ? '▴' : '▾'}</span>
      </button>
      {signIn !== undefined && (
        <button
          type="button"
          className="button button-strong"
          data-testid="sign-in"
          onClick={() => void askSession(window.vicore, store, 'session.login')}
        >
          {t(signIn)}
        </button>
      )}
    </div>
  );
};
