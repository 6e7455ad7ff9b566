import { z } from 'zod';
import { Timetable } from '../simulator/timetable.ts';
import { openBareSqlite } from './bare-sqlite.ts';
import { alsoEach, atMost } from './benchmark.ts';
import type { Benchmark } from './benchmark.ts';
import { expectedMarks, latencies } from './expected-marks.ts';
import type { Sent } from './expected-marks.ts';
import { milliseconds } from './figures.ts';
import { launchEmpty, launchProduct, passEnded } from './launched.ts';
import { callsAGroup, frameTimes, takeSeen, watchTiles } from './page-scripts.ts';
import { withScratch } from './scratch.ts';
import { startSite } from './site.ts';
import { interleave, median, percentile, timedEach } from './statistics.ts';
import { trackTraffic } from './train-load.ts';
import { until } from './until.ts';

const title = 'camera message → changed pixel, p95 ÷ (FULL commit + `invoke` + one frame)';
/** Trains run faster than real ones so that a run takes a quarter of an hour less; each message still stands alone. */
const speed = 3;
const limitMs = 100;
const marks = z.array(z.object({ index: z.number(), count: z.number(), at: z.number() }));
const numbers = z.array(z.number());

/** B11: trains pass, and the system view follows them. */
export const shownMeasurement: Benchmark = {
  ids: ['B11'],
  title,
  measure: (effort) =>
    withScratch(async (scratch) => {
      let sent: Sent[] = [];
      const site = await startSite(scratch, (text, at) => void sent.push({ text, at }));
      const { page } = await launchProduct(scratch, site);
      const { page: empty } = await launchEmpty(scratch, site.emptyEnvironment);
      const bare = openBareSqlite(await scratch.directory());
      scratch.atEnd(() => Promise.resolve(bare.close()));
      const { stream } = site.cameras;
      const traffic = trackTraffic('live', 0);
      const timetable = new Timetable({ stream, traffic, speed, intervalMs: 180_000 });
      scratch.atEnd(() => Promise.resolve(timetable.stop()));
      await page.evaluate(watchTiles);

      const all: number[] = [];
      const train = async () => {
        sent = [];
        const { passId } = await timetable.run({ instant: false });
        await passEnded(page, passId);
        const seen = marks.parse(await page.evaluate(takeSeen));
        const times = latencies(expectedMarks(sent), seen);
        all.push(...times);
        return percentile(times, 0.95);
      };
      const parts: number[][] = [];
      const reference = async () => {
        const payload = sent[0]?.text ?? 'nothing sent yet';
        const commit = median(await timedEach(50, () => bare.commit(payload)));
        const asked = `window.empty.bareTimes(5, ${callsAGroup}, {})`;
        const invoke = median(numbers.parse(await empty.evaluate(asked)));
        const frame = median(numbers.parse(await empty.evaluate(frameTimes(30))));
        parts.push([commit, invoke, frame]);
        return commit + invoke + frame;
      };
      await train();
      await reference();
      all.length = 0;
      parts.length = 0;
      await until('the site to be idle', 10_000, () => stream.acknowledged >= stream.ring.latestSeq);
      const pairs = await interleave(effort.pairs(10), train, reference);
      const part = (index: number) => milliseconds(median(parts.map((each) => each[index] ?? Number.NaN)));
      return [
        {
          kind: 'ratio',
          id: 'B11',
          title,
          unit: 'ms',
          goal: alsoEach(atMost(5), `and ≤ ${limitMs} ms`, limitMs),
          pairs,
          details: [
            `${all.length} messages: p25 ${milliseconds(percentile(all, 0.25))}, p50 ${milliseconds(median(all))}, p75 ${milliseconds(percentile(all, 0.75))}, p95 ${milliseconds(percentile(all, 0.95))}, most ${milliseconds(Math.max(...all))}; commit ${part(0)}, invoke ${part(1)}, frame ${part(2)} (p50)`,
          ],
        },
      ];
    }),
};
