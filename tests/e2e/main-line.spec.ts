import { alertId } from '../../main/alerts/identity.ts';
import { alertRow, connected, expect, keepScreenshot, test, tiles } from './fixtures/main-line.ts';

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
      acceleration: 2,
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
  await keepScreenshot(system, 'train-passing');

  const pass = await passing;
  await expect(row).toHaveAttribute('data-alert-id', alertId(pass.passId, 3, '2Rb', 'defect'));
  await expect(head).toHaveAttribute('data-status', 'pending');
  await expect(tiles(system)).toHaveCount(12);
  await expect(system.locator('[data-testid^="vehicle-empty-"]')).toHaveCount(0);
  await expect(system.getByTestId('vehicle-tile-12')).toHaveAttribute('data-state', 'ok');
  await expect(alertRow(system, alertId(pass.passId, 3, '2Rb', 'defect'))).toHaveCount(1);
  expect(
    [...seen].filter((count) => count > 0 && count < 5).length,
    `saw ${[...seen].join(', ')}`,
  ).toBeGreaterThan(2);
});
