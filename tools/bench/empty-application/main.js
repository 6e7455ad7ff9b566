/**
 * The reference that the product's start, windows and calls are divided by: an Electron application with one window
 * of the same size and nothing in it.
 */
import { join } from 'node:path';
import { BrowserWindow, app, ipcMain } from 'electron';

if (process.env.VICORE_DATA_DIR) app.setPath('userData', process.env.VICORE_DATA_DIR);

const openWindow = () => {
  const window = new BrowserWindow({
    width: 1600,
    height: 960,
    show: false,
    webPreferences: { preload: join(import.meta.dirname, 'preload.cjs') },
  });
  window.once('ready-to-show', () => {
    window.show();
  });
  void window.loadFile(join(import.meta.dirname, 'index.html'));
  return window;
};

const answer = JSON.parse(process.env.VICORE_BENCH_ANSWER ?? '{}');
ipcMain.handle('ask', () => answer);

app.on('window-all-closed', () => {
  app.quit();
});

/** For the benchmark of cold windows: from the wish to the frame. */
globalThis.openEmptyWindow = async () => {
  const begun = performance.timeOrigin + performance.now();
  const window = openWindow();
  const shown = new Promise((resolve) => {
    window.once('show', resolve);
  });
  await new Promise((resolve) => {
    window.webContents.once('dom-ready', resolve);
  });
  await shown;
  const painted = await window.webContents.executeJavaScript(
    `new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()))))`,
  );
  const closed = new Promise((resolve) => {
    window.once('closed', resolve);
  });
  window.close();
  await closed;
  return painted - begun;
};

void app.whenReady().then(openWindow);
