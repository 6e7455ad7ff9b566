import { setTimeout as delay } from 'node:timers/promises';
import { Timetable } from '../simulator/timetable.ts';
import { alsoEach, atMost } from './benchmark.ts';
import type { Benchmark } from './benchmark.ts';
import { milliseconds } from './figures.ts';
import { launchProduct, passEnded } from './launched.ts';
import { withScratch } from './scratch.ts';
import { startSite } from './site.ts';
import { interleave, median, timed } from './statistics.ts';
import { trackTraffic } from './train-load.ts';

const title = 'event-loop delay of main p99 at 10 times the busiest rate ÷ idle';
const limitMs = 50;
/** What is late by less is a timer's own inaccuracy. */
const resolutionMs = 1;
const nanosecondsAMs = 1e6;
/** A train at ten times its speed: while it passes, ten times the messages of a passing train. */
const speed = 10;

/** B18: the real main process with its window open and following, measured from inside. */
export const eventLoop: Benchmark = {
  ids: ['B18'],
  title,
  measure: (effort) =>
    withScratch(async (scratch) => {
      const site = await startSite(scratch);
      const { app, page } = await launchProduct(scratch, site);
      const { stream } = site.cameras;
      const traffic = trackTraffic('busy', 0.3);
      const timetable = new Timetable({ stream, traffic, speed, intervalMs: 180_000 });
      scratch.atEnd(() => Promise.resolve(timetable.stop()));
      const histogram = await app.evaluateHandle((_, resolution) => {
        const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks');
        const monitor = monitorEventLoopDelay({ resolution });
        monitor.enable();
        return monitor;
      }, resolutionMs);
      const longest = { idle: 0, busy: 0 };
      const measured = async (name: keyof typeof longest, task: () => Promise<unknown>) => {
        await histogram.evaluate((monitor) => monitor.reset());
        await task();
        const seen = await histogram.evaluate((monitor) => ({
          p99: monitor.percentile(99),
          max: monitor.max,
          count: monitor.count,
        }));
        if (seen.count < 100) throw new Error(`only ${seen.count} turns of the event loop were seen`);
        longest[name] = Math.max(longest[name], seen.max / nanosecondsAMs);
        return seen.p99 / nanosecondsAMs;
      };
      let took = 5_000;
      const train = async () => {
        took = await timed(async () => {
          const { passId } = await timetable.run({ instant: false });
          await passEnded(page, passId);
        });
      };
      const busy = () => measured('busy', train);
      const idle = () => measured('idle', () => delay(took));
      await busy();
      await idle();
      longest.busy = 0;
      longest.idle = 0;
      const pairs = await interleave(effort.pairs(10), busy, idle);
      return [
        {
          kind: 'ratio',
          id: 'B18',
          title,
          unit: 'ms',
          goal: atMost(3),
          pairs,
          details: [`trains at ${speed} times their speed, about ${milliseconds(median([took]))} each`],
        },
        {
          kind: 'absolute',
          id: 'B18',
          title: 'its longest event-loop delay, in all trains',
          unit: `ms; idle ${milliseconds(longest.idle)}`,
          goal: alsoEach(atMost(limitMs), 'never more', limitMs),
          values: [longest.busy],
        },
      ];
    }),
};
