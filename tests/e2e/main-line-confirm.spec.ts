import { randomUUID } from 'node:crypto';
import { alertId } from '../../main/alerts/identity.ts';
import { alertRow, connected, expect, saveScreenshot, test } from './fixtures/main-line.ts';

interface Outcome {
  readonly outcome: string;
}

test('a pass is confirmed only when nothing of it is unacknowledged, and a late measurement opens it again', async ({
  line,
}) => {
  const { window } = await line.start();
  const system = await window('system');
  await connected(system);
  const { passId } = await line.simulator.runPass({
    trainNumber: '6700',
    tidy: true,
    vehicles: 4,
    faults: [
      { name: 'broken', vehicle: 2, position: '3La', millimetres: 222 },
      { name: 'low-height', vehicle: 3, position: '1Ra' },
    ],
  });
  const broken = alertRow(system, alertId(passId, 2, '3La', 'defect'));
  const low = alertRow(system, alertId(passId, 3, '1Ra', 'height'));
  const statusOf = async (): Promise<unknown> => {
    const [row] = await line.rows('select status, notes, reopened from vicore.train_pass where id = $1', [
      passId,
    ]);
    return row;
  };
  const confirmAsWorkstation = (): Promise<Outcome[]> =>
    line.rows<Outcome>(
      'select (vicore.confirm_pass($1, $2, $3::json)).outcome',
      [
        passId,
        'by SQL',
        JSON.stringify({
          actor: 'mallory',
          subject: 'alan',
          role: 'operator',
          workstation: 'SQL',
          at: Date.now(),
          correlationId: randomUUID(),
        }),
      ],
      line.database.userUrl,
    );

  await test.step('refused by the screen and by the database', async () => {
    await system.getByTestId('pass-row').filter({ hasText: '6700' }).click();
    await expect(system.getByTestId('pass-head')).toHaveAttribute('data-pass-id', passId);
    await system.getByTestId('confirm-open').click();
    await expect(system.getByTestId('confirm-refused')).toContainText(
      '2 alerts of this pass are unacknowledged',
    );
    await system.getByTestId('confirm-notes').fill('Not yet');
    await system.getByTestId('confirm-button').click();
    await expect(system.getByTestId('confirm-refused')).toBeVisible();
    await saveScreenshot(system, 'confirmation-refused');
    await expect.poll(statusOf).toEqual({ status: 'pending', notes: null, reopened: false });

    expect(await confirmAsWorkstation()).toEqual([{ outcome: 'unacknowledged-alerts' }]);
    const change = `update vicore.train_pass set status = 'confirmed' where id = $1`;
    await expect(line.rows(change, [passId], line.database.userUrl)).rejects.toThrow('permission denied');
    await expect(line.rows(change, [passId])).rejects.toThrow('unacknowledged');
    expect(await statusOf()).toEqual({ status: 'pending', notes: null, reopened: false });
  });

  await test.step('accepted once each alert is acknowledged', async () => {
    await broken.getByTestId('ack-button').click();
    await expect(broken).toHaveAttribute('data-state', 'active-acknowledged');
    await expect(system.getByTestId('confirm-refused')).toContainText(
      '1 alert of this pass is unacknowledged',
    );
    await low.getByTestId('ack-button').click();
    await expect(system.getByTestId('confirm-refused')).toHaveCount(0);
    await system.getByTestId('confirm-notes').fill('Springs 3La and 1Ra reported to the depot');
    await system.getByTestId('confirm-button').click();
    await expect(system.getByTestId('pass-head')).toHaveAttribute('data-status', 'confirmed');
    await expect(system.getByTestId('confirmed-by')).toBeVisible();
    await expect(system.getByText('Springs 3La and 1Ra reported to the depot')).toBeVisible();
    expect(await statusOf()).toEqual({
      status: 'confirmed',
      notes: 'Springs 3La and 1Ra reported to the depot',
      reopened: false,
    });
    const states = await line.rows('select distinct state from vicore.alert where pass_id = $1', [passId]);
    expect(states).toEqual([{ state: 'closed' }]);
  });

  await test.step('a late critical measurement opens it again', async () => {
    line.simulator.send({
      type: 'springs.measured',
      at: new Date().toISOString(),
      passId,
      index: 4,
      cameraId: 'F1L',
      measurements: [
        {
          axle: 2,
          side: 'left',
          nest: 'lead',
          heightMm: 168.4,
          confidence: 1,
          defect: 'none',
          imageId: null,
        },
      ],
    });
    await expect(system.getByTestId('pass-head')).toHaveAttribute('data-status', 'pending');
    await expect(system.getByTestId('pass-head')).toContainText('re-opened');
    await expect(system.getByTestId('banner-newest')).toContainText('168.4');
    await expect(system.getByTestId('banner-newest')).toContainText('car 4');
    await expect.poll(statusOf).toEqual(expect.objectContaining({ status: 'pending', reopened: true }));
    expect(await confirmAsWorkstation()).toEqual([{ outcome: 'unacknowledged-alerts' }]);
    const audited = await line.rows('select action from vicore.audit_log where entity_id = $1 order by id', [
      passId,
    ]);
    expect(audited).toEqual([{ action: 'pass.confirm' }, { action: 'pass.reopened' }]);
    expect(await line.rows('select * from vicore.verify_audit()')).toEqual([]);
    await saveScreenshot(system, 'pass-reopened');
  });
});
