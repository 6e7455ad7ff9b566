import { randomUUID } from 'node:crypto';
import { alertId } from '../../main/alerts/identity.ts';
import { acknowledge, acknowledgedBy, actions, refused, seesTrain } from './fixtures/acts.ts';
import { callFrom } from './fixtures/application.ts';
import { alertRow, connected, expect, saveScreenshot, test, tiles } from './fixtures/main-line.ts';
import { openSessionMenu, sessionOf, signIn } from './fixtures/session.ts';

test('an admin elsewhere deactivates the person: refused at once, and the window follows', async ({
  line,
}) => {
  const here = await line.start({ name: 'RCC-01' });
  const there = await line.start({ name: 'RCC-02', person: 'dora' });
  const system = await here.window('system');
  const other = await there.window('system');
  await connected(system);
  await connected(other);
  const id = await seesTrain(line, system, '7701');
  const user = async () =>
    (
      await line.rows<{ id: string; revision: number }>(
        'select id, revision from vicore.app_user where subject = $1',
        ['alan'],
      )
    )[0];
  await expect.poll(user).toBeDefined();
  const { id: userId, revision } = (await user()) ?? { id: '', revision: 0 };

  const change = { kind: 'deactivate', reason: 'left the company' };
  const act = {
    actor: 'Dora Okafor',
    subject: 'dora',
    role: 'admin',
    workstation: 'RCC-02',
    at: Date.now(),
    correlationId: randomUUID(),
  };
  expect(
    await line.rows(
      'select (vicore.change_user($1, $2, $3::json, $4::json)).outcome',
      [userId, revision, JSON.stringify(change), JSON.stringify(act)],
      line.database.userUrl,
    ),
  ).toEqual([{ outcome: 'done' }]);
  // The database has the last word, also while the workstation has not heard of it.
  expect(await acknowledge(system, id)).toEqual(refused);
  await expect.poll(async () => (await sessionOf(system)).state).toBe('deactivated');
  await expect(system.getByTestId('session-state')).toHaveAttribute('data-state', 'deactivated');
  expect(await acknowledgedBy(line, id)).toEqual([{ state: 'active-unacknowledged', acknowledged_by: null }]);
  await seesTrain(line, system, '7702');
  await callFrom(system, 'session.login', {});
  await expect.poll(async () => (await sessionOf(system)).problem?.kind).toBe('deactivated');
  expect((await sessionOf(system)).role).toBe('viewer');
  expect(await acknowledge(other, id)).toMatchObject({ ok: true });
});

test('another operator takes over while a train passes: the picture is never interrupted', async ({
  line,
}) => {
  const { window, browser } = await line.start();
  const system = await window('system');
  await connected(system);
  await system.evaluate('window.sameWindow = true');
  let over = false;
  const passing = line.simulator
    .runPass({
      instant: false,
      trainNumber: '7801',
      tidy: true,
      vehicles: 14,
      speedKmh: 100,
      acceleration: 1.2,
      faults: [{ name: 'broken', vehicle: 12, position: '2La', millimetres: 222 }],
    })
    .finally(() => {
      over = true;
    });
  await expect(tiles(system).nth(1)).toBeVisible();
  // Every picture of the strip from here on, as the window draws it.
  await system.evaluate(`(() => {
    window.strip = [];
    const look = () => {
      window.strip.push(document.querySelectorAll('[data-testid^="vehicle-tile-"]').length);
      requestAnimationFrame(look);
    };
    look();
  })()`);
  await browser.choose('sophie');
  await (await openSessionMenu(system)).getByTestId('change-operator').click();
  await expect(system.getByTestId('session-state')).toContainText('Sophie Lambert');
  expect(over, 'the train was still passing').toBe(false);
  const id = alertId((await passing).passId, 12, '2La', 'defect');
  await alertRow(system, id).getByTestId('ack-button').click();
  await expect
    .poll(() => acknowledgedBy(line, id))
    .toEqual([{ state: 'active-acknowledged', acknowledged_by: 'Sophie Lambert' }]);
  await expect(tiles(system)).toHaveCount(14);
  const strip = (await system.evaluate('window.strip')) as number[];
  expect(strip.filter((count, index) => count < (strip[index - 1] ?? 0))).toEqual([]);
  expect(await system.evaluate('window.sameWindow')).toBe(true);
  await expect
    .poll(() =>
      line.rows(`select actor, before, after from vicore.audit_log where action = 'session.takeover'`),
    )
    .toEqual([
      {
        actor: 'Sophie Lambert',
        before: expect.objectContaining({ name: 'Alan Martin' }),
        after: expect.objectContaining({ name: 'Sophie Lambert' }),
      },
    ]);
});

test('nobody signed in: trains, alerts and notifications as ever, and acts offer a sign-in', async ({
  line,
  desktop,
}) => {
  const { window, browser } = await line.start({ person: 'nobody' });
  const system = await window('system');
  await connected(system);
  await expect(system.getByTestId('session-state')).toHaveAttribute('data-state', 'signed-out');
  const id = await seesTrain(line, system, '7901');
  const told = await desktop.waitForNotification(({ summary }) => summary.includes('7901'));
  expect(told.body).toContain('broken');
  await saveScreenshot(system, 'signed-out');

  expect(await acknowledge(system, id)).toEqual(refused);
  const button = alertRow(system, id).getByTestId('ack-button');
  await expect(button).toHaveAttribute('aria-disabled', 'true');
  await expect(button).toHaveAttribute('title', /sign in/i);
  await browser.choose('alan');
  await system.getByTestId('sign-in').click();
  await expect(system.getByTestId('session-state')).toHaveAttribute('data-state', 'signed-in');
  await button.click();
  await expect(alertRow(system, id)).toHaveAttribute('data-state', 'active-acknowledged');
  await expect
    .poll(() => line.rows(`select actor, entity_id from vicore.audit_log where action = 'call.refused'`))
    .toMatchObject([{ entity_id: 'alerts.acknowledge' }]);
});

test('locked: the view goes on, only a new sign-in unlocks', async ({ line }) => {
  const { window, browser } = await line.start();
  const system = await window('system');
  await connected(system);
  const asked = () =>
    line.provider.requests.filter(
      ({ method, path }) => method === 'POST' && path.startsWith('/interaction/'),
    );
  expect(asked()).toHaveLength(1);
  await browser.choose('nobody');
  await (await openSessionMenu(system)).getByTestId('lock').click();
  await expect(system.getByTestId('session-state')).toHaveAttribute('data-state', 'locked');
  expect(await sessionOf(system)).toMatchObject({ state: 'locked', name: 'Alan Martin', role: 'viewer' });
  const id = await seesTrain(line, system, '8001');
  expect(await acknowledge(system, id)).toEqual(refused);
  await saveScreenshot(system, 'session-locked');

  await browser.choose('alan');
  await signIn(system, 'alan');
  expect(asked()).toHaveLength(2);
  expect(await acknowledge(system, id)).toMatchObject({ ok: true });

  await browser.choose('nobody');
  await (await openSessionMenu(system)).getByTestId('sign-out').click();
  await expect(system.getByTestId('session-state')).toHaveAttribute('data-state', 'signed-out');
  // Signed out here is signed out there: the refresh token is worth nothing any more.
  await expect
    .poll(() => line.provider.requests.filter(({ path }) => path === '/token/revocation'))
    .toMatchObject([{ status: 200 }]);
  await expect
    .poll(async () => (await actions(line)).filter((action) => action.startsWith('session.')))
    .toEqual(['session.sign-in', 'session.lock', 'session.sign-in', 'session.unlock', 'session.sign-out']);
});
