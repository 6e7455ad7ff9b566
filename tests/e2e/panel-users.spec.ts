import { randomUUID } from 'node:crypto';
import { acknowledge, refused, seesTrain } from './fixtures/acts.ts';
import { tabTo } from './fixtures/accessibility.ts';
import { callFrom } from './fixtures/application.ts';
import { connected, expect, test } from './fixtures/main-line.ts';
import { sessionOf } from './fixtures/session.ts';

test('by the keyboard alone: from the live view to a person who loses their rights, at their workstation too', async ({
  line,
}) => {
  const there = await line.start({ name: 'RCC-02', person: 'alan' });
  const here = await line.start({ name: 'RCC-01', person: 'dora' });
  const other = await there.window('system');
  const system = await here.window('system');
  await connected(other);
  await connected(system);
  const id = await seesTrain(line, other, '8201');
  await expect
    .poll(() => line.rows('select subject from vicore.app_user order by subject'))
    .toEqual([{ subject: 'alan' }, { subject: 'dora' }]);

  await tabTo(system, 'session-button');
  await system.keyboard.press('Enter');
  await expect(system.getByTestId('session-menu')).toBeVisible();
  const chosen = () => system.evaluate('document.activeElement.dataset.testid');
  await expect.poll(chosen).toBe('change-operator');
  for (let items = 0; items < 5 && (await chosen()) !== 'open-admin'; items += 1) {
    await system.keyboard.press('ArrowRight');
  }
  expect(await chosen()).toBe('open-admin');
  await system.keyboard.press('Enter');

  const panel = await here.window('admin');
  await expect(panel.getByTestId('users-row')).toHaveCount(2);
  await tabTo(panel, 'users');
  const alan = panel.getByTestId('users-row').filter({ hasText: 'Alan Martin' });
  await panel.keyboard.press('Home');
  for (let rows = 0; rows < 3 && (await alan.getAttribute('aria-selected')) !== 'true'; rows += 1) {
    await panel.keyboard.press('ArrowDown');
  }
  await expect(alan).toHaveAttribute('aria-selected', 'true');
  await panel.keyboard.press('Enter');
  await tabTo(panel, 'user-deactivate');
  await panel.keyboard.press('Enter');
  await expect(panel.getByTestId('user-act-confirm')).toBeDisabled();
  await panel.keyboard.type('Left the company');
  await expect(panel.getByTestId('user-act-confirm')).toBeEnabled();
  await panel.keyboard.press('Control+Enter');
  await expect(alan.getByTestId('user-state')).toHaveAttribute('data-state', 'inactive');

  expect(await acknowledge(other, id)).toEqual(refused);
  await expect.poll(async () => (await sessionOf(other)).state).toBe('deactivated');
  expect(
    await line.rows(
      `select actor, role, after ->> 'reason' as reason, before -> 'active' as before, after -> 'active' as after
         from vicore.audit_log where action = 'user.deactivate'`,
    ),
  ).toEqual([
    { actor: 'Dora Okafor', role: 'admin', reason: 'Left the company', before: true, after: false },
  ]);
});

test('two admins on one person: the second is told what changed, and nothing is overwritten', async ({
  line,
}) => {
  const there = await line.start({ name: 'RCC-02', person: 'alan' });
  await connected(await there.window('system'));
  const { window } = await line.start({ name: 'RCC-01', person: 'dora' });
  const system = await window('system');
  await connected(system);
  const alan = async () => {
    const rows = await line.rows<{ id: string; revision: number; role: string; active: boolean }>(
      `select id, revision, role, active from vicore.app_user where subject = 'alan'`,
    );
    return rows[0];
  };
  await expect.poll(alan).toBeDefined();
  await callFrom(system, 'windows.openAdmin', { page: 'users' });
  const panel = await window('admin');
  await panel.getByTestId('users-row').filter({ hasText: 'Alan Martin' }).click();
  await panel.getByTestId('user-override-role').click();
  await panel.getByTestId('user-role').selectOption('supervisor');
  await panel.getByTestId('reason').fill('Leads the night shift');

  // A second admin, at a third workstation, is faster.
  const person = { subject: 'paul', name: 'Paul Moreau', claimedRole: 'admin' };
  await line.rows('select vicore.record_person($1::json, $2, $3)', [
    JSON.stringify(person),
    'RCC-03',
    randomUUID(),
  ]);
  const before = await alan();
  expect(
    await line.rows('select (vicore.change_user($1, $2, $3::json, $4::json)).outcome', [
      before?.id,
      before?.revision,
      JSON.stringify({ kind: 'override-role', role: 'viewer', reason: 'In training' }),
      JSON.stringify({ subject: 'paul', workstation: 'RCC-03', at: Date.now(), correlationId: randomUUID() }),
    ]),
  ).toEqual([{ outcome: 'done' }]);

  await panel.getByTestId('user-act-confirm').click();
  await expect(panel.getByTestId('conflict')).toBeVisible();
  await expect(panel.getByTestId('conflict').getByTestId('difference')).toContainText('In training');
  expect((await alan())?.role).toBe('viewer');
  await panel.getByTestId('conflict-apply').click();
  await expect.poll(async () => (await alan())?.role).toBe('supervisor');
  await expect(panel.getByTestId('conflict')).toHaveCount(0);
  expect(
    await line.rows(
      `select actor, after ->> 'role' as role from vicore.audit_log where action = 'user.override-role' order by id`,
    ),
  ).toEqual([
    { actor: 'Paul Moreau', role: 'viewer' },
    { actor: 'Dora Okafor', role: 'supervisor' },
  ]);
});
