import { BrowserWindow, app, nativeTheme } from 'electron';
import type { Session } from 'electron';
import type { WindowKind } from '../../contract/methods.ts';
import { applicationOrigin } from '../../main/api/sender.ts';
import { preloadScript } from '../paths.ts';
import type { Rectangle } from './placement.ts';

export const windowAddress = (kind: WindowKind): string => `${applicationOrigin}/windows/${kind}/index.html`;

/** Page colours of both themes, so that a window does not flash in the other one before it paints. */
export const pageColour = (): string => (nativeTheme.shouldUseDarkColors ? '#1B1F24' : '#D3D6D9');

/**
 * What every page is shown with, ours or not. Isolation, sandbox and the absence of Node are the defaults and are
 * stated all the same (docs/security.md points 2 to 4 and 6).
 */
export const safePreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webSecurity: true,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
} as const;

/** A hidden window without its page yet. */
export function createWindow(
  session: Session,
  bounds: Rectangle,
  preload: WindowKind | undefined,
): BrowserWindow {
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 480,
    minHeight: 320,
    show: false,
    title: 'VICORE',
    backgroundColor: pageColour(),
    webPreferences: {
      session,
      preload: preload === undefined ? undefined : preloadScript(preload),
      ...safePreferences,
      // Live windows stay on time when they are covered or minimised (fault 58).
      backgroundThrottling: false,
      devTools: !app.isPackaged,
      // A call rings whether or not anybody has touched anything; no other window makes a sound.
      autoplayPolicy: preload === 'sound' ? 'no-user-gesture-required' : 'document-user-activation-required',
    },
  });
  return window;
}
