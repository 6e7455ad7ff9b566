import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Desktop } from '../../tools/desktop/index.ts';
import { startDesktop } from '../../tools/desktop/index.ts';

/** The virtual desktop that the end-to-end tests rest on. */

const run = promisify(execFile);
let desktop: Desktop;
let directory = '';

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vicore-desktop-test-'));
  desktop = await startDesktop({ monitors: 3 });
});

afterAll(async () => {
  await desktop.stop();
  await rm(directory, { recursive: true, force: true });
});

const environment = (): NodeJS.ProcessEnv => ({ ...process.env, ...desktop.env });

async function activeMonitors(): Promise<number> {
  const { stdout } = await run('xrandr', ['--listactivemonitors'], { env: environment() });
  return Number(/Monitors: (\d+)/.exec(stdout)?.[1]);
}

async function notify(summary: string, body: string): Promise<void> {
  const name = 'org.freedesktop.Notifications';
  const action = ['2', 'default', 'Open'];
  const message = ['a program', '0', '', summary, body, ...action, '0', '1000'];
  const call = [name, '/org/freedesktop/Notifications', name, 'Notify', 'susssasa{sv}i', ...message];
  await run('busctl', ['--user', 'call', ...call], { env: environment() });
}

test('it has the monitors that were asked for, which can be unplugged and plugged', async () => {
  expect(desktop.monitors).toBe(3);
  expect(await activeMonitors()).toBe(3);
  await desktop.unplug(2);
  expect(await activeMonitors()).toBe(2);
  await desktop.plug(2);
  expect(await activeMonitors()).toBe(3);
});

test('a picture shows all monitors side by side', async () => {
  const file = join(directory, 'all.png');
  await desktop.screenshot(file);
  const { width, height } = PNG.sync.read(await readFile(file));
  expect({ width, height }).toEqual({ width: 5760, height: 1080 });
});

test('the notification daemon tells what arrived, and a click takes a notification off the screen', async () => {
  await notify('Ressort cassé', 'Wagon 12 · A2R «outer»\nsecond line');
  await notify('Another', 'Wagon 13');
  const first = await desktop.waitForNotification(({ summary }) => summary === 'Ressort cassé');
  expect(first).toMatchObject({
    application: 'a program',
    body: 'Wagon 12 · A2R «outer»\nsecond line',
    urgency: 'NORMAL',
  });
  expect(Math.abs(Date.now() - first.receivedAt)).toBeLessThan(60_000);
  const second = await desktop.waitForNotification(({ summary }) => summary === 'Another');
  expect((await desktop.displayedNotifications()).map(({ id }) => id)).toEqual([first.id, second.id]);
  await desktop.invokeNotification(second.id);
  expect(await desktop.displayedNotifications()).toEqual([]);
  expect((await desktop.notifications()).map(({ id }) => id)).toEqual([first.id, second.id]);
  await expect(desktop.invokeNotification(second.id)).rejects.toThrow('not on the screen');
});

test('a second desktop beside it is its own', async () => {
  const other = await startDesktop();
  expect(other.display).not.toBe(desktop.display);
  expect(await other.notifications()).toEqual([]);
  await other.stop();
});
