import type { ElectronApplication } from '@playwright/test';
import { alertId } from '../../main/alerts/identity.ts';
import { acknowledge, acknowledgedBy } from './fixtures/acts.ts';
import { callFrom } from './fixtures/application.ts';
import { alertRow, connected, expect, test } from './fixtures/main-line.ts';
import type { Line, Started } from './fixtures/main-line.ts';
import { signIn } from './fixtures/session.ts';
import { playedSounds, soundPage, soundState } from './fixtures/sound.ts';
import type { PlayedSound } from './fixtures/sound.ts';

/** What was played is in the log at that level. */
const before = process.env['VICORE_LOG_LEVEL'];
test.beforeAll(() => {
  process.env['VICORE_LOG_LEVEL'] = 'debug';
});
test.afterAll(() => {
  if (before === undefined) delete process.env['VICORE_LOG_LEVEL'];
  else process.env['VICORE_LOG_LEVEL'] = before;
});

/** Minimises everything; where the desktop has no place for minimised windows they are hidden. */
const minimise = (app: ElectronApplication): Promise<void> =>
  app.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) {
      if (!window.isVisible()) continue;
      window.minimize();
      if (!window.isMinimized()) window.hide();
    }
  });

const visibleWindows = (app: ElectronApplication): Promise<number> =>
  app.evaluate(
    ({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().filter((window) => window.isVisible() && !window.isMinimized()).length,
  );

/** ms between one sound and the next. */
const gaps = (sounds: readonly PlayedSound[]): number[] =>
  sounds.slice(1).map(({ at }, index) => at - (sounds[index]?.at ?? at));

/** Sounds of alerts; a link that comes and goes while the test starts is none of its business. */
const calls = ({ dataDirectory }: Started): PlayedSound[] =>
  playedSounds(dataDirectory).filter(({ sound }) => !sound.startsWith('link-'));

const count = (started: Started, sound?: string): number =>
  calls(started).filter((played) => sound === undefined || played.sound === sound).length;

async function shortSoundAgain({ rows }: Line, seconds: number): Promise<void> {
  await rows(
    `insert into vicore.setting (key, value, updated_by, updated_at, reason)
     values ('alerts.soundAgainSeconds', $1, 'test', now(), 'test')`,
    [seconds],
  );
}

async function raise(line: Line, trainNumber: string): Promise<string> {
  const { passId } = await line.simulator.runPass({
    trainNumber,
    tidy: true,
    vehicles: 4,
    faults: [{ name: 'broken', vehicle: 2, position: '2La', millimetres: 222 }],
  });
  return alertId(passId, 2, '2La', 'defect');
}

test('a critical alert rings until somebody acts, escalates, and stops everywhere when it is taken', async ({
  line,
  desktop,
}) => {
  test.setTimeout(240_000);
  await shortSoundAgain(line, 30);
  const here = await line.start({ name: 'RCC-01', person: 'nobody' });
  const there = await line.start({ name: 'RCC-02', person: 'sophie' });
  const system = await here.window('system');
  const other = await there.window('system');
  await connected(system);
  await connected(other);
  for (const { app } of [here, there]) await soundPage(app);
  for (const page of [system, other]) {
    await expect.poll(async () => (await soundState(page)).device, { timeout: 20_000 }).not.toBe('starting');
  }
  await minimise(here.app);
  await minimise(there.app);
  expect(await visibleWindows(here.app)).toBe(0);

  // It rings and notifies where nobody is signed in and no window is seen, at once.
  const raisedAt = Date.now();
  const id = await raise(line, '6412');
  await expect.poll(() => count(here)).toBe(1);
  expect((calls(here)[0]?.at ?? 0) - raisedAt).toBeLessThan(2_000);
  expect(calls(here)[0]).toMatchObject({ sound: 'critical' });
  const ours = (summary: string) => summary.includes('6412');
  await desktop.waitForNotification(({ summary, urgency }) => ours(summary) && urgency === 'CRITICAL');
  expect(await visibleWindows(here.app)).toBe(0);

  // Every 10 s, also while the windows that people see are loaded anew.
  await system.reload();
  await expect.poll(() => count(here), { timeout: 25_000 }).toBe(3);
  for (const gap of gaps(calls(here))) {
    expect(gap).toBeGreaterThan(9_500);
    expect(gap).toBeLessThan(11_000);
  }

  // Somebody signs in and silences this workstation: the other one rings on, and this one again after 30 s.
  await here.browser.choose('alan');
  await signIn(system, 'alan');
  const silencedAt = Date.now();
  expect(await callFrom(system, 'alerts.silence', {})).toMatchObject({
    ok: true,
    value: { sounding: 'critical' },
  });
  const heard = count(here);
  const heardThere = count(there);
  await expect.poll(() => count(there), { timeout: 25_000 }).toBeGreaterThan(heardThere + 1);
  expect(count(here)).toBe(heard);
  await expect.poll(() => count(here), { timeout: 30_000 }).toBe(heard + 1);
  expect((calls(here).at(-1)?.at ?? 0) - silencedAt).toBeGreaterThan(29_500);
  expect((calls(here).at(-1)?.at ?? 0) - silencedAt).toBeLessThan(32_000);

  // After 60 s the supervisor's workstation has a sound of its own, and the alert says so.
  await expect.poll(() => count(there, 'escalation'), { timeout: 30_000 }).toBe(1);
  const escalated = calls(there).find(({ sound }) => sound === 'escalation');
  expect((escalated?.at ?? 0) - raisedAt).toBeGreaterThan(59_000);
  expect((escalated?.at ?? 0) - raisedAt).toBeLessThan(70_000);
  expect(count(here, 'escalation')).toBe(0);
  expect(await callFrom(other, 'alerts.get', { alertId: id })).toMatchObject({
    ok: true,
    value: { alert: { escalatedAt: expect.any(Number) } },
  });

  // Taken here: quiet on both, and the notifications of both are gone.
  expect(await acknowledge(system, id)).toMatchObject({ ok: true });
  for (const page of [system, other]) {
    await expect.poll(async () => (await soundState(page)).sounding).toBeUndefined();
  }
  await expect
    .poll(async () => (await desktop.displayedNotifications()).filter(({ summary }) => ours(summary)))
    .toEqual([]);
  const ended = [count(here), count(there)];
  // Longer than any of them waited for the next.
  await expect
    .poll(() => Date.now() - (calls(there).at(-1)?.at ?? 0), { timeout: 20_000 })
    .toBeGreaterThan(12_000);
  expect([count(here), count(there)]).toEqual(ended);
  expect(await acknowledgedBy(line, id)).toMatchObject([{ acknowledged_by: 'Alan Martin' }]);

  // What was done about the sound is in the audit log.
  await expect
    .poll(() =>
      line.rows(`select actor, workstation, entity_id from vicore.audit_log where action = 'alert.silence'`),
    )
    .toEqual([{ actor: 'Alan Martin', workstation: 'RCC-01', entity_id: id }]);
});

test('the next alert breaks a silence; a mute is seen by all windows and ends when somebody says so', async ({
  line,
}) => {
  const started = await line.start({ person: 'alan' });
  const system = await started.window('system');
  await connected(system);
  await expect.poll(async () => (await soundState(system)).device, { timeout: 20_000 }).not.toBe('starting');
  const first = await raise(line, '6500');
  await expect(alertRow(system, first)).toHaveCount(1);
  await expect.poll(() => count(started)).toBe(1);
  await callFrom(system, 'alerts.silence', {});
  await raise(line, '6501');
  await expect.poll(() => count(started), { timeout: 3_000 }).toBe(2);

  expect(await callFrom(system, 'sound.mute', { minutes: 1 })).toMatchObject({
    ok: true,
    value: { mutedBy: 'Alan Martin', mutedUntil: expect.any(Number) },
  });
  expect(await callFrom(system, 'sound.mute', { minutes: 60 })).toMatchObject({ ok: false });
  expect(await callFrom(system, 'sound.setVolume', { volume: 0 })).toMatchObject({ ok: false });
  expect(await callFrom(system, 'sound.setVolume', { volume: 0.4 })).toMatchObject({
    value: { volume: 0.4 },
  });
  const muted = count(started);
  expect(await callFrom(system, 'sound.unmute', {})).toMatchObject({ ok: true });
  await expect.poll(() => count(started), { timeout: 3_000 }).toBe(muted + 1);
  await expect
    .poll(() => line.rows(`select action from vicore.audit_log where action like 'sound.%' order by id`))
    .toEqual([{ action: 'sound.mute' }, { action: 'sound.unmute' }]);
});

test('without a notification daemon the program says so, and rings all the same', async ({ line }) => {
  const started = await line.start({
    person: 'nobody',
    // A bus that is not there: nothing can be handed to a desktop (fault 57).
    env: { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' },
  });
  const system = await started.window('system');
  await connected(system);
  const id = await raise(line, '6801');
  await expect(alertRow(system, id)).toBeVisible();
  await expect(system.getByTestId('conditions')).toContainText('Desktop notifications do not work here', {
    timeout: 15_000,
  });
  await expect.poll(() => count(started, 'critical')).toBeGreaterThan(0);
});
