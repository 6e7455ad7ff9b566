import type { ElectronApplication, Page } from '@playwright/test';
import { alertId } from '../../main/alerts/identity.ts';
import { callFrom } from './fixtures/application.ts';
import { alertRow, connected, expect, saveScreenshot, shownCar, test, tiles } from './fixtures/main-line.ts';

const hour = 3_600_000;

test('a train fills the strip car by car while it passes, and a broken spring is said at once', async ({
  line,
}) => {
  const { window } = await line.start();
  const system = await window('system');
  await connected(system);

  let over = false;
  const passing = line.simulator
    .runPass({
      instant: false,
      trainNumber: '6412',
      tidy: true,
      vehicles: 12,
      speedKmh: 100,
      acceleration: 1.2,
      faults: [{ name: 'broken', vehicle: 3, position: '2Rb', millimetres: 222 }],
    })
    .finally(() => {
      over = true;
    });

  const seen = new Set<number>();
  const head = system.getByTestId('pass-head');
  await expect(head).toHaveAttribute('data-status', 'in-progress');
  await expect
    .poll(
      async () => {
        const count = await tiles(system).count();
        seen.add(count);
        return count;
      },
      { intervals: [20] },
    )
    .toBeGreaterThanOrEqual(4);
  await expect(system.getByTestId('vehicle-empty-12')).toBeVisible();
  await expect(system.getByTestId('vehicle-tile-3')).toHaveAttribute('data-state', 'critical');
  await expect(system.getByTestId('vehicle-tile-2')).toHaveAttribute('data-state', 'ok');
  await expect(system.getByTestId('banner-newest')).toContainText('broken');
  await expect(system.getByTestId('banner-newest')).toContainText('6412');
  await expect(system.getByTestId('count-critical')).toContainText('1');
  const row = system.getByTestId('alert-row');
  await expect(row).toHaveCount(1);
  await expect(row).toContainText('2Rb broken');
  await expect(row).toContainText('6412 · car 3');
  expect(over, 'all of this was shown before the pass was over').toBe(false);
  await saveScreenshot(system, 'train-passing');

  const pass = await passing;
  await expect(row).toHaveAttribute('data-alert-id', alertId(pass.passId, 3, '2Rb', 'defect'));
  await expect(head).toHaveAttribute('data-status', 'pending');
  await expect(tiles(system)).toHaveCount(12);
  await expect(system.locator('[data-testid^="vehicle-empty-"]')).toHaveCount(0);
  await expect(system.getByTestId('vehicle-tile-12')).toHaveAttribute('data-state', 'ok');
  await expect(alertRow(system, alertId(pass.passId, 3, '2Rb', 'defect'))).toHaveCount(1);
  const partial = [...seen].filter((count) => count > 0 && count < 5);
  expect(partial.length, `counts of cars seen on the way: ${[...seen].join(', ')}`).toBeGreaterThan(2);
});

/** The trend's curve, as a person sees it: something is drawn on its canvas. */
const drawnPixels = (car: Page): Promise<unknown> =>
  car.evaluate(`(() => {
    const canvas = document.querySelector('[data-testid="trend"] canvas');
    if (!canvas || canvas.width === 0) return 0;
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let drawn = 0;
    for (let place = 3; place < data.length; place += 4) if (data[place] > 0) drawn += 1;
    return drawn;
  })()`);

