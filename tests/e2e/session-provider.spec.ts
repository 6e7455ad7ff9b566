import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { acknowledge, acknowledgedBy, actions, refused, seesTrain } from './fixtures/acts.ts';
import { callFrom } from './fixtures/application.ts';
import { connected, expect, saveScreenshot, test } from './fixtures/main-line.ts';
import type { Line } from './fixtures/main-line.ts';
import { sessionOf, signIn } from './fixtures/session.ts';

const refreshes = ({ provider }: Line): number =>
  provider.requests.filter(({ grantType, status }) => grantType === 'refresh_token' && status === 200).length;

test('access tokens are renewed during a shift, and nobody is asked', async ({ line }) => {
  line.provider.setAccessTokenSeconds(3);
  const { window, browser } = await line.start();
  const system = await window('system');
  await connected(system);
  const { since } = await sessionOf(system);
  await expect.poll(() => refreshes(line), { timeout: 20_000 }).toBeGreaterThanOrEqual(3);
  expect(await sessionOf(system)).toMatchObject({ state: 'signed-in', subject: 'alan', since });
  expect((await browser.said()).trim().split('\n')).toHaveLength(1);
  const id = await seesTrain(line, system, '7301');
  expect(await acknowledge(system, id)).toMatchObject({ ok: true });
  await expect
    .poll(() => acknowledgedBy(line, id))
    .toEqual([{ state: 'active-acknowledged', acknowledged_by: 'Alan Martin' }]);

  await test.step('a role that the provider takes away is gone with the next renewal', async () => {
    line.provider.setRoles('alan', ['vicore-viewer']);
    await expect.poll(async () => (await sessionOf(system)).role).toBe('viewer');
    const next = await seesTrain(line, system, '7302');
    expect(await acknowledge(system, next)).toEqual(refused);
  });
});

test('the provider goes away: a grace with an end that is shown, then read-only, then as before', async ({
  line,
}) => {
  // It waits for a grace to end.
  test.slow();
  line.provider.setAccessTokenSeconds(3);
  const { window, browser } = await line.start({ login: { offlineGraceHours: 25 / 3600 } });
  const system = await window('system');
  await connected(system);
  await line.provider.stop();

  await test.step('grace: acts are possible, by the same person', async () => {
    await expect.poll(async () => (await sessionOf(system)).state, { timeout: 15_000 }).toBe('grace');
    const { graceEndsAt, role } = await sessionOf(system);
    expect(role).toBe('operator');
    expect(graceEndsAt).toBeGreaterThan(Date.now());
    await expect(system.getByTestId('session-state')).toHaveAttribute('data-state', 'grace');
    await expect(system.getByTestId('session-grace')).toBeVisible();
    const id = await seesTrain(line, system, '7401');
    expect(await acknowledge(system, id)).toMatchObject({ ok: true });
    await expect
      .poll(() => acknowledgedBy(line, id))
      .toEqual([{ state: 'active-acknowledged', acknowledged_by: 'Alan Martin' }]);
    await saveScreenshot(system, 'session-grace');
  });

  await test.step('its end: everything is seen, nothing may be done', async () => {
    await expect.poll(async () => (await sessionOf(system)).state, { timeout: 40_000 }).toBe('grace-ended');
    const id = await seesTrain(line, system, '7402');
    expect(await acknowledge(system, id)).toEqual(refused);
  });

  await test.step('the provider answers again: as before, and nobody is asked', async () => {
    await line.provider.start();
    await expect
      .poll(() => sessionOf(system), { timeout: 30_000 })
      .toMatchObject({ state: 'signed-in', subject: 'alan', role: 'operator' });
    expect((await browser.said()).trim().split('\n')).toHaveLength(1);
  });
  await expect
    .poll(() => actions(line))
    .toEqual(expect.arrayContaining(['session.grace', 'session.grace-ended', 'call.refused']));
});

test('started without the provider, and without a key store: everything is seen, the sign-in says what is wrong', async ({
  line,
}) => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'vicore-e2e-'));
  const first = await line.start({ dataDirectory });
  const before = await first.window('system');
  await connected(before);
  // The test desktop has no key store: what is not sealed is not kept.
  expect(await sessionOf(before)).toMatchObject({ sessionOnly: true });
  const ended = once(first.app.process(), 'exit');
  await first.app.close();
  await ended;
  await line.provider.stop();

  const second = await line.start({ dataDirectory, person: 'nobody' });
  const system = await second.window('system');
  await connected(system);
  expect(await sessionOf(system)).toMatchObject({ state: 'signed-out', role: 'viewer', name: '' });
  const id = await seesTrain(line, system, '7501');
  expect(await acknowledge(system, id)).toEqual(refused);
  await second.browser.choose('alan');
  await callFrom(system, 'session.login', {});
  await expect
    .poll(async () => (await sessionOf(system)).problem?.kind, { timeout: 20_000 })
    .toBe('provider-unreachable');
  expect(await sessionOf(system)).toMatchObject({ state: 'signed-out', signingIn: false });
  await line.provider.start();
  await signIn(system, 'alan');
  expect(await acknowledge(system, id)).toMatchObject({ ok: true });
});

test('the provider revokes: the view goes on and a sign-in is asked for', async ({ line }) => {
  line.provider.setAccessTokenSeconds(3);
  const { window, browser } = await line.start();
  const system = await window('system');
  await connected(system);
  await browser.choose('nobody');
  line.provider.revokeAll('alan');
  await expect.poll(async () => (await sessionOf(system)).state, { timeout: 15_000 }).toBe('expired');
  await expect(system.getByTestId('session-state')).toHaveAttribute('data-state', 'expired');
  await expect(system.getByTestId('session-ended')).toBeVisible();
  const id = await seesTrain(line, system, '7601');
  expect(await acknowledge(system, id)).toEqual(refused);
  // Ingestion has nothing to do with people.
  await expect
    .poll(() => line.rows('select id, state from vicore.alert'))
    .toEqual([{ id, state: 'active-unacknowledged' }]);
  await saveScreenshot(system, 'session-expired');
  await browser.choose('alan');
  await system.getByTestId('sign-in').click();
  await expect(system.getByTestId('session-state')).toHaveAttribute('data-state', 'signed-in');
  expect(await acknowledge(system, id)).toMatchObject({ ok: true });
  await expect.poll(() => actions(line)).toContain('session.expired');
});
