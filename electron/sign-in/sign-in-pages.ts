import { shell } from 'electron';
import type { BrowserWindow, WebContents } from 'electron';
import type { Log, SignInPage } from '../../main/core.ts';
import type { Texts } from '../texts/texts.ts';
import { maySignInAt, signInWay, withoutQuery } from './address.ts';
import { createSignInSession } from './sign-in-session.ts';
import { createSignInWindow } from './sign-in-window.ts';

export interface SignInPages {
  /**
   * Rejects when the page may not be shown, or no browser can be started. A page that is open already comes forward
   * (in the browser: is opened again).
   */
  readonly open: (url: string, browser: 'system' | 'window') => Promise<SignInPage>;
  /** Whether these web contents are a sign-in whose way leads to the address; false for every other window. */
  readonly mayNavigate: (contents: WebContents, address: string) => boolean;
}

export interface SignInPagesOptions {
  readonly texts: () => Texts;
  readonly language: () => string;
  readonly log: Log;
}

/** Shows the identity provider's page, in the person's browser or in a window of its own (RFC 8252 §8.12 on why the browser is the default). */
export function createSignInPages(options: SignInPagesOptions): SignInPages {
  const { log } = options;
  const ways = new WeakMap<WebContents, (address: string) => boolean>();
  const open = new Map<string, { readonly window: BrowserWindow; readonly page: SignInPage }>();
  let number = 0;

  const inBrowser = async (url: string): Promise<SignInPage> => {
    await shell.openExternal(url);
    // Nobody can close a page of another program, or knows when a person does.
    return { close: () => undefined, closed: new Promise(() => undefined) };
  };

  const inWindow = (url: string): SignInPage => {
    const known = open.get(url);
    if (known) {
      if (known.window.isMinimized()) known.window.restore();
      known.window.show();
      known.window.focus();
      return known.page;
    }
    number += 1;
    const mayGo = signInWay(url);
    const { session, clear } = createSignInSession(number, mayGo, log);
    const window = createSignInWindow(url, { ...options, session });
    ways.set(window.webContents, mayGo);
    const closed = new Promise<void>((resolve) => {
      window.once('closed', () => {
        open.delete(url);
        clear().catch((error: unknown) => {
          log.warn({ error }, 'what a sign-in left could not be cleared');
        });
        resolve();
      });
    });
    window.loadURL(url).catch((error: unknown) => {
      // Shown to the person where it stands for something (did-fail-load); a replaced load rejects as well.
      log.debug({ reason: error instanceof Error ? error.name : 'unknown' }, 'a load of the sign-in ended');
    });
    const page: SignInPage = {
      close() {
        if (!window.isDestroyed()) window.destroy();
      },
      closed,
    };
    open.set(url, { window, page });
    return page;
  };

  return {
    async open(url, browser) {
      if (!maySignInAt(url)) throw new Error(`the sign-in page may not be opened: ${withoutQuery(url)}`);
      return browser === 'system' ? inBrowser(url) : inWindow(url);
    },
    mayNavigate: (contents, address) => ways.get(contents)?.(address) ?? false,
  };
}
