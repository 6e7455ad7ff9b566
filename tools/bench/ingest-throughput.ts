import { atLeast } from './benchmark.ts';
import type { Benchmark } from './benchmark.ts';
import { release, startCameras, textsOf, token } from './camera-burst.ts';
import { copyRows, createPlainTable, rowsOf } from './copy-rows.ts';
import { startDatabase } from './database.ts';
import { startHeadless } from './headless-core.ts';
import { withScratch } from './scratch.ts';
import { interleave, timed } from './statistics.ts';
import { endlessPasses, springsOf, take } from './train-load.ts';
import { until } from './until.ts';

const title = 'stream → PostgreSQL, springs per second, journal included ÷ raw COPY, one row a spring';
/** The busiest hour, at once. */
const passesABurst = 40;
const timeoutMs = 120_000;

/** B7: bursts through WebSocket, checks, journal, judgement and PostgreSQL, beside a COPY of the same springs. */
export const ingestThroughput: Benchmark = {
  ids: ['B7'],
  title,
  measure: (effort) =>
    withScratch(async (scratch) => {
      const shared = await startDatabase(scratch);
      await createPlainTable(shared.client);
      const { stream, url, subscribed } = await startCameras(scratch);
      const core = await startHeadless(scratch, shared, { url, token });
      await subscribed();
      const passes = endlessPasses('bench');

      const burst = async (): Promise<number> => {
        const events = take(passes, passesABurst);
        const texts = textsOf(events, stream.ring.latestSeq + 1);
        const last = stream.ring.latestSeq + texts.length;
        const elapsed = await timed(async () => {
          release(stream, texts);
          await until('the burst in PostgreSQL', timeoutMs, async () => {
            core.assertRunning();
            return (await shared.lastSeq(stream.streamId)) >= last;
          });
        });
        return springsOf(events) / (elapsed / 1000);
      };
      const others = endlessPasses('copy');
      const copy = async (): Promise<number> => {
        const events = take(others, passesABurst);
        const rows = rowsOf(events);
        return springsOf(events) / ((await timed(() => copyRows(shared.client, rows))) / 1000);
      };
      await burst();
      await copy();
      const pairs = await interleave(effort.pairs(12), burst, copy);
      return [
        {
          kind: 'ratio',
          id: 'B7',
          title,
          unit: 'springs/s',
          goal: atLeast(1),
          pairs,
          details: [
            `bursts of ${passesABurst} passes; checked, journalled, judged with history, stored with alerts`,
          ],
        },
      ];
    }),
};
