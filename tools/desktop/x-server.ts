/**
 * A virtual X server with several monitors that can be unplugged: Xorg with its dummy driver, or Xvfb (one
 * wide monitor) where Xorg cannot start, for instance without root.
 */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Background } from './processes.ts';
import { output, startBackground } from './processes.ts';

/** Every monitor has this size, in pixels. */
export const monitorSize = { width: 1920, height: 1080 };

const xorg = '/usr/lib/xorg/Xorg';
const startTimeoutMs = 15_000;

export type XServer = {
  /** As in the environment variable, for example ":1". */
  readonly display: string;
  /** How many monitors it really has; Xvfb has one. */
  readonly monitors: number;
  readonly stop: () => Promise<void>;
};

function configuration(monitors: number): string {
  return `Section "ServerFlags"
  Option "AutoAddDevices" "false"
  Option "AutoAddGPU" "false"
  Option "DontVTSwitch" "true"
  Option "BlankTime" "0"
  Option "StandbyTime" "0"
  Option "OffTime" "0"
EndSection
Section "Device"
  Identifier "device"
  Driver "dummy"
  VideoRam 256000
EndSection
Section "Monitor"
  Identifier "monitor"
  HorizSync 5-1000
  VertRefresh 5-200
EndSection
Section "Screen"
  Identifier "screen"
  Device "device"
  Monitor "monitor"
  DefaultDepth 24
  SubSection "Display"
    Depth 24
    Modes "${monitorSize.width}x${monitorSize.height}"
    Virtual ${monitors * monitorSize.width} ${monitorSize.height}
  EndSubSection
EndSection
`;
}

/** The server chooses a free display itself and writes its number when it is ready to serve. */
async function displayNumber(server: Background): Promise<string> {
  const pipe = server.child.stdio[3] as Readable | null | undefined;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('it did not become ready')), startTimeoutMs);
    const fail = (): void => {
      clearTimeout(timer);
      reject(new Error(server.said().trim().split('\n').slice(-12).join('\n')));
    };
    server.child.once('error', fail);
    server.child.once('exit', fail);
    let text = '';
    pipe?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (!text.includes('\n')) return;
      clearTimeout(timer);
      resolve(`:${text.trim()}`);
    });
  });
}

async function serve(
  command: string,
  args: readonly string[],
): Promise<{ server: Background; display: string }> {
  const server = startBackground(command, args, process.env, ['pipe']);
  try {
    return { server, display: await displayNumber(server) };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Where a monitor of that number, counted from 0, sits in the row. */
export async function plugMonitor(display: string, monitor: number): Promise<void> {
  const env = { ...process.env, DISPLAY: display };
  const name = `DUMMY${monitor}`;
  const mode = `${monitorSize.width}x${monitorSize.height}`;
  if (monitor > 0) await output('xrandr', ['--addmode', name, mode], env);
  const place = monitor > 0 ? ['--pos', `${monitor * monitorSize.width}x0`] : ['--primary'];
  await output('xrandr', ['--output', name, '--mode', mode, ...place], env);
  // A query makes the server look at its outputs again; without it a program that starts later sees one.
  await output('xrandr', ['--query'], env);
}

export async function unplugMonitor(display: string, monitor: number): Promise<void> {
  await output('xrandr', ['--output', `DUMMY${monitor}`, '--off'], { ...process.env, DISPLAY: display });
}

async function startXorg(monitors: number, directory: string): Promise<XServer> {
  const config = join(directory, 'xorg.conf');
  await writeFile(config, configuration(monitors));
  const { server, display } = await serve(xorg, [
    '-displayfd',
    '3',
    '-config',
    config,
    '-logfile',
    join(directory, 'xorg.log'),
    '-noreset',
    '-nolisten',
    'tcp',
  ]);
  try {
    for (let monitor = 1; monitor < monitors; monitor += 1) await plugMonitor(display, monitor);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { display, monitors, stop: server.stop };
}

async function startXvfb(): Promise<XServer> {
  const size = `${monitorSize.width}x${monitorSize.height}x24`;
  const { server, display } = await serve('Xvfb', ['-displayfd', '3', '-screen', '0', size, '-noreset']);
  return { display, monitors: 1, stop: server.stop };
}

/**
 * @param monitors how many are wanted, side by side
 * @param directory for its configuration and log
 * @throws when no server can be started, with what both said
 */
export async function startXServer(monitors: number, directory: string): Promise<XServer> {
  let reason = 'it is not installed';
  if (existsSync(xorg)) {
    try {
      return await startXorg(monitors, directory);
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error);
    }
  }
  try {
    return await startXvfb();
  } catch (error) {
    throw new Error(
      `No virtual display could be started (npm run setup installs or names what is missing).\nXorg: ${reason}\n` +
        `Xvfb: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
}
