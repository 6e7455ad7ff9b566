import { at, brokenSpring } from './fixtures/alerts.ts';
import { callFrom } from './fixtures/application.ts';
import { alertRow, expect, test } from './fixtures/main-line.ts';

test('one takes an acknowledgement back in another window, and at the workstation where one signs in next', async ({
  line,
}) => {
  test.slow();
  const here = await at(line, 'RCC-01', 'alan');
  const there = await at(line, 'RCC-02', 'alan');
  const colleague = await at(line, 'RCC-03', 'sophie');
  const id = await brokenSpring(line, '8861', here.page, there.page, colleague.page);
  const [found] = await line.rows<{ pass_id: string }>('select pass_id from vicore.alert where id = $1', [
    id,
  ]);
  await callFrom(here.page, 'windows.openCar', { passId: found?.pass_id, vehicleIndex: 2, position: '1La' });
  const car = await here.window('car');
  await expect(alertRow(car, id)).toHaveAttribute('data-state', 'active-unacknowledged');
  const waits = async (): Promise<void> => {
    for (const page of [here.page, car, there.page, colleague.page])
      await expect(alertRow(page, id)).toHaveAttribute('data-state', 'active-unacknowledged');
  };

  await test.step('in the car view what was acknowledged in the list', async () => {
    await alertRow(here.page, id).getByTestId('ack-button').click();
    await alertRow(car, id).getByTestId('undo-button').click();
    await waits();
  });

  await test.step('at the next workstation what was acknowledged at the first; a colleague is not asked', async () => {
    await alertRow(car, id).getByTestId('ack-button').click();
    await expect(alertRow(colleague.page, id).getByTestId('tag-owner')).toContainText('Alan Martin');
    await expect(alertRow(colleague.page, id).getByTestId('undo-button')).toHaveCount(0);
    await alertRow(there.page, id).getByTestId('undo-button').click();
    await waits();
  });

  await test.step('what the database has refused is not offered again', async () => {
    await alertRow(there.page, id).getByTestId('ack-button').click();
    const undo = alertRow(here.page, id).getByTestId('undo-button');
    await expect(undo).toBeVisible();
    // Something has happened since, of which no window can know that it forbids the undo.
    await line.rows(
      `insert into vicore.alert_event (alert_id, at, actor, workstation, kind) values ($1, now(), 'system', 'RCC-09', 'verdict')`,
      [id],
    );
    await undo.click();
    await expect(undo).toHaveCount(0);
    await expect(alertRow(here.page, id)).toHaveAttribute('data-state', 'active-acknowledged');
  });
});
