import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alertId } from '../../main/alerts/identity.ts';
import { alertRow, connected, expect, saveScreenshot, shownCar, test, tiles } from './fixtures/main-line.ts';

test('killed in the middle of a train, the program comes back with its windows, and the pass is whole', async ({
  line,
  desktop,
}) => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'vicore-e2e-'));
  const first = await line.start({ dataDirectory });
  const system = await first.window('system');
  await connected(system);

  let over = false;
  const passing = line.simulator
    .runPass({
      instant: false,
      trainNumber: '6801',
      tidy: true,
      vehicles: 16,
      speedKmh: 100,
      acceleration: 1.5,
      faults: [
        { name: 'broken', vehicle: 2, position: '2Rb', millimetres: 222 },
        { name: 'low-height', vehicle: 10, position: '1La' },
      ],
    })
    .finally(() => {
      over = true;
    });
  await expect(system.getByTestId('vehicle-tile-2')).toHaveAttribute('data-state', 'critical');
  await system.getByTestId('vehicle-tile-2').dblclick();
  const car = await shownCar(first.app);
  await expect(car.getByTestId('car-title')).toHaveAttribute('data-index', '2');
  await desktop.waitForNotification(({ summary, body }) => summary.includes('6801') && body.includes('2Rb'));
  await expect.poll(() => tiles(system).count()).toBeGreaterThanOrEqual(9);

  const gone = once(first.app.process(), 'exit');
  first.app.process().kill('SIGKILL');
  await gone;
  expect(over, 'the train was still passing').toBe(false);

  const second = await line.start({ dataDirectory });
  const again = await second.window('system');
  const carAgain = await shownCar(second.app);
  await expect(carAgain.getByTestId('car-title')).toHaveAttribute('data-index', '2');
  await connected(again);
  const { passId } = await passing;
  const broken = alertId(passId, 2, '2Rb', 'defect');
  const low = alertId(passId, 10, '1La', 'height');

  await again.getByTestId('pass-row').filter({ hasText: '6801' }).click();
  await expect(again.getByTestId('pass-head')).toHaveAttribute('data-status', 'pending');
  await expect(tiles(again)).toHaveCount(16);
  await expect(again.locator('[data-testid^="vehicle-tile-"][data-state="ok"]')).toHaveCount(14);
  await expect(again.getByTestId('alert-row')).toHaveCount(2);
  await expect(alertRow(again, broken)).toHaveCount(1);
  await expect(alertRow(again, low)).toHaveCount(1);
  await saveScreenshot(again, 'after-kill');

  await desktop.waitForNotification(({ summary, body }) => summary.includes('6801') && body.includes('1La'));
  const told = (await desktop.notifications()).filter(({ summary }) => summary.includes('6801'));
  expect(told.map(({ body }) => body.slice(0, 10)).toSorted()).toEqual(['Spring 1La', 'Spring 2Rb']);

  await expect(again.getByTestId('journal-count')).toHaveAttribute('data-count', '0');
  await expect
    .poll(() => line.rows('select id, state from vicore.alert order by vehicle_index'))
    .toEqual([
      { id: broken, state: 'active-unacknowledged' },
      { id: low, state: 'active-unacknowledged' },
    ]);
  expect(
    await line.rows(
      `select status, state, (select count(*)::int from vicore.spring_measurement where pass_id = p.id) as springs
         from vicore.train_pass p`,
    ),
  ).toEqual([{ status: 'pending', state: 'critical', springs: 16 * 16 }]);
});
