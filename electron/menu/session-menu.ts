import type { MenuItemConstructorOptions } from 'electron';
import type { Role, Session } from '../../contract/domain.ts';
import { methods } from '../../contract/methods.ts';
import type { Texts } from '../texts/texts.ts';

/** Methods of the contract that the menu calls on the person's behalf. */
export type SessionAct = 'session.login' | 'session.cancelLogin' | 'session.logout' | 'session.lock';

export interface SessionMenuOptions {
  readonly session: Session;
  readonly onSession: (act: SessionAct) => void;
  readonly onAdmin: () => void;
}

const rank: Readonly<Record<Role, number>> = { viewer: 0, operator: 1, supervisor: 2, admin: 3 };

/** Whether the rights in force now open the admin window; main checks each of its calls as well. */
export const mayAdminister = ({ role }: Session): boolean =>
  rank[role] >= rank[methods['windows.openAdmin'].role];

/** Who is at this workstation: each item can be chosen when it would do something. */
export function sessionMenu(options: SessionMenuOptions, words: Texts['menu']): MenuItemConstructorOptions[] {
  const { session, onSession } = options;
  const { configured, signingIn, state } = session;
  const inUse = state === 'signed-in' || state === 'grace';
  const item = (label: string, act: SessionAct, enabled: boolean): MenuItemConstructorOptions => ({
    label,
    enabled,
    click: () => {
      onSession(act);
    },
  });
  return [
    item(words.signIn, 'session.login', configured && !signingIn && !inUse),
    item(words.changeOperator, 'session.login', configured && !signingIn && inUse),
    item(words.cancelSignIn, 'session.cancelLogin', signingIn),
    { type: 'separator' },
    // A key that no text field uses on any desktop; what is being written stays in its field.
    { ...item(words.lock, 'session.lock', inUse), accelerator: 'CmdOrCtrl+L' },
    item(words.signOut, 'session.logout', state !== 'signed-out'),
    { type: 'separator' },
    {
      label: words.administration,
      enabled: mayAdminister(session),
      click: options.onAdmin,
    },
  ];
}
