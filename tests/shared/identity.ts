import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const browser = fileURLToPath(new URL('../../tools/identity/browser.ts', import.meta.url));
const chromium = process.env['VICORE_CHROMIUM'] ?? '/usr/bin/chromium';

/** A folder with an `xdg-open` of our own: what Electron opens web pages with on Linux. */
export interface SystemBrowser {
  /** The environment of a program that shall use this browser. */
  readonly env: Readonly<{ PATH: string }>;
  /** What the browser said of the pages it was asked to open. */
  said(): Promise<string>;
  end(): Promise<void>;
}

export interface QuickBrowser extends SystemBrowser {
  /** Who signs in from now on: a subject; empty: cancels; `nobody`: leaves the page open. */
  choose(person: string): Promise<void>;
}

export interface RealBrowser extends SystemBrowser {
  /** Where Playwright reaches it, once it was asked for a page; undefined before. */
  debugAddress(): Promise<string | undefined>;
}

async function installOpener(directory: string, command: (log: string) => string): Promise<SystemBrowser> {
  const log = path.join(directory, 'browser.log');
  await writeFile(log, '');
  const script = path.join(directory, 'xdg-open');
  await writeFile(script, `#!/bin/sh\n${command(log)}\n`);
  await chmod(script, 0o755);
  return {
    env: { PATH: `${directory}${path.delimiter}${process.env['PATH'] ?? ''}` },
    said: () => readFile(log, 'utf8'),
    end: () => rm(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }),
  };
}

/** Signs in without a window, at once: tools/identity/browser.ts. */
export async function createQuickBrowser(person: string): Promise<QuickBrowser> {
  const directory = await mkdtemp(path.join(tmpdir(), 'vicore-browser-'));
  const file = path.join(directory, 'person');
  const choose = (subject: string): Promise<void> => writeFile(file, subject);
  await choose(person);
  const opener = await installOpener(
    directory,
    (log) =>
      `VICORE_TEST_PERSON_FILE='${file}' exec '${process.execPath}' --no-warnings '${browser}' "$@" >>'${log}' 2>&1`,
  );
  return { ...opener, choose };
}

/**
 * A real Chromium with a profile of its own; opened again while it runs, it shows the page in a new tab. Whoever ends
 * it, ends it before `end`.
 */
export async function createRealBrowser(): Promise<RealBrowser> {
  const directory = await mkdtemp(path.join(tmpdir(), 'vicore-chromium-'));
  const profile = path.join(directory, 'profile');
  const opener = await installOpener(
    directory,
    (log) =>
      `exec '${chromium}' --no-sandbox --no-first-run --disable-gpu --remote-debugging-port=0 \\
  --user-data-dir='${profile}' "$@" >>'${log}' 2>&1`,
  );
  return {
    ...opener,
    async debugAddress() {
      // "DevTools listening on ws://127.0.0.1:PORT/devtools/browser/ID", the first thing it says.
      return /DevTools listening on (ws:\S+)/.exec(await opener.said())?.[1];
    },
  };
}
