import { BrowserWindow } from 'electron';
import type { Session } from 'electron';
import type { Log } from '../../main/core.ts';
import { fill } from '../texts/texts.ts';
import type { Texts } from '../texts/texts.ts';
import { pageColour, safePreferences } from '../windows/create-window.ts';
import { placeOver } from '../windows/placement.ts';
import { renderShellPage } from '../windows/shell-pages.ts';
import { showWhenReady } from '../windows/show-when-ready.ts';
import { displayAreas, primaryArea } from '../windows/windows.ts';
import { withoutQuery } from './address.ts';

const size = { width: 520, height: 720 };

/** Chromium's code for a load that another one, or its end, has replaced: nothing failed. */
const aborted = -3;

export interface SignInWindowOptions {
  readonly session: Session;
  readonly texts: () => Texts;
  readonly language: () => string;
  readonly log: Log;
}

const hostOf = (address: string): string => (URL.canParse(address) ? new URL(address).host : '');

/**
 * A window without anything of ours in it: no preload, no Node, no menu, no developer tools. It has no parent, so
 * that the live windows stay as they are, and its title says whose page it shows, whatever the page calls itself.
 */
export function createSignInWindow(url: string, options: SignInWindowOptions): BrowserWindow {
  const { session, texts, log } = options;
  const asking = BrowserWindow.getFocusedWindow()?.getBounds();
  const window = new BrowserWindow({
    ...placeOver(asking, size, displayAreas(), primaryArea()),
    minWidth: 400,
    minHeight: 480,
    show: false,
    backgroundColor: pageColour(),
    webPreferences: { ...safePreferences, session, disableDialogs: true, devTools: false },
  });
  window.removeMenu();
  const { webContents } = window;
  const nameHost = (address: string) => {
    window.setTitle(fill(texts().signInWindow.title, { host: hostOf(address) }));
  };
  nameHost(url);
  window.on('page-title-updated', (event) => {
    event.preventDefault();
  });
  webContents.on('did-navigate', (_event, address) => {
    if (!address.startsWith('data:')) nameHost(address);
  });
  webContents.on('will-prevent-unload', (event) => {
    // A page that does not want to go must not keep the program from ending.
    event.preventDefault();
  });
  webContents.on('before-input-event', (event, { type, key, control, meta }) => {
    // Without a menu nothing else answers to the key that closes windows.
    if (type !== 'keyDown' || key.toLowerCase() !== 'w' || !(control || meta)) return;
    event.preventDefault();
    window.close();
  });

  const showFailure = (address: string, reason: string) => {
    const { failedTitle, failedText } = texts().signInWindow;
    const page = renderShellPage({
      language: options.language(),
      title: failedTitle,
      paragraphs: [fill(failedText, { host: hostOf(address), reason })],
    });
    return window.loadURL(`data:text/html;charset=utf-8,${encodeURIComponent(page)}`);
  };
  webContents.on('did-fail-load', (_event, code, reason, address, isMainFrame) => {
    if (!isMainFrame || code === aborted || window.isDestroyed() || address.startsWith('data:')) return;
    log.warn({ url: withoutQuery(address), reason }, 'the sign-in page did not load');
    showFailure(address, reason).catch((error: unknown) => {
      log.warn({ error }, 'not even the plain page of the sign-in loads');
    });
  });
  showWhenReady(window);
  return window;
}
