import path from 'node:path';
import { atMost } from './benchmark.ts';
import type { Benchmark, Figure } from './benchmark.ts';
import { builtProduct, emptyApplication } from './built-product.ts';
import { milliseconds } from './figures.ts';
import { launchProduct } from './launched.ts';
import { observeStart } from './observed-start.ts';
import type { StartTimes } from './observed-start.ts';
import { withScratch } from './scratch.ts';
import { startSite } from './site.ts';
import { median } from './statistics.ts';

/** Passes and alerts of the replica on the page: what the person starts the program for. */
const usefulContent =
  'body:has([data-testid="pass-row"]):has(:is([data-testid="alert-row"], [data-testid="alert-group"]))';

interface StartPairs {
  readonly product: StartTimes[];
  readonly empty: StartTimes[];
}

const column = ({ product, empty }: StartPairs, name: keyof StartTimes) => ({
  product: product.map((times) => times[name]),
  reference: empty.map((times) => times[name]),
});

const steps = (times: readonly StartTimes[]): string =>
  (['ready', 'created', 'visible', 'painted'] as const)
    .map((name) => `${name} ${milliseconds(median(times.map((each) => each[name])))}`)
    .join(', ');

/** B1 and B2: whole starts of the program, each beside a start of the empty application. */
export const start: Benchmark = {
  ids: ['B1', 'B2'],
  title: 'start: first window visible, useful content painted',
  measure: (effort) =>
    withScratch(async (scratch) => {
      const site = await startSite(scratch);
      // The program was used here before: its replica is filled.
      await withScratch(async (session) => void (await launchProduct(session, site)));
      const entry = path.join(await builtProduct(), 'out', 'main', 'index.js');
      const measurePairs = async (): Promise<StartPairs> => {
        const pairs: StartPairs = { product: [], empty: [] };
        for (let pair = 0; pair < effort.pairs(8); pair += 1) {
          const { environment, emptyEnvironment } = site;
          pairs.empty.push(
            await observeStart({
              entry: path.join(emptyApplication, 'main.js'),
              selector: 'body',
              environment: emptyEnvironment,
            }),
          );
          pairs.product.push(await observeStart({ entry, selector: usefulContent, environment }));
        }
        return pairs;
      };
      const online = await measurePairs();
      await site.shared.server.stop();
      const offline = await measurePairs();
      const painted = (pairs: StartPairs, title: string): Figure => ({
        kind: 'ratio',
        id: 'B2',
        title,
        unit: 'ms',
        goal: atMost(2),
        pairs: column(pairs, 'painted'),
        details: [
          `${steps(pairs.product)}; empty: ${steps(pairs.empty)}; ${site.passIds.length} passes in the replica`,
        ],
      });
      return [
        {
          kind: 'ratio',
          id: 'B1',
          title: 'first window visible ÷ empty Electron window visible',
          unit: 'ms',
          goal: atMost(1.15),
          pairs: column(online, 'visible'),
        },
        painted(online, 'useful content painted, online ÷ empty window painted'),
        painted(offline, 'useful content painted, offline (database stopped) ÷ empty window painted'),
      ];
    }),
};
