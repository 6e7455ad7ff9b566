import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Alert } from '../../contract/domain.ts';
import { alertId } from '../../main/alerts/identity.ts';
import { callFrom } from './fixtures/application.ts';
import { alertRow, connected, expect, saveScreenshot, shownCar, test, tiles } from './fixtures/main-line.ts';

const broken = (vehicle: number) => ({ name: 'broken', vehicle, position: '2La', millimetres: 222 }) as const;

async function alertNow(page: Page, id: string): Promise<Alert> {
  const answer = (await callFrom(page, 'alerts.get', { alertId: id })) as { value: { alert: Alert } };
  return answer.value.alert;
}

const away = (system: Page) =>
  expect(system.getByTestId('database-state')).not.toHaveAttribute('data-state', 'connected', {
    timeout: 15_000,
  });

for (const mode of ['immediate', 'fast'] as const) {
  test(`the database goes (${mode}) and comes back: nothing is missed and nothing lost`, async ({
    line,
    desktop,
    postgres,
  }) => {
    const { app, window } = await line.start();
    const system = await window('system');
    await connected(system);
    const before = await line.simulator.runPass({
      trainNumber: '7001',
      tidy: true,
      vehicles: 4,
      faults: [broken(2)],
    });
    const beforeAlert = alertId(before.passId, 2, '2La', 'defect');
    await expect(alertRow(system, beforeAlert)).toBeVisible();
    await expect
      .poll(() => line.rows('select id from vicore.alert'), { message: 'the first alert is shared' })
      .toEqual([{ id: beforeAlert }]);

    await postgres.server.stop(mode);
    await away(system);
    await expect(system.getByTestId('condition-database')).toContainText('Database away');
    await expect(system.getByTestId('condition-database')).toContainText(/as of \d\d:\d\d:\d\d/);
    await expect(system.getByTestId('database-state')).toContainText(/\d s/);

    const trainNumber = mode === 'fast' ? '7002' : '7003';
    const during = await line.simulator.runPass({
      trainNumber,
      tidy: true,
      vehicles: 6,
      faults: [broken(3)],
    });
    const duringAlert = alertId(during.passId, 3, '2La', 'defect');
    await expect(system.getByTestId('pass-row').filter({ hasText: trainNumber })).toBeVisible();
    await expect(alertRow(system, duringAlert)).toHaveAttribute('data-state', 'active-unacknowledged');
    const told = await desktop.waitForNotification(({ summary }) => summary.includes(trainNumber));
    expect(told.body).toContain('broken');

    // The windows answer: selection, car view, picture.
    await system.getByTestId('pass-row').filter({ hasText: trainNumber }).click();
    await expect(tiles(system)).toHaveCount(6);
    await system.getByTestId('vehicle-tile-3').dblclick();
    const car = await shownCar(app);
    await expect(car.getByTestId('car-title')).toHaveAttribute('data-index', '3');
    await car.getByTestId('spring-2La').click();
    await expect(car.getByTestId('spring-image')).toBeVisible();
    await expect(car.getByTestId('condition-database')).toContainText('Database away');

    // A slip of the hand, taken back without the database: it calls for somebody again.
    await alertRow(system, duringAlert).getByTestId('ack-button').click();
    await alertRow(system, duringAlert).getByTestId('undo-button').click();
    await expect(alertRow(system, duringAlert)).toHaveAttribute('data-state', 'active-unacknowledged');

    // Acknowledged here, not yet shared; confirming needs the database.
    for (const id of [beforeAlert, duringAlert]) {
      await alertRow(system, id).getByTestId('ack-button').click();
      await expect(alertRow(system, id)).toContainText('acknowledged here, not yet shared');
    }
    const acknowledgedAt = (await alertNow(system, duringAlert)).acknowledgedAt;
    await system.getByTestId('confirm-open').click();
    await system.getByTestId('confirm-button').click();
    await expect(system.getByTestId('confirm-refused')).toContainText('cannot be reached');
    await expect(system.getByTestId('pass-head')).toHaveAttribute('data-status', 'pending');
    await saveScreenshot(system, `database-away-${mode}`);

    await postgres.server.start();
    await connected(system);
    await expect(system.getByTestId('condition-database')).toHaveCount(0);
    for (const id of [beforeAlert, duringAlert]) {
      await expect(alertRow(system, id)).toHaveAttribute('data-state', 'active-acknowledged');
      await expect(alertRow(system, id)).not.toContainText('not yet shared');
    }
    await expect
      .poll(() => line.rows('select id, status, state from vicore.train_pass order by train_number'))
      .toEqual([
        { id: before.passId, status: 'pending', state: 'critical' },
        { id: during.passId, status: 'pending', state: 'critical' },
      ]);
    const count = await line.rows<{ springs: number }>(
      'select count(*)::int as springs from vicore.spring_measurement where pass_id = $1',
      [during.passId],
    );
    expect(count).toEqual([{ springs: 6 * 16 }]);
    await expect
      .poll(() =>
        line.rows(
          `select id, state, (extract(epoch from acknowledged_at) * 1000)::bigint::float8 as at from vicore.alert
             where id = $1`,
          [duringAlert],
        ),
      )
      .toEqual([{ id: duringAlert, state: 'active-acknowledged', at: acknowledgedAt }]);
    await expect(system.getByTestId('journal-count')).toHaveAttribute('data-count', '0');
    await system.getByTestId('confirm-button').click();
    await expect(system.getByTestId('pass-head')).toHaveAttribute('data-status', 'confirmed');
  });
}

