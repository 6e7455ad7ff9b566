import type { Page } from '@playwright/test';
import type { Result } from '../../contract/errors.ts';
import type { Alert } from '../../contract/domain.ts';
import type { Page as ListPage } from '../../contract/results.ts';
import { planFlood, runFlood } from '../shared/flood.ts';
import { callFrom } from './fixtures/application.ts';
import { connected, expect, saveScreenshot, shownCar, test } from './fixtures/main-line.ts';
import { keyTimes, traceTasks, tracedTasks, watchKeys } from './fixtures/responsiveness.ts';

const size = 5000;

/** Every open alert, as a window can ask for them. */
async function listed(page: Page): Promise<readonly Alert[]> {
  const alerts: Alert[] = [];
  let cursor: string | undefined;
  do {
    const answer = (await callFrom(page, 'alerts.list', { open: true, limit: 200, cursor })) as Result<
      ListPage<Alert>
    >;
    if (!answer.ok) throw new Error(answer.error.message);
    alerts.push(...answer.value.items);
    ({ cursor } = answer.value);
  } while (cursor !== undefined);
  return alerts;
}

/** The lines that are drawn, from the top, as far as the place of each tells. */
const severities = (page: Page): Promise<(string | null)[]> =>
  page
    .locator('.virtual-row > *')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-severity')));

test('5,000 alerts in a minute: counted exactly, grouped, the worst on top, and the list answers meanwhile', async ({
  line,
  desktop,
}) => {
  test.setTimeout(240_000);
  const { simulator } = line;
  const { app, window } = await line.start();
  const system = await window('system');
  await connected(system);
  const told = (await desktop.notifications()).length;
  const quiet = await simulator.runPass({ kind: 'passenger', tidy: true, trainNumber: '7000' });
  await expect(system.getByTestId('pass-row')).toHaveCount(1);
  await callFrom(system, 'windows.openCar', { passId: quiet.passId, vehicleIndex: 2 });
  const car = await shownCar(app);
  await expect(car.getByTestId('car-title')).toHaveAttribute('data-pass-id', quiet.passId);

  const flood = planFlood(simulator.fleet, size);
  await watchKeys(system);
  await traceTasks(app);
  let over = false;
  const passing = runFlood(simulator, flood).finally(() => {
    over = true;
  });

  await test.step('meanwhile the list scrolls and answers keys', async () => {
    await expect(system.getByTestId('condition-flood')).toContainText('Flood of alerts');
    const rows = system.locator('.alerts-rows');
    let turns = 0;
    while (!over) {
      await system.keyboard.press('F2');
      await expect(system.locator('[data-testid="alert-row"][data-selected="true"]')).toHaveCount(1);
      await rows.focus();
      for (const key of ['End', 'PageUp', 'ArrowUp', 'Home', 'ArrowDown']) await system.keyboard.press(key);
      expect(await system.locator('.virtual-row').count()).toBeLessThan(60);
      turns += 1;
    }
    expect(turns).toBeGreaterThan(3);
    await system.keyboard.press('Escape');
    // Focus in the list holds it still.
    await rows.evaluate((element: { blur(): void }) => element.blur());
  });
  const took = await passing;
  const tasks = await tracedTasks(app);
  expect(took, 'ms').toBeLessThan(60_000);

  await test.step('exact counts in the banner of both windows, in the list and in PostgreSQL', async () => {
    for (const page of [system, car]) {
      await expect(page.getByTestId('count-critical')).toContainText(String(flood.critical));
      await expect(page.getByTestId('count-warning')).toContainText(String(flood.warning));
      await expect(page.getByTestId('condition-flood')).toContainText('5,000');
    }
    await expect
      .poll(() =>
        line.rows('select severity, count(*)::int as count from vicore.alert group by 1 order by 1'),
      )
      .toEqual([
        { severity: 'critical', count: flood.critical },
        { severity: 'warning', count: flood.warning },
      ]);
    const alerts = await listed(system);
    expect(new Set(alerts.map(({ id }) => id)).size).toBe(size);
    expect(alerts).toHaveLength(size);
    const rows = system.locator('.alerts-rows');
    await rows.focus();
    await system.keyboard.press('Control+a');
    await expect(system.getByTestId('bulk-count')).toContainText(/5,?000/);
    await system.getByTestId('bulk-clear').click();
    await rows.evaluate((element: { blur(): void }) => element.blur());
  });

  await test.step('the worst on top', async () => {
    const rows = system.locator('.alerts-rows');
    await rows.evaluate((element: { scrollTop: number }) => {
      element.scrollTop = 0;
    });
    await expect.poll(() => severities(system)).toContain('critical');
    expect(new Set(await severities(system))).toEqual(new Set(['critical']));
    await saveScreenshot(system, 'flood');
    // All critical vehicles come before the first that has warnings only.
    await rows.evaluate((element: { scrollTop: number; scrollHeight: number }) => {
      element.scrollTop = element.scrollHeight;
    });
    await expect.poll(async () => new Set(await severities(system))).toEqual(new Set(['warning']));
  });

  await test.step('one notification a burst, which add up to every critical alert', async () => {
    const since = async () => (await desktop.notifications()).slice(told);
    await expect
      .poll(async () => (await since()).at(-1)?.summary, { timeout: 40_000 })
      .toContain('5,000 alerts in 10 minutes');
    const notified = await since();
    console.log(notified.map(({ summary, body }) => `${summary} | ${body}`).join('\n'));
    const named = notified.map(({ body }) => Number(/critical: (\d+)/.exec(body)?.[1] ?? 1));
    expect(named.reduce((sum, count) => sum + count, 0)).toBe(flood.critical);
    expect(notified.length).toBeLessThanOrEqual(8);
  });

  await test.step('how long the program itself took at once', async () => {
    const keys = await keyTimes(system);
    const measured = {
      'trains passed, s': took / 1000,
      tasks,
      'keys, ms': {
        median: keys[keys.length >> 1],
        '95th': keys[Math.floor(keys.length * 0.95)],
        most: keys.at(-1),
      },
    };
    console.log(`flood of ${size}: ${JSON.stringify(measured)}`);
    test.info().annotations.push({ type: 'flood', description: JSON.stringify(measured) });
    expect(Object.keys(tasks).length).toBeGreaterThanOrEqual(3);
    for (const [thread, { count, longestWork }] of Object.entries(tasks)) {
      expect(count, thread).toBeGreaterThan(0);
      expect(longestWork, thread).toBeGreaterThan(0);
      // Of a processor: the clock would count what database, simulator and this test take of the same two.
      expect(longestWork, `${thread}: ms of a processor in one task`).toBeLessThanOrEqual(50);
    }
  });
});
