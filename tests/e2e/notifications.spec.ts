import type { ElectronApplication } from '@playwright/test';
import { alertId } from '../../main/alerts/identity.ts';
import type { Desktop } from '../../tools/desktop/index.ts';
import { acknowledge } from './fixtures/acts.ts';
import { callFrom } from './fixtures/application.ts';
import { connected, expect, shownCar, test } from './fixtures/main-line.ts';
import type { Line } from './fixtures/main-line.ts';

const shownFor = async (desktop: Desktop, trainNumber: string) =>
  (await desktop.displayedNotifications()).filter(
    ({ summary, body }) => summary.includes(trainNumber) || body.includes(trainNumber),
  );

const broken = (vehicle: number, position: string) =>
  ({ name: 'broken', vehicle, position, millimetres: 222 }) as const;

async function run(line: Line, trainNumber: string, places: readonly (readonly [number, string])[]) {
  const { passId } = await line.simulator.runPass({
    trainNumber,
    tidy: true,
    vehicles: 12,
    faults: places.map(([vehicle, position]) => broken(vehicle, position)),
  });
  return places.map(([vehicle, position]) => alertId(passId, vehicle, position, 'defect'));
}

/** Keeps what the program asks the task bar to show: the desktop of the tests has none that could be looked at. */
const watchBadge = (app: ElectronApplication): Promise<void> =>
  app.evaluate(({ app: program }) => {
    Object.assign(globalThis, { badge: 0 });
    Object.assign(program, {
      setBadgeCount: (count: number) => {
        Object.assign(globalThis, { badge: count });
        return true;
      },
    });
  });

const badge = (app: ElectronApplication): Promise<unknown> =>
  app.evaluate(() => Reflect.get(globalThis, 'badge') as unknown);

test('a notification goes when somebody else, on another workstation, has its alert', async ({
  line,
  desktop,
}) => {
  const here = await line.start({ name: 'RCC-01', person: 'nobody' });
  const there = await line.start({ name: 'RCC-02', person: 'alan' });
  await connected(await here.window('system'));
  const other = await there.window('system');
  await connected(other);
  const [first, second] = await run(line, '6701', [
    [2, '2La'],
    [3, '1Rb'],
  ]);
  // Two alerts on two workstations, each with a notification of its own.
  await expect.poll(async () => (await shownFor(desktop, '6701')).length).toBe(4);
  expect(await acknowledge(other, first ?? '')).toMatchObject({ ok: true });
  await expect.poll(async () => (await shownFor(desktop, '6701')).length).toBe(2);
  expect((await shownFor(desktop, '6701')).every(({ body }) => body.includes('1Rb'))).toBe(true);
  expect(await acknowledge(other, second ?? '')).toMatchObject({ ok: true });
  await expect.poll(async () => (await shownFor(desktop, '6701')).length).toBe(0);
});

test('a burst is a few notifications, more than ten alerts are a flood that is spoken of', async ({
  line,
  desktop,
}) => {
  const { app, window } = await line.start({ person: 'nobody' });
  const system = await window('system');
  await connected(system);
  await watchBadge(app);
  const places = [1, 2, 3, 4].flatMap((vehicle) =>
    ['1La', '1Rb', '2La', '2Rb'].map((position) => [vehicle, position] as const),
  );
  const ids = await run(line, '6702', places);
  // The desktop still has what other tests said.
  const flood = await desktop.waitForNotification(
    ({ summary, body }) => summary.includes('Alarm flood') && body.includes('6702'),
  );
  expect(flood.summary).toBe(`▲ Alarm flood: ${ids.length} alerts in 10 minutes`);
  expect(flood.urgency).toBe('CRITICAL');
  const all = (await desktop.notifications()).filter(
    ({ summary, body }) => summary.includes('6702') || body.includes('6702'),
  );
  expect(all.length).toBeLessThanOrEqual(4);
  await expect(system.getByTestId('count-critical')).toContainText(String(ids.length));
  await expect.poll(() => badge(app)).toBe(ids.length);
});

test('warnings are notified by preference', async ({ line, desktop }) => {
  const { window } = await line.start({ person: 'nobody' });
  const system = await window('system');
  await connected(system);
  const warn = (trainNumber: string) =>
    line.simulator.runPass({
      trainNumber,
      tidy: true,
      vehicles: 4,
      faults: [{ name: 'displaced', vehicle: 2, position: '2La' }],
    });
  await warn('6703');
  await expect(system.getByTestId('alert-row').filter({ hasText: '6703' })).toHaveCount(1);
  await callFrom(system, 'preferences.set', { notifyWarnings: true });
  await warn('6704');
  const told = await desktop.waitForNotification(({ summary }) => summary.includes('6704'));
  expect(told.urgency).toBe('NORMAL');
  expect((await desktop.notifications()).filter(({ summary }) => summary.includes('6703'))).toEqual([]);
});

test('a link to an alert opens the car view at its spring, also in a program that was not running', async ({
  line,
}) => {
  const first = await line.start({ person: 'nobody' });
  await connected(await first.window('system'));
  const [id] = await run(line, '6705', [[3, '1Rb']]);
  const system = await first.window('system');
  await expect(system.getByTestId('alert-row').filter({ hasText: '6705' })).toHaveCount(1);
  await first.app.close();

  const again = await line.start({
    person: 'nobody',
    dataDirectory: first.dataDirectory,
    extraArgs: [`vicore://alert/${id}`],
  });
  const car = await shownCar(again.app);
  await expect(car.getByTestId('car-title')).toHaveAttribute('data-index', '3');
  await expect(car.getByTestId('spring-1Rb')).toHaveAttribute('aria-pressed', 'true');
});
