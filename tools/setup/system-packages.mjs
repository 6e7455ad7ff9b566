/**
 * What Electron, its tests and the demo need from a Debian-like system: X servers, a notification daemon,
 * libraries, a font. Installed in one go where that is allowed, else the exact command is printed.
 */
import { existsSync, readdirSync } from 'node:fs';
import { run, tail } from './processes.mjs';
import { progress } from './progress.mjs';

/** Alternatives in one entry: newer Debian and Ubuntu releases renamed some packages to …t64. */
const wanted = [
  ['xserver-xorg-core'],
  ['xserver-xorg-video-dummy'],
  ['x11-xserver-utils'],
  ['xvfb'],
  ['libgtk-3-0', 'libgtk-3-0t64'],
  ['libnss3'],
  ['libasound2', 'libasound2t64'],
  ['libgbm1'],
  ['libatk-bridge2.0-0', 'libatk-bridge2.0-0t64'],
  ['libnotify4'],
  ['dbus'],
  ['dunst'],
  ['xdotool'],
  ['scrot'],
  ['fonts-dejavu-core'],
  // Key store and browser of the sign-in tests.
  ['gnome-keyring'],
  ['chromium', 'chromium-browser', 'google-chrome-stable'],
];

const database = '/var/lib/dpkg/info';

/** The entries of which no alternative is installed; empty where there is no dpkg. */
function missing() {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get') || !existsSync(database)) return [];
  const installed = new Set(
    readdirSync(database)
      .filter((name) => name.endsWith('.md5sums'))
      .map((name) => name.slice(0, -'.md5sums'.length).replace(/:.*$/, '')),
  );
  return wanted.filter((names) => !names.some((name) => installed.has(name)));
}

/** The alternative that this release of the system offers, the first when it offers none. */
async function available(names) {
  for (const name of names.toReversed()) {
    if (names.length > 1 && (await run('apt-cache', ['show', '--no-all-versions', name])).code === 0)
      return name;
  }
  return names[0];
}

/** Never throws: without these packages everything but the windows still works, and the message says how. */
export async function ensureSystemPackages() {
  const entries = missing();
  if (entries.length === 0) return;
  if (process.getuid?.() !== 0) {
    const names = await Promise.all(entries.map(available));
    process.stderr.write(
      'Some system packages for the desktop are not installed. Without them windows may not open here.\n' +
        `To install them:\n\n    sudo apt-get install --no-install-recommends ${names.join(' ')}\n\n`,
    );
    return;
  }
  const line = progress(`Installing ${entries.length} system packages`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const onLine = (text) => {
    const step = /^(Get:\d+|Unpacking|Setting up)\s+(\S+)/.exec(text);
    if (step) line.update(step[1].startsWith('Get') ? 'downloading' : `${step[1].toLowerCase()} ${step[2]}`);
  };
  line.update('reading the package lists');
  const update = await run('apt-get', ['update'], { env, timeoutMs: 300_000 });
  const names = await Promise.all(entries.map(available));
  const result = await run('apt-get', ['install', '-y', '--no-install-recommends', ...names], {
    env,
    onLine,
    timeoutMs: 900_000,
  });
  if (result.code === 0) {
    line.done();
    return;
  }
  line.failed();
  process.stderr.write(
    `${tail(update.code === 0 ? result.output : `${update.output}\n${result.output}`)}\n` +
      `Windows may not open here. To try again: apt-get install --no-install-recommends ${names.join(' ')}\n`,
  );
}
