/** What is needed of a BrowserWindow. */
export interface HiddenWindow {
  readonly webContents: { once(event: 'did-finish-load', listener: () => void): unknown };
  once(event: 'ready-to-show', listener: () => void): unknown;
  isDestroyed(): boolean;
  show(): void;
}

/** How long a loaded page may take to its first picture before its window is shown without it. */
const graceMs = 250;

/**
 * Shows a window with its first picture. Now and then a hidden page is never painted, and Electron then never says
 * "ready-to-show": a page that is loaded is shown all the same, or the window would be lost to the person.
 */
export function showWhenReady(window: HiddenWindow, beforeShow: () => void = () => undefined): void {
  let shown = false;
  const show = () => {
    if (shown || window.isDestroyed()) return;
    shown = true;
    beforeShow();
    window.show();
  };
  window.once('ready-to-show', show);
  window.webContents.once('did-finish-load', () => {
    setTimeout(show, graceMs);
  });
}
