import { app } from 'electron';
import type { Session, WebContents } from 'electron';
import type { Log } from '../../main/core.ts';

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

/**
 * Navigation, new windows and embedded views are denied for all web contents, whoever made them (docs/security.md
 * points 11 to 14). `onBlockedNavigation` may turn an address of a page of our own into an act.
 */
export function hardenWebContents(
  log: Log,
  onBlockedNavigation: (contents: WebContents, address: string) => void,
): void {
  app.on('web-contents-created', (_event, contents) => {
    const block = (event: { preventDefault(): void; readonly url: string }) => {
      event.preventDefault();
      log.warn({ url: event.url.slice(0, 200) }, 'a navigation was blocked');
      onBlockedNavigation(contents, event.url);
    };
    contents.on('will-navigate', block);
    contents.on('will-frame-navigate', (event) => {
      if (!event.isMainFrame) block(event);
    });
    contents.on('will-redirect', block);
    contents.on('will-attach-webview', (event) => {
      event.preventDefault();
      log.warn({}, 'an embedded view was blocked');
    });
    contents.setWindowOpenHandler(({ url }) => {
      log.warn({ url: url.slice(0, 200) }, 'a new window was blocked');
      return { action: 'deny' };
    });
  });
  // The default, kept explicit: a certificate that does not verify is refused, there is no way around it.
  app.on('certificate-error', (_event, _contents, url, error, _certificate, answer) => {
    log.error({ url, error }, 'a certificate was refused');
    answer(false);
  });
}
