import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import type { ThresholdValues } from '../../contract/domain.ts';
import { alertId } from '../../main/alerts/identity.ts';
import { acknowledge, seesTrain } from './fixtures/acts.ts';
import { tabTo, violations } from './fixtures/accessibility.ts';
import { callFrom } from './fixtures/application.ts';
import { alertRow, connected, expect, saveScreenshot, test } from './fixtures/main-line.ts';
import type { Line } from './fixtures/main-line.ts';
import { signIn } from './fixtures/session.ts';

const vehicle = 6;
/** Fine by the limits of every type; both sides alike, so that nothing but the height can be said of them. */
const heightMm = 215;

/** A pass whose car 6, a truck carrier, has a pair of springs at that height; its identity. */
async function passAtHeight({ simulator }: Line, trainNumber: string): Promise<string> {
  const faults = (['1La', '1Ra'] as const).map((position) => ({
    name: 'low-height' as const,
    vehicle,
    position,
    millimetres: heightMm,
  }));
  return (await simulator.runPass({ trainNumber, tidy: true, kind: 'truck', vehicles: 6, faults })).passId;
}

/** How a workstation judges that spring, and by which version. */
async function judged(system: Page, passId: string): Promise<unknown> {
  const answer = (await callFrom(system, 'cars.get', { passId, vehicleIndex: vehicle })) as {
    ok: boolean;
    value?: {
      thresholds: { version: number };
      vehicle: { springs: { position: string; state?: string }[] };
    };
  };
  const spring = answer.value?.vehicle.springs.find(({ position }) => position === '1La');
  return { version: answer.value?.thresholds.version, state: spring?.state };
}

const versions = ({ rows }: Line) =>
  rows(
    `select version, created_by, reason, rules -> 'types' -> 'carrier-truck' -> 'warningLowCmm' as warning_low,
            rules -> 'conflictCmm' as conflict
       from vicore.threshold_set where version > 1 order by version`,
  );

