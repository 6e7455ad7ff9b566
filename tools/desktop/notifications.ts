/**
 * A real notification daemon (dunst) on a D-Bus session of its own, and questions to it: what arrived, what
 * is still on the screen, and a click on one.
 */
import { existsSync } from 'node:fs';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Background } from './processes.ts';
import { output, startBackground, until } from './processes.ts';

export type DesktopNotification = {
  /** The daemon's number for it. */
  readonly id: number;
  readonly application: string;
  readonly summary: string;
  readonly body: string;
  /** LOW, NORMAL or CRITICAL, as the daemon says it. */
  readonly urgency: string;
  /** When the daemon showed it, milliseconds since 1970. */
  readonly receivedAt: number;
};

export type NotificationDaemon = {
  readonly busAddress: string;
  /** Everything that the daemon showed since its start, oldest first. */
  readonly all: () => Promise<readonly DesktopNotification[]>;
  /** What is on the screen now, in the order of the screen. */
  readonly displayed: () => Promise<readonly DesktopNotification[]>;
  /** Does what a click on it does: its default action. Those above it on the screen are dismissed first. */
  readonly click: (id: number) => Promise<void>;
  readonly stop: () => Promise<void>;
};

// Nothing expires, so that a test can click late; one order, that of arrival, so that a place is known.
const configuration = (recorder: string): string => `[global]
    monitor = 0
    follow = none
    width = (300, 500)
    height = 200
    origin = top-right
    offset = 20x60
    notification_limit = 0
    sort = false
    stack_duplicates = false
    idle_threshold = 0
    history_length = 10000
    sticky_history = true
    font = DejaVu Sans 11
    markup = no
    format = "%s\\n%b"
    icon_position = off
[recorder]
    summary = "*"
    script = ${recorder}
    set_stack_tag = ""
    timeout = 0
`;

// Fields end with 0x1F and records with 0x1E, which no text of a notification contains.
const recorderScript = (file: string): string => `#!/bin/sh
printf '%s\\037%s\\037%s\\037%s\\037%s\\037%s\\036' "$DUNST_ID" "$DUNST_APP_NAME" "$DUNST_SUMMARY" "$DUNST_BODY" \\
  "$DUNST_URGENCY" "$(date +%s%3N)" >> '${file}'
`;

function parse(text: string): DesktopNotification[] {
  return text
    .split('\u001e')
    .filter((record) => record !== '')
    .map((record) => {
      const [id, application, summary, body, urgency, at] = record.split('\u001f');
      return {
        id: Number(id),
        application: application ?? '',
        summary: summary ?? '',
        body: body ?? '',
        urgency: urgency ?? '',
        receivedAt: Number(at),
      };
    });
}

// Without service folders: the bus starts nothing by itself, so the daemon is the one started here.
const busConfiguration = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;

async function startBus(directory: string): Promise<{ bus: Background; address: string }> {
  const config = join(directory, 'bus.conf');
  await writeFile(config, busConfiguration);
  const args = [`--config-file=${config}`, '--nofork', '--nopidfile', '--print-address=1'];
  const bus = startBackground('dbus-daemon', args, process.env);
  const address = await until('the D-Bus session', 10_000, () => /unix:\S+/.exec(bus.said())?.[0]);
  return { bus, address };
}

/** Starts the bus and the daemon on the display; resolves when the daemon answers. */
export async function startNotifications(display: string, directory: string): Promise<NotificationDaemon> {
  const { bus, address } = await startBus(directory);
  const env = { ...process.env, DISPLAY: display, DBUS_SESSION_BUS_ADDRESS: address };
  const log = join(directory, 'notifications');
  const recorder = join(directory, 'recorder.sh');
  const config = join(directory, 'dunstrc');
  await writeFile(recorder, recorderScript(log));
  await chmod(recorder, 0o755);
  await writeFile(config, configuration(recorder));
  const daemon = startBackground('dunst', ['-config', config], env);

  const stop = async (): Promise<void> => {
    await daemon.stop();
    await bus.stop();
  };
  try {
    await until('the notification daemon', 10_000, async () => {
      if (daemon.child.exitCode !== null) throw new Error(`dunst ended:\n${daemon.said()}`);
      return output('dunstctl', ['count', 'displayed'], env).catch(() => undefined);
    });
  } catch (error) {
    await stop();
    throw error;
  }

  const all = async (): Promise<DesktopNotification[]> =>
    existsSync(log) ? parse(await readFile(log, 'utf8')) : [];
  const displayed = async (): Promise<DesktopNotification[]> => {
    const shown = new Map((await all()).map((notification) => [notification.id, notification]));
    const history = JSON.parse(await output('dunstctl', ['history'], env)) as {
      readonly data: readonly (readonly { readonly id: { readonly data: number } }[])[];
    };
    for (const entry of history.data[0] ?? []) shown.delete(entry.id.data);
    return [...shown.values()].toSorted((a, b) => a.id - b.id);
  };
  const dismiss = async (id: number): Promise<void> => {
    const name = 'org.freedesktop.Notifications';
    const target = ['--session', '--print-reply', `--dest=${name}`, '/org/freedesktop/Notifications'];
    await output('dbus-send', [...target, `${name}.CloseNotification`, `uint32:${id}`], env);
  };
  return {
    busAddress: address,
    all,
    displayed,
    async click(id) {
      const shown = await displayed();
      const place = shown.findIndex((notification) => notification.id === id);
      if (place < 0) throw new Error(`Notification ${id} is not on the screen`);
      // dunst 1.9 refuses every place but the first, so what is above it is dismissed before.
      for (const above of shown.slice(0, place)) await dismiss(above.id);
      await output('dunstctl', ['action', '0'], env);
      await dismiss(id);
    },
    stop,
  };
}
