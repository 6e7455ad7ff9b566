/**
 * A virtual desktop for tests and for machines without a display: X server with several monitors, D-Bus
 * session, notification daemon. Linux only.
 *
 *     const desktop = await startDesktop({ monitors: 3 });
 *     spawn(electron, args, { env: { ...process.env, ...desktop.env } });
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DesktopNotification } from './notifications.ts';
import { startNotifications } from './notifications.ts';
import { output, until } from './processes.ts';
import { plugMonitor, startXServer, unplugMonitor } from './x-server.ts';

export type { DesktopNotification } from './notifications.ts';

export type Desktop = {
  /** For example ":1". */
  readonly display: string;
  /** How many monitors it really has: 1 where Xorg cannot start. */
  readonly monitors: number;
  /** What a program needs in its environment to be on this desktop. */
  readonly env: Readonly<{ DISPLAY: string; DBUS_SESSION_BUS_ADDRESS: string }>;
  /** Everything that the notification daemon showed, oldest first. */
  readonly notifications: () => Promise<readonly DesktopNotification[]>;
  /** The notifications that are on the screen now. */
  readonly displayedNotifications: () => Promise<readonly DesktopNotification[]>;
  /** Waits for the first notification that matches; rejects after timeoutMs (default 10 s). */
  readonly waitForNotification: (
    matches: (notification: DesktopNotification) => boolean,
    timeoutMs?: number,
  ) => Promise<DesktopNotification>;
  /** Clicks a notification that is on the screen. */
  readonly invokeNotification: (id: number) => Promise<void>;
  /** A PNG of all monitors. */
  readonly screenshot: (file: string) => Promise<void>;
  /** Monitors are counted from 0; monitor 0 is the primary one. */
  readonly unplug: (monitor: number) => Promise<void>;
  readonly plug: (monitor: number) => Promise<void>;
  /** Ends everything that was started here. */
  readonly stop: () => Promise<void>;
};

/** Starts a desktop; resolves when its X server and its notification daemon answer. */
export async function startDesktop(options: { readonly monitors?: number } = {}): Promise<Desktop> {
  const directory = await mkdtemp(join(tmpdir(), 'vicore-desktop-'));
  const server = await startXServer(options.monitors ?? 1, directory);
  const display = server.display;
  try {
    const daemon = await startNotifications(display, directory);
    const env = { DISPLAY: display, DBUS_SESSION_BUS_ADDRESS: daemon.busAddress };
    return {
      display,
      monitors: server.monitors,
      env,
      notifications: daemon.all,
      displayedNotifications: daemon.displayed,
      waitForNotification: (matches, timeoutMs = 10_000) =>
        until('a notification', timeoutMs, async () => (await daemon.all()).find(matches)),
      invokeNotification: daemon.click,
      async screenshot(file) {
        await output('scrot', ['--overwrite', '--silent', file], { ...process.env, ...env });
      },
      plug: (monitor) => plugMonitor(display, monitor),
      unplug: (monitor) => unplugMonitor(display, monitor),
      async stop() {
        await daemon.stop();
        await server.stop();
        await rm(directory, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
