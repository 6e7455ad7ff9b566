import { adminPages } from '../../contract/results.ts';
import { alertId } from '../../main/alerts/identity.ts';
import { violations } from './fixtures/accessibility.ts';
import { train } from './fixtures/alerts.ts';
import { callFrom } from './fixtures/application.ts';
import { connected, expect, saveScreenshot, test } from './fixtures/main-line.ts';
import { openSessionMenu } from './fixtures/session.ts';

const themes = ['dark', 'light'] as const;
const languages = ['en', 'fr'] as const;
const guidance = {
  rule: 'defect',
  severity: 'critical',
  textEn:
    'Look at the picture. Call the rolling-stock controller on 4410.\nThe train does not leave before an inspection.',
  textFr: 'Regardez l’image. Appelez le régulateur matériel au 4410.\nLe train ne part pas avant une visite.',
  checklist: [
    { en: 'Picture looked at', fr: 'Image regardée' },
    { en: 'Controller told', fr: 'Régulateur prévenu' },
  ],
  revision: 0,
};

test('every page of the panel, in both languages and themes; nothing serious for axe', async ({ line }) => {
  test.slow();
  // Something to see on each page: two workstations, three people, passes, a rejected message, and alerts of which
  // some were acknowledged, one of them false; guidance that an admin wrote.
  const elsewhere = await line.start({ name: 'RCC-02', person: 'sophie' });
  const supervisor = await elsewhere.window('system');
  await connected(supervisor);
  const { app, window, browser } = await line.start({ name: 'RCC-01', person: 'alan' });
  const system = await window('system');
  await connected(system);
  await line.simulator.runPass({ trainNumber: '8101', vehicles: 6, tidy: true });
  const { passId } = await train(line, '8102', [
    { name: 'broken', vehicle: 2, position: '1La', millimetres: 222 },
    { name: 'displaced', vehicle: 3, position: '2Ra', millimetres: 222 },
    { name: 'low-height', vehicle: 4, position: '3Lb', millimetres: 190 },
    { name: 'missing', vehicle: 5, position: '4Rb', millimetres: 222 },
  ]);
  expect(line.simulator.inject({ name: 'wrong-type', stream: 't1' }).ok).toBe(true);
  await expect(system.getByTestId('pass-row')).toHaveCount(2);
  for (const id of [alertId(passId, 2, '1La', 'defect'), alertId(passId, 3, '2Ra', 'defect')]) {
    await expect.poll(() => line.rows('select 1 from vicore.alert where id = $1', [id])).toHaveLength(1);
    expect(await callFrom(system, 'alerts.acknowledge', { alertId: id })).toMatchObject({ ok: true });
  }
  const wrong = { alertId: alertId(passId, 3, '2Ra', 'defect'), verdict: 'false', comment: 'A shadow' };
  expect(await callFrom(supervisor, 'alerts.verdict', wrong)).toMatchObject({ ok: true });
  await browser.choose('dora');
  await (await openSessionMenu(system)).getByTestId('change-operator').click();
  await expect(system.getByTestId('session-state')).toContainText('Dora Okafor');
  await (await openSessionMenu(system)).getByTestId('open-admin').click();
  const panel = await window('admin');
  await expect(panel.getByTestId('admin-view')).toBeVisible();
  await (
    await app.browserWindow(panel)
  ).evaluate((shown: Electron.BrowserWindow) => shown.setSize(1440, 900));

  expect(await callFrom(panel, 'admin.saveGuidance', guidance)).toMatchObject({ ok: true });

  const problems: string[] = [];
  for (const name of adminPages) {
    await test.step(name, async () => {
      await panel.getByTestId(`navigate-${name}`).click();
      const page = panel.getByTestId(`page-${name}`);
      await expect(page).toBeVisible();
      await expect(page.locator('[data-phase="loading"]')).toHaveCount(0);
      // The first row of a list unfolds its detail.
      const row = page.locator('[role="row"][data-id]').first();
      if (name !== 'thresholds' && name !== 'settings' && name !== 'statistics') await row.click();
      if (name === 'statistics') {
        await expect(page.getByTestId('figures')).toBeVisible();
        await expect(page.getByTestId('figure-raised')).toContainText('4');
      }
      for (const theme of themes) {
        for (const language of languages) {
          await callFrom(panel, 'preferences.set', { theme, language });
          await expect(panel.locator('html')).toHaveAttribute('lang', language);
          await expect(panel.locator('html')).toHaveAttribute('data-theme', theme);
          await saveScreenshot(panel, `panel-${name}-${theme}-${language}`);
          if (name === 'statistics') {
            const [first, second] = [page.locator('section').first(), page.locator('section').nth(1)];
            await second.evaluate((section: { scrollIntoView(): void }) => section.scrollIntoView());
            await saveScreenshot(panel, `panel-${name}-below-${theme}-${language}`);
            // Whatever is brought into sight, the banner stays where it is.
            expect((await panel.getByRole('banner').boundingBox())?.y).toBeGreaterThanOrEqual(0);
            await first.evaluate((section: { scrollIntoView(): void }) => section.scrollIntoView());
          }
          problems.push(
            ...(await violations(panel)).map((problem) => `${name} ${theme} ${language} ${problem}`),
          );
        }
      }
    });
  }
  expect(problems).toEqual([]);
});

test('who is no admin sees what their role reaches, and nothing is asked for them', async ({ line }) => {
  const { window, browser } = await line.start({ person: 'alan' });
  const system = await window('system');
  await connected(system);
  await expect((await openSessionMenu(system)).getByTestId('open-admin')).toHaveCount(0);
  expect(await callFrom(system, 'windows.openAdmin', {})).toMatchObject({
    ok: false,
    error: { code: 'forbidden' },
  });
  await system.keyboard.press('Escape');

  await browser.choose('sophie');
  await (await openSessionMenu(system)).getByTestId('change-operator').click();
  await expect(system.getByTestId('session-state')).toContainText('Sophie Lambert');
  await (await openSessionMenu(system)).getByTestId('open-admin').click();
  const panel = await window('admin');
  await expect(panel.getByTestId('page-statistics')).toBeVisible();
  await panel.getByTestId('navigate-audit').click();
  await expect(panel.getByTestId('page-audit')).toBeVisible();
  for (const name of adminPages.filter((page) => page !== 'statistics' && page !== 'audit')) {
    await expect(panel.getByTestId(`navigate-${name}`)).toHaveCount(0);
  }
  for (const method of ['admin.listUsers', 'admin.listGuidance'] as const) {
    expect(await callFrom(panel, method, { limit: 10 })).toMatchObject({
      ok: false,
      error: { code: 'forbidden' },
    });
  }

  await test.step('signed out, the page keeps its place and shows nothing that needs rights', async () => {
    await callFrom(panel, 'session.logout', {});
    await expect(panel.getByTestId('missing-rights')).toBeVisible();
    await expect(panel.getByTestId('page-audit')).toBeHidden();
    expect(await callFrom(panel, 'audit.list', { limit: 10 })).toMatchObject({ ok: false });
  });
});
