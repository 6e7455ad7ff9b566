import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { callFrom, expect, launchCommand, test } from './fixtures/application.ts';

/* What may happen to the program's other processes, and what may be handed to it from outside. */

const target = { passId: '00000000-0000-4000-8000-000000000001', vehicleIndex: 12, position: '3Rb' };

const shownPages = (app: ElectronApplication): Promise<string[]> =>
  app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .filter((window) => window.isVisible())
      .map((window) => new URL(window.webContents.getURL()).pathname),
  );

/** What the core says is wrong, as every window is told. */
async function warnings(system: Page): Promise<readonly string[]> {
  const answer = await callFrom(system, 'monitoring.snapshot', {});
  return (
    (answer as { readonly value: { readonly status: { readonly warnings?: readonly string[] } } }).value
      .status.warnings ?? []
  );
}

test('a window that hangs is asked about, and comes back with what it showed', async ({ launch }) => {
  const { app, window, dataDirectory } = await launch();
  const system = await window('system');
  await callFrom(system, 'windows.openCar', target);
  await window('car');
  const asked = await app.evaluate(({ BrowserWindow, dialog }) => {
    const car = BrowserWindow.getAllWindows().find(
      (candidate) => candidate.isVisible() && candidate.webContents.getURL().includes('/car/'),
    );
    if (!car) throw new Error('no car window');
    // It never answers again: its process has to go.
    car.webContents.executeJavaScript('for (;;);').catch(() => undefined);
    const questions: Electron.MessageBoxOptions[] = [];
    // Whoever is asked answers "Reload".
    const answer = (question: Electron.MessageBoxOptions) => {
      questions.push(question);
      return Promise.resolve({ response: 1, checkboxChecked: false });
    };
    Object.assign(dialog, { showMessageBox: answer });
    // Chromium itself does not look for hanging pages while a debugger, such as this test's, is attached.
    car.emit('unresponsive');
    car.emit('unresponsive');
    return questions.map(({ message, buttons, defaultId }) => ({ message, buttons, defaultId }));
  });
  // Asked once, and doing nothing is what happens by itself.
  expect(asked).toEqual([
    {
      message: expect.stringMatching(/not (answer|respond)/),
      buttons: [expect.any(String), expect.any(String)],
      defaultId: 0,
    },
  ]);
  const car = () =>
    app.evaluate(async ({ BrowserWindow }) => {
      const found = BrowserWindow.getAllWindows().find(
        (candidate) => candidate.isVisible() && candidate.webContents.getURL().includes('/car/'),
      );
      if (!found || found.webContents.isCrashed() || found.webContents.isLoading()) return undefined;
      return Promise.race([
        found.webContents.executeJavaScript(`window.vicore?.call('windows.context', {})`) as Promise<unknown>,
        new Promise((resolve) => {
          setTimeout(resolve, 1000, undefined);
        }),
      ]);
    });
  await expect
    .poll(car, { timeout: 20_000 })
    .toEqual({ ok: true, value: expect.objectContaining({ ...target, recovered: true }) });
  expect(readFileSync(join(dataDirectory, 'logs/vicore.log'), 'utf8')).toContain('a window does not answer');
  expect(await callFrom(system, 'session.current', {})).toEqual(expect.objectContaining({ ok: true }));
});

test('a graphics process that dies is said, and the windows go on', async ({ launch }) => {
  const { app, window } = await launch();
  const system = await window('system');
  expect(await warnings(system)).not.toContain('gpu-process-gone');
  const graphics = () =>
    app.evaluate(({ app: own }) => own.getAppMetrics().find(({ type }) => type === 'GPU')?.pid);
  await expect.poll(graphics).toBeGreaterThan(0);
  const pid = await graphics();
  if (pid === undefined) throw new Error('no graphics process');
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => warnings(system), { timeout: 20_000 }).toContain('gpu-process-gone');
  // Still drawn, and still answering.
  const frame = await system.screenshot();
  expect(frame.length).toBeGreaterThan(1_000);
  await callFrom(system, 'windows.openCar', target);
  const car = await window('car');
  await expect(car.getByRole('main')).toBeVisible();
});

test('links that are malformed or hostile open nothing, change nothing, and end nothing', async ({
  launch,
}) => {
  const { app, window, dataDirectory } = await launch();
  const system = await window('system');
  const { passId } = target;
  const hostile = [
    'vicore://',
    'vicore://pass/../../../etc/passwd/car/1',
    `vicore://pass/${passId}/car/1?javascript:alert(1)`,
    `vicore://pass/${passId}/car/99999999999999999999`,
    `vicore://pass/${passId}/car/1/spring/<script>`,
    `vicore://alert/${passId}'; drop table vicore.alert; --`,
    `vicore://alert/${'0'.repeat(60_000)}`,
    'vicore://pass/%00%00/car/1',
    'javascript:alert(1)',
    'file:///etc/passwd',
  ];
  for (const link of hostile) {
    const { executablePath, args, env } = launchCommand(dataDirectory, { extraArgs: [link] });
    const child = spawn(executablePath, args, { env, stdio: 'ignore' });
    const [code]: unknown[] = await once(child, 'exit');
    expect([link.slice(0, 80), code]).toEqual([link.slice(0, 80), 0]);
  }
  // One that is well formed, to know that all of them were heard.
  const { executablePath, args, env } = launchCommand(dataDirectory, {
    extraArgs: [`vicore://pass/${passId}/car/12/spring/3Rb`],
  });
  await once(spawn(executablePath, args, { env, stdio: 'ignore' }), 'exit');
  await window('car');
  const pages = ['/windows/car/index.html', '/windows/system/index.html'];
  await expect.poll(async () => (await shownPages(app)).toSorted()).toEqual(pages);
  expect(await callFrom(system, 'session.current', {})).toEqual(expect.objectContaining({ ok: true }));
});
