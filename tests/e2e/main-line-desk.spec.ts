import { alertId } from '../../main/alerts/identity.ts';
import { callFrom } from './fixtures/application.ts';
import { alertRow, connected, expect, saveScreenshot, shownCar, test, tiles } from './fixtures/main-line.ts';

test('from the alert to the spring and back without a mouse', async ({ line }) => {
  const { app, window } = await line.start();
  const system = await window('system');
  await connected(system);
  const { passId } = await line.simulator.runPass({
    trainNumber: '6901',
    tidy: true,
    vehicles: 6,
    faults: [
      { name: 'broken', vehicle: 2, position: '3La', millimetres: 222 },
      { name: 'low-height', vehicle: 5, position: '1Ra' },
    ],
  });
  const broken = alertId(passId, 2, '3La', 'defect');
  const low = alertId(passId, 5, '1Ra', 'height');
  await expect(system.getByTestId('alert-row')).toHaveCount(2);
  await expect(system.getByTestId('pass-head')).toHaveAttribute('data-status', 'pending');

  await test.step('F2 selects the alert, its pass and its car; Ctrl+Enter acknowledges that one', async () => {
    await system.keyboard.press('F2');
    const first = system.locator('[data-testid="alert-row"][data-selected="true"]');
    await expect(first).toHaveCount(1);
    const chosen = await first.getAttribute('data-alert-id');
    await expect(system.getByTestId('car-summary')).toBeVisible();
    await system.keyboard.press('Control+Enter');
    await expect(alertRow(system, chosen ?? '')).toHaveAttribute('data-state', 'active-acknowledged');
    const other = chosen === broken ? low : broken;
    await expect(alertRow(system, other)).toHaveAttribute('data-state', 'active-unacknowledged');
    await system.keyboard.press('F2');
    await expect(alertRow(system, other)).toHaveAttribute('data-selected', 'true');
  });

  await test.step('arrows go along the train, Enter opens the car', async () => {
    await system.getByTestId('vehicle-tile-1').focus();
    await system.keyboard.press('Home');
    await expect(system.getByTestId('vehicle-tile-1')).toHaveAttribute('aria-selected', 'true');
    await system.keyboard.press('ArrowRight');
    await expect(system.getByTestId('vehicle-tile-2')).toHaveAttribute('aria-selected', 'true');
    await expect(system.getByTestId('car-summary')).toContainText('broken');
    await system.keyboard.press('Enter');
    const car = await shownCar(app);
    await expect(car.getByTestId('car-title')).toHaveAttribute('data-index', '2');
    await expect(car.getByTestId('spring-3La')).toHaveAttribute('aria-pressed', 'true');
    await car.keyboard.press('ArrowRight');
    await expect(car.getByTestId('car-title')).toHaveAttribute('data-index', '3');
    await car.keyboard.press('End');
    await expect(car.getByTestId('car-title')).toHaveAttribute('data-index', '6');
  });

  await test.step('the car view acknowledges too, and the system view shows it', async () => {
    const car = await shownCar(app);
    const open = await line.rows<{ id: string }>('select id from vicore.alert where state = $1', [
      'active-unacknowledged',
    ]);
    const id = open[0]?.id ?? '';
    await car.keyboard.press('F2');
    await expect(alertRow(car, id)).toBeVisible();
    await alertRow(car, id).getByTestId('ack-comment').fill('From the car view');
    await car.keyboard.press('Enter');
    await expect(alertRow(car, id)).toHaveAttribute('data-state', 'active-acknowledged');
    await expect(alertRow(system, id)).toHaveAttribute('data-state', 'active-acknowledged');
    await expect
      .poll(() => line.rows('select state, comment from vicore.alert where id = $1', [id]))
      .toEqual([{ state: 'active-acknowledged', comment: 'From the car view' }]);
  });
});

test('what the cameras say wrong, and what goes wrong with their links, is shown', async ({ line }) => {
  const { window } = await line.start();
  const system = await window('system');
  await connected(system);
  await line.simulator.runPass({ trainNumber: '6902', tidy: true, vehicles: 3 });

  await test.step('rejected messages: count, reason and text, and the stream goes on', async () => {
    for (const name of ['wrong-type', 'unknown-message', 'not-json'] as const) {
      expect(line.simulator.inject({ name, stream: 't1' }).ok).toBe(true);
    }
    await expect(system.getByTestId('rejected-count')).toContainText('3');
    await system.getByTestId('rejected-count').click();
    await expect(system.getByTestId('rejected-row')).toHaveCount(3);
    await expect(system.getByTestId('rejected-row').filter({ hasText: 'JSON' })).toHaveCount(1);
    await saveScreenshot(system, 'rejected');
    await system.getByTestId('rejected-count').click();
    await line.simulator.runPass({ trainNumber: '6903', tidy: true, vehicles: 3 });
    await expect(system.getByTestId('pass-row').filter({ hasText: '6903' })).toBeVisible();
    await expect
      .poll(() => line.rows('select count(*)::int as count from vicore.rejected_message'))
      .toEqual([{ count: 3 }]);
  });

  await test.step('strings that attack are only text', async () => {
    const trainNumber = '<b>x</b>';
    await line.simulator.runPass({
      trainNumber,
      tidy: true,
      vehicles: 2,
      faults: [{ name: 'broken', vehicle: 1, position: '1La', millimetres: 222 }],
    });
    await expect(system.getByTestId('banner-newest')).toContainText(trainNumber);
    await expect(system.getByTestId('banner-newest').locator('.newest-where b')).toHaveCount(0);
    await system.getByTestId('pass-row').filter({ hasText: trainNumber }).click();
    await expect(tiles(system)).toHaveCount(2);
  });

  await test.step('a link that is refused and returns', async () => {
    expect(line.simulator.inject({ name: 'refuse', stream: 't2', seconds: 2 }).ok).toBe(true);
    expect(line.simulator.inject({ name: 'cut', stream: 't2' }).ok).toBe(true);
    await expect(system.getByTestId('link-T2')).not.toHaveAttribute('data-state', 'live');
    await expect(system.getByTestId('condition-link')).toContainText('T2');
    await expect(system.getByTestId('link-T1')).toHaveAttribute('data-state', 'live');
    await expect(system.getByTestId('link-T2')).toHaveAttribute('data-state', 'live', { timeout: 20_000 });
    await expect(system.getByTestId('condition-link')).toHaveCount(0);
  });

  await test.step('a camera that is offline', async () => {
    line.simulator.inject({ name: 'camera', stream: 't1', camera: 'F1R', status: 'offline', seconds: 30 });
    await expect(system.getByTestId('camera-F1R')).toHaveAttribute('data-state', 'offline');
    await expect(system.getByTestId('camera-F1L')).toHaveAttribute('data-state', 'ok');
  });
  expect(await callFrom(system, 'session.current', {})).toEqual(expect.objectContaining({ ok: true }));
});
