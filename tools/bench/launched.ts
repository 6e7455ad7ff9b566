import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { _electron } from '@playwright/test';
import type { ElectronApplication, Page } from '@playwright/test';
import { electronRuntime } from '../setup/index.mjs';
import { builtProduct, emptyApplication } from './built-product.ts';
import type { Scratch } from './scratch.ts';
import type { Site } from './site.ts';
import { until } from './until.ts';

export interface Launched {
  readonly app: ElectronApplication;
  /** The window that a person sees first. */
  readonly page: Page;
}

/** The application in that directory, ended at the end. */
export async function launch(
  scratch: Scratch,
  directory: string,
  environment: Readonly<Record<string, string>>,
): Promise<ElectronApplication> {
  const runtime = electronRuntime();
  const all = Object.entries({ ...process.env, ...runtime.env, ...environment });
  const env: Record<string, string> = {};
  for (const [name, value] of all) if (value !== undefined) env[name] = value;
  const app = await _electron.launch({
    executablePath: runtime.executable,
    args: [...runtime.args, directory],
    env,
  });
  scratch.atEnd(() => app.close());
  return app;
}

/** The first window whose address contains `part`. */
export async function windowOf(app: ElectronApplication, part: string): Promise<Page> {
  const found = () => app.windows().find((page) => page.url().includes(part));
  await until(`a window of ${part}`, 30_000, () => found() !== undefined, 5);
  const page = found();
  if (!page) throw new Error(`the window of ${part} went away`);
  await page.waitForLoadState('load');
  return page;
}

export async function launchEmpty(
  scratch: Scratch,
  environment: Readonly<Record<string, string>>,
): Promise<Launched> {
  const app = await launch(scratch, emptyApplication, environment);
  return { app, page: await windowOf(app, 'index.html') };
}

/** Resolves when the list of the system view shows the pass as ended. */
export async function passEnded(page: Page, passId: string): Promise<void> {
  const row = `[data-testid="pass-row"][data-pass-id="${passId}"]:not([data-status="in-progress"])`;
  await page.locator(row).waitFor({ timeout: 60_000 });
}

/** The end of the product's log. */
async function lastLog({ environment }: Site): Promise<string> {
  const directory = path.join(environment['VICORE_DATA_DIR'] ?? '', 'logs');
  const files = await readdir(directory);
  const texts = await Promise.all(files.map((file) => readFile(path.join(directory, file), 'utf8')));
  return texts.join('').slice(-4000);
}

/** The product on the site, with everything that the cameras had to tell judged, shown and in PostgreSQL. */
export async function launchProduct(scratch: Scratch, site: Site): Promise<Launched> {
  const app = await launch(scratch, await builtProduct(), site.environment);
  const page = await windowOf(app, '/windows/system/');
  const { shared, cameras, passIds } = site;
  const { stream } = cameras;
  try {
    const isStored = async () => (await shared.lastSeq(stream.streamId)) >= stream.ring.latestSeq;
    await until('the traffic of a day in PostgreSQL', 60_000, isStored, 50);
    await passEnded(page, passIds.at(-1) ?? '');
  } catch (error) {
    throw new Error(`the product did not take its traffic in:\n${await lastLog(site)}`, { cause: error });
  }
  return { app, page };
}