test('by the keyboard alone: a new limit judges the next pass and not the last one, on two workstations', async ({
  line,
}) => {
  test.slow();
  const there = await (await line.start({ name: 'RCC-02', person: 'alan' })).window('system');
  const here = await line.start({ name: 'RCC-01', person: 'dora' });
  const system = await here.window('system');
  await connected(there);
  await connected(system);
  const broken = await seesTrain(line, system, '8301');
  const last = await passAtHeight(line, '8302');
  await expect
    .poll(() =>
      line.rows('select vehicle_type from vicore.pass_vehicle where pass_id = $1 and index = $2', [
        last,
        vehicle,
      ]),
    )
    .toEqual([{ vehicle_type: 'carrier-truck' }]);
  for (const workstation of [there, system]) {
    await expect.poll(() => judged(workstation, last)).toEqual({ version: 1, state: 'ok' });
  }

  await callFrom(system, 'windows.openAdmin', {});
  const panel = await here.window('admin');
  await test.step('to the page, and a draft of the newest version', async () => {
    await tabTo(panel, 'navigate-users');
    await panel.keyboard.press('ArrowDown');
    await panel.keyboard.press('Enter');
    await expect(panel.getByTestId('threshold-version-1')).toHaveAttribute('data-standing', 'in-force');
    await tabTo(panel, 'threshold-edit');
    await panel.keyboard.press('Enter');
    await expect(panel.getByTestId('threshold-draft')).toBeVisible();
  });

  const field = panel.getByTestId('field-carrier-truck/warningLowCmm');
  await test.step('the handle moves by arrow keys, the number with it; undo and redo', async () => {
    await tabTo(panel, 'handle-warningLowCmm');
    const handle = panel.getByTestId('handle-warningLowCmm');
    await expect(handle).toHaveAttribute('role', 'slider');
    for (let presses = 0; presses < 5; presses += 1) await panel.keyboard.press('Shift+ArrowRight');
    await panel.keyboard.press('ArrowLeft');
    await expect(field).toHaveValue('219.5');
    await expect(handle).toHaveAttribute('aria-valuetext', /219\.5 mm/);
    await panel.keyboard.press('Control+z');
    await expect(field).toHaveValue('220.0');
    await panel.keyboard.press('Control+y');
    await expect(field).toHaveValue('219.5');
    await panel.keyboard.press('Control+z');
  });

  await test.step('an impossible order is refused while it is typed', async () => {
    await tabTo(panel, 'field-carrier-truck/warningLowCmm');
    await panel.keyboard.press('Control+a');
    await panel.keyboard.type('270');
    await expect(panel.getByTestId('problem-carrier-truck/warningLowCmm')).toBeVisible();
    await expect(panel.getByTestId('threshold-problems')).toContainText('less than');
    await expect(panel.getByTestId('threshold-save')).toBeDisabled();
    await saveScreenshot(panel, 'thresholds-impossible');
    await panel.keyboard.press('Control+z');
    await expect(field).toHaveValue('220.0');
    await expect(panel.getByTestId('threshold-problems')).toBeEmpty();
  });

  await test.step('what it would have done to the latest passes', async () => {
    await tabTo(panel, 'trial-run');
    await panel.keyboard.press('Enter');
    await expect(panel.getByTestId('trial-counts')).toBeVisible();
    await expect(
      panel.getByTestId('trial-changed').getByRole('row').filter({ hasText: '8302' }),
    ).not.toHaveCount(0);
    await saveScreenshot(panel, 'thresholds-trial');
    expect(await violations(panel)).toEqual([]);
  });

  await test.step('saved with a reason, in force at once', async () => {
    await tabTo(panel, 'reason');
    await panel.keyboard.type('Springs of the truck carriers were renewed');
    await tabTo(panel, 'threshold-save');
    await panel.keyboard.press('Enter');
    await expect(panel.getByTestId('threshold-saved')).toBeVisible();
    await expect(panel.getByTestId('threshold-version-2')).toHaveAttribute('data-standing', 'in-force');
    await expect(panel.getByTestId('threshold-version-1')).toHaveAttribute('data-standing', 'past');
    expect(await versions(line)).toEqual([
      expect.objectContaining({
        version: 2,
        created_by: 'Dora Okafor',
        reason: 'Springs of the truck carriers were renewed',
        warning_low: 22_000,
      }),
    ]);
    expect(
      await line.rows(`select actor, entity_id from vicore.audit_log where action = 'threshold.save'`),
    ).toEqual([{ actor: 'Dora Okafor', entity_id: '2' }]);
  });

  // What comes through the feed after the new version shows that the other workstation has it.
  expect(await acknowledge(system, broken)).toMatchObject({ ok: true });
  await expect(alertRow(there, broken)).toHaveAttribute('data-state', 'active-acknowledged');
  const next = await passAtHeight(line, '8303');
  for (const workstation of [there, system]) {
    await expect.poll(() => judged(workstation, next)).toEqual({ version: 2, state: 'warning' });
    expect(await judged(workstation, last)).toEqual({ version: 1, state: 'ok' });
    const alert = alertId(next, vehicle, '1La', 'height');
    expect(await callFrom(workstation, 'alerts.get', { alertId: alert })).toMatchObject({
      ok: true,
      value: { alert: { severity: 'warning', limit: 22_000 } },
    });
    expect(
      await callFrom(workstation, 'alerts.get', { alertId: alertId(last, vehicle, '1La', 'height') }),
    ).toMatchObject({ ok: false, error: { code: 'not-found' } });
  }
  await expect
    .poll(() =>
      line.rows('select id, threshold_version from vicore.train_pass where id = any($1)', [[last, next]]),
    )
    .toEqual(
      expect.arrayContaining([
        { id: last, threshold_version: 1 },
        { id: next, threshold_version: 2 },
      ]),
    );
});

