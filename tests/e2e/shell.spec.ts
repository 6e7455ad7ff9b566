import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import {
  callFrom,
  expect,
  launchCommand,
  saveScreenshot,
  test,
  unreachable,
} from './fixtures/application.ts';

const target = { passId: '00000000-0000-4000-8000-000000000001', vehicleIndex: 12, position: '3Rb' };

/** Kills the process of the window of that kind, as the operating system would. */
function crash(app: ElectronApplication, kind: string): Promise<void> {
  return app.evaluate(({ BrowserWindow }, wanted) => {
    BrowserWindow.getAllWindows()
      .find((window) => window.isVisible() && window.webContents.getURL().includes(`/${wanted}/`))
      ?.webContents.forcefullyCrashRenderer();
  }, kind);
}

const addresses = (app: ElectronApplication): Promise<string[]> =>
  app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .filter((window) => window.isVisible())
      .map((window) => window.webContents.getURL()),
  );

const contextOf = (app: ElectronApplication, kind: string): Promise<unknown> =>
  app.evaluate(async ({ BrowserWindow }, wanted) => {
    const window = BrowserWindow.getAllWindows().find(
      (candidate) => candidate.isVisible() && candidate.webContents.getURL().includes(`/${wanted}/`),
    );
    // A page that is being replaced never answers.
    if (!window || window.webContents.isCrashed() || window.webContents.isLoading()) return undefined;
    return Promise.race([
      window.webContents.executeJavaScript(
        `window.vicore ? window.vicore.call('windows.context', {}) : undefined`,
      ) as Promise<unknown>,
      new Promise((resolve) => {
        setTimeout(resolve, 1000, undefined);
      }),
    ]);
  }, kind);

test('a window whose process dies comes back with what it showed', async ({ launch }) => {
  const { app, window } = await launch();
  const system = await window('system');
  await callFrom(system, 'windows.openCar', target);
  await window('car');
  await crash(app, 'car');
  await expect
    .poll(() => contextOf(app, 'car'), { timeout: 20_000 })
    .toEqual({ ok: true, value: expect.objectContaining({ ...target, number: 1 }) });
  expect(await callFrom(system, 'session.current', {})).toEqual(expect.objectContaining({ ok: true }));
});

test('a window that dies again and again ends in a plain page with a button', async ({ launch }) => {
  const { app, window } = await launch();
  await window('system');
  for (let times = 1; times <= 3; times += 1) {
    await expect.poll(() => contextOf(app, 'system')).toEqual(expect.objectContaining({ ok: true }));
    await crash(app, 'system');
    if (times < 3)
      await expect.poll(() => addresses(app)).toContainEqual(expect.stringContaining('/windows/system/'));
  }
  await expect.poll(() => addresses(app)).toEqual([expect.stringContaining('/shell/crash-loop')]);
  const words = await app.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows().find((candidate) => candidate.isVisible());
    return window?.webContents.executeJavaScript(
      `document.querySelector('h1').innerText + typeof window.raw`,
    ) as Promise<string>;
  });
  expect(words).toContain('three times');
  await app.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows().find((candidate) => candidate.isVisible());
    return window?.webContents.executeJavaScript(`document.querySelector('a').click()`) as Promise<void>;
  });
  await expect.poll(() => contextOf(app, 'system')).toEqual(expect.objectContaining({ ok: true }));
});

test('a second start brings the first one forward, with its link', async ({ launch }) => {
  const { app, window, dataDirectory } = await launch();
  await window('system');
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()
      .find((candidate) => candidate.isVisible())
      ?.hide();
  });
  const again = async (...extraArgs: string[]) => {
    const { executablePath, args, env } = launchCommand(dataDirectory, { extraArgs });
    const child = spawn(executablePath, args, { env, stdio: 'ignore' });
    const [code]: unknown[] = await once(child, 'exit');
    return code;
  };
  expect(await again()).toBe(0);
  await expect.poll(() => addresses(app)).toContainEqual(expect.stringContaining('/windows/system/'));

  expect(await again('vicore://pass/00000000-0000-4000-8000-000000000001/car/12/spring/3Rb')).toBe(0);
  await expect
    .poll(() => contextOf(app, 'car'))
    .toEqual({ ok: true, value: expect.objectContaining(target) });
});

