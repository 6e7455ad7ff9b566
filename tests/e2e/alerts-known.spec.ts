import { alertId } from '../../main/alerts/identity.ts';
import { expect, shownCar, test } from './fixtures/main-line.ts';
import { at, train } from './fixtures/alerts.ts';
import { callFrom } from './fixtures/application.ts';

test('the same finding in pass after pass is one line that says since when, until its springs are renewed', async ({
  line,
}) => {
  test.slow();
  const { app, page } = await at(line, 'RCC-01', 'sophie');
  const [rake] = line.simulator.fleet.rakes;
  const number = rake?.vehicles[1]?.number;
  if (rake === undefined || number === undefined) throw new Error('no rake');
  const pass = (trainNumber: string) =>
    line.simulator.runPass({
      rake,
      direction: 'uk-fr',
      tidy: true,
      vehicles: 6,
      trainNumber,
      faults: [{ name: 'broken', number, position: '2Rb', millimetres: 222 }],
    });
  const inRecord = async () => (await line.rows('select id from vicore.alert')).length;

  let latest = '';
  for (const [place, trainNumber] of ['8901', '8902', '8903', '8904'].entries()) {
    ({ passId: latest } = await pass(trainNumber));
    await expect.poll(inRecord).toBe(place + 1);
    if (place === 0) {
      // By its call: a pointer that stays in the list would hold its lines still.
      const id = alertId(latest, 2, '2Rb', 'defect');
      expect(await callFrom(page, 'alerts.acknowledge', { alertId: id })).toMatchObject({ ok: true });
      await expect(page.getByTestId('alert-row')).toHaveAttribute('data-state', 'active-acknowledged');
    }
  }

  await test.step('one line: known, the 4th time, and who dealt with it before', async () => {
    const group = page.getByTestId('alert-group');
    await expect(group).toHaveCount(1);
    await expect(page.getByTestId('alert-row')).toHaveCount(0);
    await expect(group).toHaveAttribute('data-finding', 'true');
    await expect(group).toContainText('8904');
    const known = group.getByTestId('tag-known');
    await expect(known).toContainText('4th time');
    await expect(known).toContainText('Sophie Lambert');
    // Each pass's alert is counted all the same: the acknowledgement of the first swallows none of them.
    await expect(page.getByTestId('count-critical')).toContainText('3');
    await expect(page.getByTestId('count-acknowledged')).toContainText('1');
  });

  await test.step('after a maintenance mark it begins anew', async () => {
    await callFrom(page, 'windows.openCar', { passId: latest, vehicleIndex: 2, position: '2Rb' });
    const car = await shownCar(app);
    await expect(car.getByTestId('car-title')).toHaveAttribute('data-index', '2');
    await car.getByTestId('maintenance-open').click();
    await car.getByTestId('maintenance-reason').fill('Spring 2Rb replaced, depot Coquelles');
    await car.getByTestId('maintenance-confirm').click();
    await expect(car.getByTestId('maintenance-done')).toBeVisible();
    expect(
      await line.rows(`select actor, entity_id from vicore.audit_log where action = 'maintenance.record'`),
    ).toEqual([{ actor: 'Sophie Lambert', entity_id: number }]);
    await pass('8905');
    await expect.poll(inRecord).toBe(5);
    const group = page.getByTestId('alert-group');
    await expect(group).toContainText('8905');
    await expect(group.getByTestId('tag-known')).toHaveCount(0);
    await pass('8906');
    await expect(group).toContainText('8906');
    await expect(group.getByTestId('tag-known')).toContainText('2nd time');
  });
});

test('an operator cannot say that springs were renewed', async ({ line }) => {
  const { app, page } = await at(line, 'RCC-01', 'alan');
  const { passId, vehicleNumbers } = await train(line, '8911', []);
  const input = { vehicleNumber: vehicleNumbers[1], reason: 'renewed' };
  expect(await callFrom(page, 'cars.recordMaintenance', input)).toMatchObject({
    ok: false,
    error: { code: 'forbidden' },
  });
  await callFrom(page, 'windows.openCar', { passId, vehicleIndex: 2 });
  const car = await shownCar(app);
  await expect(car.getByTestId('maintenance-open')).toHaveAttribute('aria-disabled', 'true');
});