const visibleCars = (app: ElectronApplication): Promise<number> =>
  app.evaluate(
    ({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().filter(
        (window) => window.isVisible() && window.webContents.getURL().includes('/car/'),
      ).length,
  );

test('a notification names the spring, and a click on it opens the car view there', async ({
  line,
  desktop,
}) => {
  const { app, window } = await line.start();
  const system = await window('system');
  await connected(system);
  const rake = line.simulator.fleet.rakes[0];
  for (let earlier = 6; earlier > 0; earlier -= 1) {
    await line.simulator.runPass({
      rake,
      direction: 'uk-fr',
      tidy: true,
      vehicles: 6,
      startedAt: Date.now() - earlier * hour,
    });
  }
  await expect(system.getByTestId('pass-row')).toHaveCount(6);
  const pass = await line.simulator.runPass({
    rake,
    direction: 'uk-fr',
    tidy: true,
    vehicles: 6,
    trainNumber: '6500',
    faults: [
      { name: 'low-height', vehicle: 4, position: '3Ra', millimetres: 171.8 },
      { name: 'broken', vehicle: 2, position: '1Lb', millimetres: 224 },
    ],
  });

  const broken = await desktop.waitForNotification(
    ({ summary, body }) => summary.includes('6500') && body.includes('1Lb'),
  );
  expect(broken.summary).toContain('car 2');
  expect(broken.body).toContain('broken');
  const low = await desktop.waitForNotification(
    ({ summary, body }) => summary.includes('6500') && body.includes('3Ra'),
  );
  expect(low.summary).toContain('car 4');
  expect(low.body).toContain('171.8');
  expect(low.body).toContain('180');
  expect(low.urgency).toBe('CRITICAL');

  expect(await visibleCars(app)).toBe(0);
  await desktop.invokeNotification(broken.id);
  await expect.poll(() => visibleCars(app)).toBe(1);
  const car = await shownCar(app);
  const title = car.getByTestId('car-title');
  await expect(title).toHaveAttribute('data-pass-id', pass.passId);
  await expect(title).toHaveAttribute('data-index', '2');
  await expect(car.getByTestId('spring-1Lb')).toHaveAttribute('aria-pressed', 'true');

  // The second click reuses the window that follows.
  await desktop.invokeNotification(low.id);
  await expect(title).toHaveAttribute('data-index', '4');
  await expect(car.getByTestId('spring-3Ra')).toHaveAttribute('aria-pressed', 'true');
  await expect(car.getByTestId('spring-3Ra')).toHaveAttribute('data-state', 'critical');
  await expect(car.getByTestId('spring-height')).toContainText('171.8');
  await expect(car.getByTestId('spring-image')).toBeVisible();
  await expect
    .poll(() => car.evaluate(`document.querySelector('[data-testid="spring-image"]').naturalWidth`))
    .toBeGreaterThan(100);
  await expect(car.getByTestId('trend')).toBeVisible();
  await expect.poll(() => drawnPixels(car)).toBeGreaterThan(1000);
  await expect(car.getByText('7 passes')).toBeVisible();
  await saveScreenshot(car, 'notification-clicked');
  expect(await visibleCars(app)).toBe(1);
});

test('an acknowledgement with its comment is at the other workstation within a second', async ({ line }) => {
  const here = await line.start({ name: 'RCC-01' });
  const there = await line.start({ name: 'RCC-02' });
  const system = await here.window('system');
  const other = await there.window('system');
  await connected(system);
  await connected(other);
  const { passId } = await line.simulator.runPass({
    trainNumber: '6600',
    tidy: true,
    vehicles: 4,
    faults: [{ name: 'low-height', vehicle: 2, position: '1La' }],
  });
  const id = alertId(passId, 2, '1La', 'height');
  const mine = alertRow(system, id);
  const theirs = alertRow(other, id);
  await expect(mine).toHaveAttribute('data-state', 'active-unacknowledged');
  await expect(theirs).toHaveAttribute('data-state', 'active-unacknowledged');
  await expect
    .poll(() =>
      line.rows('select 1 from vicore.alert where id = $1 and state = $2', [id, 'active-unacknowledged']),
    )
    .toHaveLength(1);

  await mine.getByText('6600 · car 2').click();
  await mine.getByTestId('ack-comment').fill('Seen on camera too, train stopped at Folkestone');
  const arrived = theirs.and(other.locator('[data-state="active-acknowledged"]'));
  const since = performance.now();
  await Promise.all([arrived.waitFor(), mine.getByTestId('ack-button').click()]);
  const took = performance.now() - since;
  test
    .info()
    .annotations.push({ type: 'acknowledgement at the other workstation', description: `${took} ms` });
  console.log(`acknowledgement at the other workstation after ${Math.round(took)} ms`);
  expect(took).toBeLessThan(1000);

  await theirs.getByText('6600 · car 2').click();
  await expect(theirs).toContainText('Seen on camera too, train stopped at Folkestone');
  await expect(theirs).toContainText('acknowledged');
  await expect(other.getByTestId('count-acknowledged')).toContainText('1');
  await expect(other.getByTestId('count-critical')).toContainText('0');
  const detail = await callFrom(other, 'alerts.get', { alertId: id });
  expect(detail).toEqual(
    expect.objectContaining({
      value: expect.objectContaining({
        events: expect.arrayContaining([
          expect.objectContaining({ kind: 'acknowledged', workstation: 'RCC-01' }),
        ]),
      }),
    }),
  );
});