test('windows are where they were after the program was killed', async ({ launch }) => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'vicore-e2e-'));
  const first = await launch({ dataDirectory, env: { VICORE_LOG_LEVEL: 'debug' } });
  const system = await first.window('system');
  await callFrom(system, 'windows.openCar', target);
  await first.window('car');
  await first.app.evaluate(({ BrowserWindow }) => {
    const car = BrowserWindow.getAllWindows().find(
      (window) => window.isVisible() && window.webContents.getURL().includes('/car/'),
    );
    car?.setBounds({ x: 300, y: 200, width: 900, height: 700 });
  });
  const log = () => readFileSync(join(dataDirectory, 'logs/vicore.log'), 'utf8');
  await expect.poll(log).toMatch(/"width":900.*are saved/);
  const gone = once(first.app.process(), 'exit');
  first.app.process().kill('SIGKILL');
  await gone;

  const second = await launch({ dataDirectory });
  await second.window('car');
  await expect
    .poll(() => contextOf(second.app, 'car'))
    .toEqual({ ok: true, value: expect.objectContaining(target) });
  const bounds = await second.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .find((window) => window.isVisible() && window.webContents.getURL().includes('/car/'))
      ?.getBounds(),
  );
  expect(bounds).toEqual(expect.objectContaining({ width: 900, height: 700 }));
});

test('a window opened just before the program was killed is there again', async ({ launch }) => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'vicore-e2e-'));
  const first = await launch({ dataDirectory, env: { VICORE_LOG_LEVEL: 'debug' } });
  const system = await first.window('system');
  await callFrom(system, 'windows.openCar', target);
  // Not yet shown, perhaps: what counts is that it was asked for.
  const log = () => readFileSync(join(dataDirectory, 'logs/vicore.log'), 'utf8');
  await expect.poll(log, { intervals: [10] }).toMatch(/"windows":\[\{[^}]*\},\{[^}]*\}\].*are saved/);
  const gone = once(first.app.process(), 'exit');
  first.app.process().kill('SIGKILL');
  await gone;

  const second = await launch({ dataDirectory });
  await expect
    .poll(() => contextOf(second.app, 'car'))
    .toEqual({ ok: true, value: expect.objectContaining(target) });
});

test('a wrong configuration opens a window and says so on standard error', async ({ launch }) => {
  const configuration = {
    ...unreachable,
    postgres: { ...unreachable.postgres, hosts: 'here' },
    colour: 'blue',
  };
  const dataDirectory = mkdtempSync(join(tmpdir(), 'vicore-e2e-'));
  const { window } = await launch({ configuration, dataDirectory });
  const page = await window('shell/problem');
  await expect(page.getByRole('table')).toContainText('postgres.hosts');
  await expect(page.getByRole('table')).toContainText('colour');
  await saveScreenshot(page, 'configuration-error');

  // Another start on the same configuration, watched from its first moment.
  const elsewhere = mkdtempSync(join(tmpdir(), 'vicore-e2e-'));
  const { executablePath, args, env } = launchCommand(elsewhere, {
    extraArgs: ['--config', join(dataDirectory, 'vicore.config.json')],
  });
  const child = spawn(executablePath, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (text: Buffer) => {
    errors += text.toString();
  });
  await expect
    .poll(() => errors)
    .toMatch(/vicore: configuration .*postgres\.hosts: "here" is not right, expected/);
  child.kill('SIGTERM');
  await once(child, 'exit');
});

test('without a configuration the set-up opens', async ({ launch }) => {
  const { window } = await launch({ configuration: false });
  const page = await window('setup');
  expect(await callFrom(page, 'preferences.get', {})).toEqual(expect.objectContaining({ ok: true }));
  expect(await callFrom(page, 'passes.list', {})).toEqual(expect.objectContaining({ ok: false }));
});