test('two admins on the thresholds: the draft outlives page, lock and conflict, and nothing is overwritten', async ({
  line,
}) => {
  const { window } = await line.start({ name: 'RCC-01', person: 'dora' });
  const system = await window('system');
  await connected(system);
  await callFrom(system, 'windows.openAdmin', { page: 'thresholds' });
  const panel = await window('admin');
  await panel.getByTestId('threshold-edit').click();
  const field = panel.getByTestId('field-carrier-truck/warningLowCmm');
  await test.step('a limit follows the mouse in half millimetres, and one undo takes the whole drag back', async () => {
    const handle = panel.getByTestId('handle-criticalHighCmm');
    const box = await handle.locator('.band-flag').boundingBox();
    if (box === null) throw new Error('the handle has no place on the screen');
    await panel.mouse.move(box.x + 4, box.y + 8);
    await panel.mouse.down();
    for (const step of [10, 20, 30]) await panel.mouse.move(box.x + 4 + step, box.y + 8);
    await panel.mouse.up();
    const high = panel.getByTestId('field-carrier-truck/criticalHighCmm');
    await expect(high).toHaveValue(/^28[1-9]\.[05]$/);
    await panel.getByTestId('threshold-undo').click();
    await expect(high).toHaveValue('280.0');
    await expect(panel.getByTestId('threshold-undo')).toBeDisabled();
  });
  await field.fill('201');
  await panel.getByTestId('reason').fill('Mine');

  await test.step('another page and a locked session take nothing from it', async () => {
    await panel.getByTestId('navigate-users').click();
    await expect(panel.getByTestId('page-users')).toBeVisible();
    await panel.getByTestId('navigate-thresholds').click();
    await expect(field).toHaveValue('201.0');
    await callFrom(panel, 'session.lock', {});
    await expect(panel.getByTestId('missing-rights')).toBeVisible();
    await signIn(system, 'dora');
    await expect(field).toHaveValue('201.0');
    await expect(panel.getByTestId('reason')).toHaveValue('Mine');
  });

  await test.step('somebody at another workstation saves meanwhile: told who, and the difference three ways', async () => {
    const person = { subject: 'paul', name: 'Paul Moreau', claimedRole: 'admin' };
    await line.rows('select vicore.record_person($1::json, $2, $3)', [
      JSON.stringify(person),
      'RCC-03',
      randomUUID(),
    ]);
    const [first] = await line.rows<{ rules: ThresholdValues }>(
      'select rules from vicore.threshold_set where version = 1',
    );
    const truck = first?.rules.types['carrier-truck'];
    if (first === undefined || truck === undefined) throw new Error('no thresholds to begin with');
    const theirs: ThresholdValues = {
      ...first.rules,
      conflictCmm: 1_300,
      types: { ...first.rules.types, 'carrier-truck': { ...truck, warningLowCmm: 19_900 } },
    };
    await line.rows('select vicore.save_thresholds($1, $2::jsonb, $3, $4, $5::json)', [
      1,
      JSON.stringify(theirs),
      'Theirs',
      null,
      JSON.stringify({ subject: 'paul', workstation: 'RCC-03', at: Date.now(), correlationId: randomUUID() }),
    ]);
    const conflict = panel.getByTestId('threshold-conflict');
    await expect(conflict).toContainText('Paul Moreau');
    await expect(conflict).toContainText('Theirs');
    await expect(conflict).toContainText('199.0');
    await expect(conflict).toContainText('201.0');
    await expect(panel.getByTestId('threshold-save')).toBeDisabled();
    await saveScreenshot(panel, 'thresholds-conflict');
  });

  await test.step('mine on top of theirs is a third version', async () => {
    await panel.getByTestId('threshold-rebase').click();
    await expect(panel.getByTestId('threshold-conflict')).toHaveCount(0);
    await panel.getByTestId('threshold-save').click();
    await expect(panel.getByTestId('threshold-version-3')).toHaveAttribute('data-standing', 'in-force');
    for (const [version, who] of [
      [2, 'Paul Moreau'],
      [3, 'Dora Okafor'],
    ] as const)
      await expect(
        panel.getByTestId(`threshold-version-${version}`).getByTestId('threshold-saved-at'),
      ).toContainText(`Saved by ${who}`);
    expect(await versions(line)).toEqual([
      { version: 2, created_by: 'Paul Moreau', reason: 'Theirs', warning_low: 19_900, conflict: 1_300 },
      { version: 3, created_by: 'Dora Okafor', reason: 'Mine', warning_low: 20_100, conflict: 1_300 },
    ]);
  });
});

