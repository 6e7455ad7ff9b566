import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { alertId } from '../../main/alerts/identity.ts';
import { violations } from './fixtures/accessibility.ts';
import { at, brokenSpring, details, train } from './fixtures/alerts.ts';
import { callFrom, launchCommand } from './fixtures/application.ts';
import { alertRow, expect, saveScreenshot, shownCar, test } from './fixtures/main-line.ts';

const themes = ['dark', 'light'] as const;
const languages = ['en', 'fr'] as const;

test('list, banner and detail with everything an alert can carry, in both themes and languages', async ({
  line,
}) => {
  test.slow();
  const { page } = await at(line, 'RCC-01', 'sophie');
  const [rake] = line.simulator.fleet.rakes;
  const number = rake?.vehicles[1]?.number ?? '';
  for (const trainNumber of ['8961', '8962']) {
    await line.simulator.runPass({
      ...(rake && { rake }),
      direction: 'uk-fr',
      tidy: true,
      vehicles: 6,
      trainNumber,
      faults: [{ name: 'broken', number, position: '2Rb', millimetres: 222 }],
    });
    await expect(page.getByTestId('pass-row').filter({ hasText: trainNumber })).toBeVisible();
  }
  const { passId } = await train(line, '8963', [
    { name: 'low-height', vehicle: 2, position: '1La', millimetres: 171.8 },
    { name: 'displaced', vehicle: 3, position: '4Rb' },
    { name: 'asymmetry', vehicle: 4, position: '1Ra', millimetres: 14 },
    { name: 'broken', vehicle: 5, position: '2La', millimetres: 222 },
  ]);
  const low = alertId(passId, 2, '1La', 'height');
  const displaced = alertId(passId, 3, '4Rb', 'defect');
  const broken = alertId(passId, 5, '2La', 'defect');
  for (const id of [low, displaced, broken]) {
    await expect(alertRow(page, id)).toBeVisible();
    await expect.poll(() => line.rows('select 1 from vicore.alert where id = $1', [id])).toHaveLength(1);
  }
  const did = async (method: string, input: object): Promise<void> =>
    expect(await callFrom(page, method, input), method).toMatchObject({ ok: true });
  await did('alerts.shelve', { alertId: displaced, minutes: 120, reason: 'Depot inspects tonight' });
  await did('alerts.acknowledge', { alertId: broken, comment: 'Stopped at Folkestone' });
  await did('alerts.verdict', { alertId: broken, verdict: 'true', comment: 'Coil cracked' });
  await did('alerts.comment', {
    alertId: broken,
    comment: 'Spring is changed tonight, wagon stays in Coquelles',
  });

  const problems: string[] = [];
  for (const [name, id] of [
    ['waiting', low],
    ['owned', broken],
  ] as const) {
    const detail = await details(page, id);
    await expect(detail.getByTestId('alert-history')).toBeVisible();
    for (const theme of themes) {
      for (const language of languages) {
        await callFrom(page, 'preferences.set', { theme, language });
        await expect(page.locator('html')).toHaveAttribute('lang', language);
        await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
        const looks = `alerts-${name}-${theme}-${language}`;
        await saveScreenshot(page, looks);
        problems.push(...(await violations(page)).map((problem) => `${looks} ${problem}`));
      }
    }
    await callFrom(page, 'preferences.set', { theme: 'dark', language: 'en' });
    await page.getByTestId('alert-panel').locator('h2').press('Escape');
    await expect(page.getByTestId('alert-panel')).toHaveCount(0);
  }
  for (const theme of themes) {
    await callFrom(page, 'preferences.set', { theme });
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    await saveScreenshot(page, `alerts-list-${theme}`);
    await page
      .getByTestId('banner')
      .screenshot({ path: `tests/output/screenshots/alerts-banner-${theme}.png` });
    await page.getByTestId('count-shelved').click();
    await expect(alertRow(page, displaced).getByTestId('tag-shelved')).toBeVisible();
    await page.getByTestId('sound-button').click();
    await expect(page.getByTestId('sound-panel')).toBeVisible();
    await saveScreenshot(page, `alerts-shelved-sound-${theme}`);
    problems.push(...(await violations(page)).map((problem) => `shelved ${theme} ${problem}`));
    await page.getByTestId('sound-button').click();
    await page.getByTestId('alerts-scope-all').click();
  }
  expect(problems).toEqual([]);
});

test('a link to an alert opens the car view at its spring', async ({ line }) => {
  const { app, page, dataDirectory } = await at(line, 'RCC-01', 'alan');
  const id = await brokenSpring(line, '8971', page);
  const detail = await details(page, id);
  await detail.getByTestId('alert-link-open').click();
  await expect(detail.getByTestId('alert-link')).toHaveValue(`vicore://alert/${id}`);
  const { executablePath, args, env } = launchCommand(dataDirectory, { extraArgs: [`vicore://alert/${id}`] });
  const again = spawn(executablePath, args, { env, stdio: 'ignore' });
  expect((await once(again, 'exit'))[0]).toBe(0);
  const car = await shownCar(app);
  await expect(car.getByTestId('car-title')).toHaveAttribute('data-index', '2');
  await expect(car.getByTestId('spring-1La')).toHaveAttribute('aria-pressed', 'true');
  await expect(alertRow(car, id)).toHaveAttribute('data-state', 'active-unacknowledged');
});