test('language, theme and size go to all windows and to native parts, and stay', async ({ launch }) => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'vicore-e2e-'));
  const first = await launch({ dataDirectory });
  const system = await first.window('system');
  await callFrom(system, 'windows.openCar', target);
  const car = await first.window('car');
  await car.evaluate(`window.vicore.onPreferences((preferences) => { window.told = preferences; })`);
  await callFrom(system, 'preferences.set', { language: 'fr', theme: 'dark' });
  await expect
    .poll(() => car.evaluate('window.told'))
    .toEqual({ language: 'fr', theme: 'dark', size: 'desk', notifyWarnings: false });
  expect(
    await first.app.evaluate(({ Menu, nativeTheme }) => ({
      dark: nativeTheme.shouldUseDarkColors,
      menu: Menu.getApplicationMenu()?.items.map((item) => item.label),
    })),
  ).toEqual({ dark: true, menu: ['Fichier', 'Édition', 'Affichage', 'Session', 'Fenêtre', 'Aide'] });
  await first.app.close();

  const second = await launch({ dataDirectory });
  const page = await second.window('system');
  expect(await callFrom(page, 'preferences.get', {})).toEqual({
    ok: true,
    value: { language: 'fr', theme: 'dark', size: 'desk', notifyWarnings: false },
  });
  expect(readFileSync(join(dataDirectory, 'logs/vicore.log'), 'utf8')).toContain('"started"');
});

test('the next car view is ready in advance', async ({ launch }) => {
  const { app, window } = await launch();
  const system = await window('system');
  await window('car');
  expect(await addresses(app)).toHaveLength(1);
  const took: unknown = await system.evaluate(`(async () => {
    const since = performance.now();
    await window.vicore.call('windows.openCar', ${JSON.stringify(target)});
    return performance.now() - since;
  })()`);
  expect(await addresses(app)).toHaveLength(2);
  test.info().annotations.push({ type: 'opened in ms', description: String(took) });
});

/** What the log says of each start, oldest first. */
function starts(dataDirectory: string): readonly { readonly pid: number; readonly safeMode: boolean }[] {
  const lines = readFileSync(join(dataDirectory, 'logs/vicore.log'), 'utf8').split('\n');
  return lines.flatMap((line) => {
    const found = /"pid":(\d+).*"safeMode":(true|false),"msg":"started"/.exec(line);
    return found ? [{ pid: Number(found[1]), safeMode: found[2] === 'true' }] : [];
  });
}

test('an exception nobody caught is on the disk, and the program starts anew', async ({ launch }) => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'vicore-e2e-'));
  const { app, window } = await launch({ dataDirectory });
  await window('system');
  const gone = once(app.process(), 'exit');
  await app.evaluate(() => {
    setTimeout(() => {
      throw new Error('nobody expected this');
    }, 0);
  });
  await gone;
  await expect.poll(() => starts(dataDirectory).length, { timeout: 20_000 }).toBe(2);
  process.kill(starts(dataDirectory)[1]?.pid ?? 0, 'SIGTERM');
  const log = () => readFileSync(join(dataDirectory, 'logs/vicore.log'), 'utf8');
  expect(log()).toContain('nobody expected this');
  await expect.poll(log).toContain('"ended"');
});

test('after three faults within ten minutes it starts carefully, and says so', async ({ launch }) => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'vicore-e2e-'));
  const now = Date.now();
  writeFileSync(join(dataDirectory, 'restarts.json'), JSON.stringify([now - 3000, now - 2000, now - 1000]));
  const { app, window } = await launch({ dataDirectory });
  await window('system');
  const page = await window('shell/safe-mode');
  await expect(page.getByRole('heading')).toContainText('safe mode');
  await expect(page.getByRole('link')).toBeFocused();
  // The page goes with the click, often before a click of Playwright's has ended: it clicks after its answer.
  const gone = page.waitForEvent('close');
  await page.evaluate(`setTimeout(() => document.querySelector('a').click(), 0); undefined`);
  await gone;
  await expect.poll(() => addresses(app)).toEqual([expect.stringContaining('/windows/system/')]);
  expect(starts(dataDirectory)).toMatchObject([{ safeMode: true }]);
});
