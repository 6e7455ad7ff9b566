import type { ElectronApplication } from '@playwright/test';
import { z } from 'zod';
import { atMost } from './benchmark.ts';
import type { Benchmark } from './benchmark.ts';
import { launchEmpty, launchProduct, windowOf } from './launched.ts';
import type { Launched } from './launched.ts';
import { callAt, painted } from './page-scripts.ts';
import { withScratch } from './scratch.ts';
import { startSite } from './site.ts';
import { interleave } from './statistics.ts';
import { until } from './until.ts';

const title = 'next car view open and painted ÷ cold empty window';
const carPages = (app: ElectronApplication) =>
  app.windows().filter((page) => page.url().includes('/windows/car/'));

/** Opens a car of the pass, waits for its drawing, closes it, waits until the next can be opened. */
async function openCar({ app, page }: Launched, passId: string, vehicleIndex: number): Promise<number> {
  const next = await windowOf(app, '/windows/car/');
  await next.locator('[data-testid="car-view"]').waitFor({ state: 'attached' });
  const seen = next.evaluate(painted('[data-testid="car-diagram"] svg'));
  // Answered after the script above has begun to look.
  await next.evaluate('0');
  const asked = z
    .number()
    .parse(await page.evaluate(callAt('windows.openCar', { passId, vehicleIndex, newWindow: true })));
  const elapsed = z.number().parse(await seen) - asked;
  const window = await app.browserWindow(next);
  await window.evaluate((opened: { close(): void }) => {
    opened.close();
  });
  await until('the next car window', 20_000, () => {
    const [only, ...others] = carPages(app);
    return only !== undefined && only !== next && others.length === 0;
  });
  return elapsed;
}

/** B3: a person asks for one more car view, beside one more window in the running empty application. */
export const nextCar: Benchmark = {
  ids: ['B3'],
  title,
  measure: (effort) =>
    withScratch(async (scratch) => {
      const site = await startSite(scratch);
      const product = await launchProduct(scratch, site);
      const empty = await launchEmpty(scratch, site.emptyEnvironment);
      const passId = site.passIds.at(-1) ?? '';
      const opening = await empty.app.evaluateHandle('globalThis.openEmptyWindow');
      const cold = async () =>
        z.number().parse(await opening.evaluate((open: () => Promise<number>) => open()));
      const open = (pair: number) => openCar(product, passId, 1 + (pair % 10));
      await open(0);
      await cold();
      const pairs = await interleave(effort.pairs(12), open, cold);
      return [{ kind: 'ratio', id: 'B3', title, unit: 'ms', goal: atMost(0.25), pairs }];
    }),
};