test('a type that nobody has entered: met, named and given limits of its own', async ({ line }) => {
  const { window } = await line.start({ name: 'RCC-01', person: 'dora' });
  const system = await window('system');
  await connected(system);
  await line.simulator.runPass({
    trainNumber: '8401',
    tidy: true,
    kind: 'truck',
    vehicles: 4,
    faults: [{ name: 'unknown-type', vehicle: 3 }],
  });
  await expect(system.getByTestId('pass-row').filter({ hasText: '8401' })).toBeVisible();
  await expect
    .poll(() =>
      line.rows(`select vehicle_type from vicore.pass_vehicle where vehicle_type = 'carrier-mystery'`),
    )
    .toHaveLength(1);
  await callFrom(system, 'windows.openAdmin', { page: 'vehicle-types' });
  const panel = await window('admin');
  const row = panel.getByTestId('vehicle-types-row').filter({ hasText: 'carrier-mystery' });
  await expect(panel.getByTestId('vehicle-types-row').first()).toContainText('carrier-mystery');
  await row.click();
  await expect(panel.getByTestId('vehicle-type-unknown')).toBeVisible();
  await panel.getByTestId('vehicle-type-name').fill('Mystery carrier');
  await panel.getByTestId('vehicle-type-save').click();
  await expect(row).toContainText('Mystery carrier');
  await panel.getByTestId('vehicle-type-thresholds').click();

  await expect(panel.getByTestId('threshold-draft')).toBeVisible();
  await expect(panel.getByTestId('threshold-add-type')).toBeFocused();
  await panel.keyboard.press('Enter');
  await expect(panel.getByTestId('threshold-tab-carrier-mystery')).toHaveAttribute('aria-selected', 'true');
  await panel.getByTestId('reason').fill('A new type on the line');
  await panel.getByTestId('threshold-save').click();
  await expect(panel.getByTestId('threshold-version-2')).toHaveAttribute('data-standing', 'in-force');
  await panel.getByTestId('navigate-vehicle-types').click();
  await expect(row.getByText('yes')).toBeVisible();
  expect(
    await line.rows(
      `select action, after ->> 'name' as name from vicore.audit_log where action = 'vehicle-type.save'`,
    ),
  ).toEqual([{ action: 'vehicle-type.save', name: 'Mystery carrier' }]);
});

test('whoever takes over the desk finds no draft of somebody else, and theirs waits for its owner', async ({
  line,
}) => {
  // Two admins: whom the provider calls a supervisor is one here.
  await line.rows('select vicore.record_person($1::json, $2, $3)', [
    JSON.stringify({ subject: 'sophie', name: 'Sophie Lambert', claimedRole: 'supervisor' }),
    'RCC-01',
    randomUUID(),
  ]);
  await line.rows(`update vicore.app_user set role_override = 'admin' where subject = 'sophie'`);
  const { window, browser } = await line.start({ name: 'RCC-01', person: 'dora' });
  const system = await window('system');
  await connected(system);
  await callFrom(system, 'windows.openAdmin', { page: 'thresholds' });
  const panel = await window('admin');
  /** The page of who is there; that of the one before waits out of sight. */
  const at = (id: string) => panel.getByTestId(id).filter({ visible: true });
  const field = at('field-carrier-truck/warningLowCmm');
  await at('threshold-edit').click();
  await field.fill('201');
  await at('reason').fill('Of Dora');

  await browser.choose('sophie');
  await signIn(system, 'sophie');
  await expect(at('threshold-draft')).toHaveCount(0);
  await expect(at('threshold-draft-row')).toHaveCount(0);
  await at('threshold-edit').click();
  await expect(field).toHaveValue('195.0');
  await expect(at('reason')).toHaveValue('');
  await field.fill('199');
  await at('reason').fill('Of Sophie');
  await at('threshold-save').click();
  await expect(at('threshold-version-2')).toHaveAttribute('data-standing', 'in-force');

  await browser.choose('dora');
  await signIn(system, 'dora');
  await at('threshold-draft-row').click();
  await expect(field).toHaveValue('201.0');
  await expect(at('reason')).toHaveValue('Of Dora');
  // Based on the version before: nothing of Sophie's is overwritten unseen.
  await expect(at('threshold-conflict')).toContainText('Sophie Lambert');
  expect(await versions(line)).toEqual([
    { version: 2, created_by: 'Sophie Lambert', reason: 'Of Sophie', warning_low: 19_900, conflict: 1_500 },
  ]);
});
