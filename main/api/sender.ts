import type { WindowKind } from '../../contract/methods.ts';

/** The only origin whose pages may call: the application's own scheme (electron/security/scheme.ts). */
export const applicationOrigin = 'vicore-app://app';

/** What the shell knows of who sent a call; nothing of it comes from the message. */
export interface SenderFacts {
  /** Absent when no window of ours was recorded for the web contents at its creation. */
  readonly window?: { readonly id: number; readonly kind: WindowKind } | undefined;
  /** Absent when the frame is gone or was navigated away before the call was read. */
  readonly frame?: { readonly isMain: boolean; readonly origin: string } | undefined;
}

export interface Sender {
  readonly windowId: number;
  readonly kind: WindowKind;
}

/** The sender, or why it is none (fault 67): a foreign origin, an inner frame, a vanished frame, an unknown window. */
export function checkSender(facts: SenderFacts): Sender | { readonly refused: string } {
  if (!facts.window) return { refused: 'the window was not opened by this application' };
  if (!facts.frame) return { refused: 'the frame is gone' };
  if (!facts.frame.isMain) return { refused: 'not the main frame of the window' };
  if (facts.frame.origin !== applicationOrigin) return { refused: 'foreign origin' };
  return { windowId: facts.window.id, kind: facts.window.kind };
}
