import type { ElectronApplication } from '@playwright/test';
import { startDesktop } from '../../tools/desktop/index.ts';
import { callFrom, expect, test } from './fixtures/application.ts';

interface Place {
  readonly x: number;
  readonly width: number;
}

const carPlace = (app: ElectronApplication): Promise<Place | undefined> =>
  app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .find((window) => window.isVisible() && window.webContents.getURL().includes('/car/'))
      ?.getBounds(),
  );

test('windows of a monitor that goes move to the primary one, and return with it', async ({ launch }) => {
  const desktop = await startDesktop({ monitors: 3 });
  try {
    const { app, window } = await launch({ env: { ...desktop.env, VICORE_LOG_LEVEL: 'debug' } });
    const count = await app.evaluate(({ screen }) => screen.getAllDisplays().length);
    expect(count).toBe(desktop.monitors);
    // Where Xorg cannot start there is one monitor, and nothing that could go.
    if (count < 3) return;
    const system = await window('system');
    await callFrom(system, 'windows.openCar', {
      passId: '00000000-0000-4000-8000-000000000001',
      vehicleIndex: 12,
    });
    await window('car');
    const third = await app.evaluate(({ screen }) =>
      Math.max(...screen.getAllDisplays().map(({ bounds }) => bounds.x)),
    );
    await app.evaluate(({ BrowserWindow }, x) => {
      BrowserWindow.getAllWindows()
        .find((candidate) => candidate.isVisible() && candidate.webContents.getURL().includes('/car/'))
        ?.setBounds({ x: x + 100, y: 100, width: 1000, height: 700 });
    }, third);
    await expect.poll(async () => (await carPlace(app))?.x).toBeGreaterThanOrEqual(third);

    await desktop.unplug(2);
    await expect.poll(async () => (await carPlace(app))?.x).toBeLessThan(1920);
    expect((await carPlace(app))?.width).toBe(1000);
    expect(await callFrom(system, 'session.current', {})).toMatchObject({ ok: true });

    await desktop.plug(2);
    await expect.poll(async () => (await carPlace(app))?.x).toBeGreaterThanOrEqual(third);
    await app.close();
  } finally {
    await desktop.stop();
  }
});
