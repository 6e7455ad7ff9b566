import { app } from 'electron';
import type { Session, WebContents } from 'electron';
import type { Log } from '../../main/core.ts';
import { withoutQuery } from '../sign-in/address.ts';

/** Nothing in the application needs a permission of the web platform (docs/security.md point 5). */
export function denyPermissions(session: Session, log: Log): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    log.warn({ permission }, 'a permission was asked for and denied');
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => {
    event.preventDefault();
  });
}

export interface NavigationRules {
  /** Whether the web contents may go there: true for a sign-in on its way, and for nothing else. */
  readonly mayNavigate: (contents: WebContents, address: string) => boolean;
  /** May turn an address of a page of our own into an act. */
  readonly onBlocked: (contents: WebContents, address: string) => void;
}

/**
 * Navigation, new windows and embedded views are denied for all web contents, whoever made them (docs/security.md
 * points 11 to 14), but for what `mayNavigate` lets through.
 */
export function hardenWebContents(log: Log, { mayNavigate, onBlocked }: NavigationRules): void {
  app.on('web-contents-created', (_event, contents) => {
    const check = (event: { preventDefault(): void; readonly url: string }) => {
      if (mayNavigate(contents, event.url)) return;
      event.preventDefault();
      log.warn({ url: withoutQuery(event.url) }, 'a navigation was blocked');
      onBlocked(contents, event.url);
    };
    contents.on('will-navigate', check);
    contents.on('will-frame-navigate', (event) => {
      if (!event.isMainFrame) check(event);
    });
    contents.on('will-redirect', check);
    contents.on('will-attach-webview', (event) => {
      event.preventDefault();
      log.warn({}, 'an embedded view was blocked');
    });
    contents.setWindowOpenHandler(({ url }) => {
      log.warn({ url: withoutQuery(url) }, 'a new window was blocked');
      return { action: 'deny' };
    });
  });
  // The default, kept explicit: a certificate that does not verify is refused, there is no way around it.
  app.on('certificate-error', (_event, _contents, url, error, _certificate, answer) => {
    log.error({ url: withoutQuery(url), error }, 'a certificate was refused');
    answer(false);
  });
}
