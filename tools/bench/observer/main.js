/**
 * Runs an application unchanged and says on standard output when it is ready, when its first window is made, when that is visible, and when what
 * VICORE_BENCH_SELECTOR selects is on its page and painted: epoch ms with fractions. Playwright would hold the start.
 */
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const { VICORE_BENCH_ENTRY: entry, VICORE_BENCH_SELECTOR: selector } = process.env;
const say = (event, at) => {
  process.stdout.write(`\nbench ${JSON.stringify({ event, at })}\n`);
};

// Two frames after the content is there, the first of them is on the screen.
const paintedScript = `new Promise((resolve) => {
  const isThere = () => document.querySelector(${JSON.stringify(selector)}) !== null;
  const afterFrame = () => requestAnimationFrame(() => requestAnimationFrame(() =>
    resolve(performance.timeOrigin + performance.now())));
  if (isThere()) afterFrame();
  else new MutationObserver((_, observer) => {
    if (!isThere()) return;
    observer.disconnect();
    afterFrame();
  }).observe(document, { childList: true, subtree: true });
})`;

void app.whenReady().then(() => {
  say('ready', performance.timeOrigin + performance.now());
});
app.once('browser-window-created', (_, window) => {
  say('created', performance.timeOrigin + performance.now());
  window.once('show', () => {
    say('visible', performance.timeOrigin + performance.now());
  });
  window.webContents.once('dom-ready', () => {
    void window.webContents.executeJavaScript(paintedScript).then((at) => {
      say('painted', at);
    });
  });
});

await import(pathToFileURL(entry).href);