test('the application starts without its database: the local record with its age, then the shared one', async ({
  line,
  postgres,
}) => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'vicore-e2e-'));
  const first = await line.start({ dataDirectory });
  const system = await first.window('system');
  await connected(system);
  const known = await line.simulator.runPass({
    trainNumber: '7101',
    tidy: true,
    vehicles: 4,
    faults: [broken(1)],
  });
  await expect
    .poll(() => line.rows('select 1 from vicore.train_pass where status = $1', ['pending']))
    .toHaveLength(1);
  await expect(system.getByTestId('journal-count')).toHaveAttribute('data-count', '0');
  const ended = once(first.app.process(), 'exit');
  await first.app.close();
  await ended;
  await postgres.server.stop('fast');

  const second = await line.start({ dataDirectory });
  const again = await second.window('system');
  await expect(again.getByTestId('pass-row').filter({ hasText: '7101' })).toBeVisible();
  await expect(alertRow(again, alertId(known.passId, 1, '2La', 'defect'))).toBeVisible();
  await expect(again.getByTestId('condition-database')).toContainText(/as of \d\d:\d\d:\d\d/);
  await again.getByTestId('pass-row').filter({ hasText: '7101' }).click();
  await expect(tiles(again)).toHaveCount(4);
  await saveScreenshot(again, 'started-without-database');
  await expect(again.getByTestId('link-T1')).toHaveAttribute('data-state', 'live');
  await line.simulator.runPass({ trainNumber: '7102', tidy: true, vehicles: 4 });
  await expect(again.getByTestId('pass-row').filter({ hasText: '7102' })).toBeVisible();

  await postgres.server.start();
  await connected(again);
  await expect(again.getByTestId('condition-database')).toHaveCount(0);
  await expect
    .poll(() => line.rows('select train_number, status from vicore.train_pass order by train_number'))
    .toEqual([
      { train_number: '7101', status: 'pending' },
      { train_number: '7102', status: 'pending' },
    ]);
});

test('a workstation that never saw its database shows trains all the same', async ({ line, postgres }) => {
  await postgres.server.stop('fast');
  const { window } = await line.start();
  const system = await window('system');
  await expect(system.getByTestId('condition-database')).toContainText('Database away');
  await expect(system.getByTestId('link-T1')).toHaveAttribute('data-state', 'live');
  const { passId } = await line.simulator.runPass({
    trainNumber: '7201',
    tidy: true,
    vehicles: 4,
    faults: [broken(2)],
  });
  await expect(alertRow(system, alertId(passId, 2, '2La', 'defect'))).toBeVisible();
  await postgres.server.start();
  await connected(system);
  await expect
    .poll(() => line.rows('select id, state from vicore.alert'))
    .toEqual([{ id: alertId(passId, 2, '2La', 'defect'), state: 'active-unacknowledged' }]);
});
