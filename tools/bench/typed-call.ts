import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { z } from 'zod';
import { callsPerSecond } from '../../main/api/rate-limit.ts';
import { atMost } from './benchmark.ts';
import type { Benchmark } from './benchmark.ts';
import { milliseconds } from './figures.ts';
import { launch, launchEmpty, windowOf } from './launched.ts';
import { callTimes, callsAGroup } from './page-scripts.ts';
import { withScratch } from './scratch.ts';
import { display } from './site.ts';
import { interleave, median } from './statistics.ts';
import { answer } from './typed-call/answer.ts';
import { buildTypedCall } from './typed-call/build.ts';

const title = 'typed IPC call, 1 KB, p50 ÷ bare `invoke` p50';
const groups = 10;
const input = { limit: 3 };
const times = z.array(z.number()).length(groups);

/** B4: page → bridge → main → handler and back, with all checks, beside `ipcRenderer.invoke` alone. */
export const typedCall: Benchmark = {
  ids: ['B4'],
  title,
  measure: (effort) =>
    withScratch(async (scratch) => {
      const screen = await display(scratch);
      const environment = async () => ({
        ...screen,
        VICORE_DATA_DIR: await scratch.directory(),
        VICORE_BENCH_ANSWER: JSON.stringify(answer),
      });
      const app = await launch(scratch, await buildTypedCall(), await environment());
      const product = await windowOf(app, '/windows/system/');
      await product.locator('[data-testid="pass-row"]').first().waitFor();
      const { page: empty } = await launchEmpty(scratch, await environment());

      const p50 = async (page: Page, script: string) => median(times.parse(await page.evaluate(script)));
      const typed = async () => {
        // The product refuses more than so many calls a second: what the last run took is given back first.
        await delay(((groups * callsAGroup) / callsPerSecond) * 1000);
        return p50(product, callTimes(groups, `window.vicore.call('passes.list', ${JSON.stringify(input)})`));
      };
      const bare = () =>
        p50(empty, `window.empty.bareTimes(${groups}, ${callsAGroup}, ${JSON.stringify(input)})`);
      const bridged = () => p50(empty, callTimes(groups, `window.empty.ask(${JSON.stringify(input)})`));
      for (const warmUp of [typed, bare, bridged, typed, bare]) await warmUp();
      const overBridge: number[] = [];
      const pairs = await interleave(effort.pairs(12), typed, async () => {
        overBridge.push(await bridged());
        return bare();
      });
      const size = JSON.stringify(answer).length;
      return [
        {
          kind: 'ratio',
          id: 'B4',
          title,
          unit: 'ms',
          goal: atMost(1.15),
          pairs,
          details: [
            `answer of ${size} bytes as JSON; bare \`invoke\` called from the page through contextBridge, as any sandboxed page must: ${milliseconds(median(overBridge))}`,
          ],
        },
      ];
    }),
};
