import type { Session } from '../contract/domain.ts';
import type { Handlers, Refusal } from '../main/core.ts';
import type { DeepLink } from './deep-link.ts';
import type { Language } from './texts/texts.ts';
import type { WindowRecord } from './windows/window-record.ts';

/** Before there is a core nobody can be signed in. */
export const nobody: Session = {
  state: 'signed-out',
  signingIn: false,
  configured: false,
  name: '',
  role: 'viewer',
  workstation: '',
  sessionOnly: false,
};

/** What the program is doing now: set-up without a core, or running with one. */
export interface Stage {
  readonly handlers: Partial<Handlers>;
  find(windowId: number): WindowRecord | undefined;
  session(): Session;
  language(): Language;
  refused(refusal: Refusal): void;
  /** Somebody started the program again, perhaps with a link. */
  comeForward(link: DeepLink | undefined): void;
  /** The windows are about to close because the program ends. */
  freeze(): void;
  stop(): Promise<void>;
}
