import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { callFrom, expect, test } from './fixtures/application.ts';
import type { Launched } from './fixtures/application.ts';
import { playedSounds, soundPage, soundState } from './fixtures/sound.ts';

/** Nobody is signed in, nothing can be reached: the sound does not need them. */
async function start(launch: (options: object) => Promise<Launched>) {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'vicore-e2e-'));
  const launched = await launch({ dataDirectory, env: { VICORE_LOG_LEVEL: 'debug' } });
  const system = await launched.window('system');
  await expect.poll(async () => (await soundState(system)).device, { timeout: 20_000 }).toBe('missing');
  return { ...launched, system };
}

const played = (dataDirectory: string) => playedSounds(dataDirectory).map(({ sound }) => sound);

const visible = (app: ElectronApplication, page: Page): Promise<boolean> =>
  app
    .browserWindow(page)
    .then((handle) => handle.evaluate((window: { isVisible(): boolean }) => window.isVisible()));

test('a machine without a loudspeaker says so, and plays on when there is one', async ({ launch }) => {
  const { app, system, dataDirectory } = await start(launch);
  const page = await soundPage(app);
  expect(await visible(app, page)).toBe(false);
  expect(await callFrom(system, 'sound.test', { sound: 'critical' })).toMatchObject({ ok: true });
  await expect.poll(() => played(dataDirectory)).toEqual(['critical']);

  const outputs = (count: number) =>
    page.evaluate(
      `navigator.mediaDevices.enumerateDevices = () => Promise.resolve(Array(${count}).fill({ kind: 'audiooutput' }))`,
    );
  await outputs(1);
  await expect.poll(async () => (await soundState(system)).device).toBe('ok');
  // It goes while the program runs, and comes back.
  await outputs(0);
  await page.evaluate(`navigator.mediaDevices.dispatchEvent(new Event('devicechange'))`);
  await expect.poll(async () => (await soundState(system)).device).toBe('missing');
  await outputs(1);
  await page.evaluate(`navigator.mediaDevices.dispatchEvent(new Event('devicechange'))`);
  await expect.poll(async () => (await soundState(system)).device).toBe('ok');
});

test('the window that plays comes back when its process dies, hangs or is closed', async ({ launch }) => {
  const { app, system, dataDirectory } = await start(launch);
  const log = () => readFileSync(join(dataDirectory, 'logs/vicore.log'), 'utf8');
  const evaluate = (act: 'crash' | 'close') =>
    app.evaluate(({ BrowserWindow }, what) => {
      const window = BrowserWindow.getAllWindows().find((each) =>
        each.webContents.getURL().includes('/windows/sound/'),
      );
      if (what === 'crash') window?.webContents.forcefullyCrashRenderer();
      else window?.destroy();
    }, act);
  const playsAgain = async (times: number) => {
    await expect.poll(async () => (await soundState(system)).device, { timeout: 20_000 }).toBe('missing');
    await callFrom(system, 'sound.test', { sound: 'warning' });
    await expect.poll(() => played(dataDirectory), { timeout: 20_000 }).toHaveLength(times);
  };
  await playsAgain(1);
  await evaluate('crash');
  await expect.poll(log).toContain('the process of the window that plays is gone');
  await playsAgain(2);
  await evaluate('close');
  await expect.poll(async () => (await soundState(system)).device).toBe('starting');
  await playsAgain(3);

  // A page that never ends what it does; what calls it would never be heard.
  const page = await soundPage(app);
  page.evaluate('for (;;) {}').catch(() => undefined);
  await callFrom(system, 'sound.test', { sound: 'warning' });
  await expect.poll(log, { timeout: 20_000 }).toContain('the window that plays does not answer');
  await playsAgain(4);
});

test('it may do nothing but report, and nobody else may report for it', async ({ launch }) => {
  const { app, system } = await start(launch);
  const page = await soundPage(app);
  expect(await page.evaluate('[typeof window.vicore, Object.keys(window.vicoreSound).toSorted()]')).toEqual([
    'undefined',
    ['onCommand', 'report'],
  ]);
  expect(await callFrom(system, 'sound.report', { device: 'ok' })).toMatchObject({
    ok: false,
    error: { code: 'forbidden' },
  });
  expect((await soundState(system)).device).toBe('missing');
});

test('volume and mute: who may not, does not; the program ends with its last window', async ({ launch }) => {
  const { app, system } = await start(launch);
  const refused = { ok: false, error: { code: 'forbidden' } };
  expect(await callFrom(system, 'sound.setVolume', { volume: 0.2 })).toMatchObject(refused);
  expect(await callFrom(system, 'sound.mute', { minutes: 5 })).toMatchObject(refused);
  expect(await callFrom(system, 'alerts.silence', {})).toMatchObject(refused);
  expect(await callFrom(system, 'sound.unmute', {})).toMatchObject({ ok: true });
  const ended = app.waitForEvent('close');
  await system.close();
  await ended;
});
