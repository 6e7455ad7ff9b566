import { useEffect, useEffectEvent, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import type { Session } from '../../../contract/domain.ts';
import { call } from '../../live/call.ts';
import { showError } from '../../live/notices.ts';
import { askSession } from '../../live/session-acts.ts';
import { useLiveActions } from '../../live/store.tsx';
import { useSite } from '../../live/zone.ts';
import { formatRecent, zoneOfSite } from '../../ui/formats.ts';
import { useWords } from '../../ui/i18n.ts';
import type { Key } from '../../ui/i18n.ts';
import { menuItems } from './session-words.ts';
import type { MenuItem } from './session-words.ts';

const words: Readonly<Record<MenuItem, Key>> = {
  'change-operator': 'session.changeOperator',
  lock: 'session.lock',
  'sign-out': 'session.signOut',
  'open-admin': 'session.admin',
  preferences: 'preferences.title',
};
const testIds: Readonly<Record<MenuItem, string>> = {
  'change-operator': 'change-operator',
  lock: 'lock',
  'sign-out': 'sign-out',
  'open-admin': 'open-admin',
  preferences: 'session-preferences',
};

interface SessionMenuProps {
  readonly session: Session;
  /** `refocus`: the focus goes back to the button. */
  readonly onClose: (refocus: boolean) => void;
  readonly onPreferences?: (() => void) | undefined;
}

/** A line of the banner, not a sheet over it: the live view moves down a little, nothing of it is covered. */
export const SessionMenu = ({ session, onClose, onPreferences }: SessionMenuProps) => {
  const { t, language } = useWords();
  const { store } = useLiveActions();
  const menu = useRef<HTMLDivElement>(null);
  const zone = zoneOfSite(useSite());
  useEffect(() => menu.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus(), []);
  const items = menuItems(session, onPreferences !== undefined);

  // After the click, not when the focus leaves: the line would go, and what is pressed would move from under the pointer.
  const closeOutside = useEffectEvent((target: EventTarget | null): void => {
    if (!(target instanceof Element) || target.closest('[aria-haspopup="menu"]') !== null) return;
    if (menu.current?.parentElement?.contains(target) !== true) onClose(false);
  });
  useEffect(() => {
    const onClick = (event: MouseEvent): void => closeOutside(event.target);
    document.addEventListener('click', onClick);
    return () => document.removeEventListener('click', onClick);
  }, []);

  const openAdmin = async (): Promise<void> => {
    const answer = await call('windows.openAdmin', {});
    if (!answer.ok) showError(answer.error);
  };
  const acts: Readonly<Record<MenuItem, () => void>> = {
    'change-operator': () => void askSession(window.vicore, store, 'session.login'),
    lock: () => void askSession(window.vicore, store, 'session.lock'),
    'sign-out': () => void askSession(window.vicore, store, 'session.logout'),
    'open-admin': () => void openAdmin(),
    preferences: () => onPreferences?.(),
  };

  const move = (event: KeyboardEvent): void => {
    const stops = [...(menu.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
    const at = stops.findIndex((stop) => stop === document.activeElement);
    const to = {
      ArrowRight: at + 1,
      ArrowDown: at + 1,
      ArrowLeft: at - 1 + stops.length,
      ArrowUp: at - 1 + stops.length,
      Home: 0,
      End: stops.length - 1,
    }[event.key];
    if (event.key === 'Tab') {
      // From the button onwards, as if the menu had not been opened.
      onClose(true);
      return;
    }
    if (event.key === 'Escape') onClose(true);
    else if (to !== undefined) stops[to % stops.length]?.focus();
    else return;
    // The arrows and Escape of the window have to wait while somebody is in the menu.
    event.preventDefault();
    event.stopPropagation();
  };

  const facts = [
    session.ownRole === undefined ? undefined : t('session.ownRole', { role: t(`role.${session.ownRole}`) }),
    session.since === undefined || session.state === 'signed-out'
      ? undefined
      : t('session.since', { time: formatRecent(session.since, Date.now(), language, zone) }),
    session.workstation,
  ].filter((fact) => fact !== undefined);
  return (
    <div className="session-menu-line">
      <p className="secondary">
        {facts.join(' · ')}
        {session.sessionOnly && (
          <span className="session-only" data-testid="session-only">
            {t('session.sessionOnly')}
          </span>
        )}
      </p>
      <div
        ref={menu}
        role="menu"
        aria-label={t('session.menu')}
        aria-orientation="horizontal"
        className="session-menu"
        data-testid="session-menu"
        onKeyDown={move}
      >
        {items.map((item) => (
          <button
            key={item}
            type="button"
            role="menuitem"
            tabIndex={-1}
            className="button"
            data-testid={testIds[item]}
            onClick={() => {
              // The panel it opens takes the focus itself.
              onClose(item !== 'preferences');
              acts[item]();
            }}
          >
            {t(words[item])}
          </button>
        ))}
      </div>
    </div>
  );
};
