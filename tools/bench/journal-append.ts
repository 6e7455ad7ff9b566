import { checkMessage } from '../../main/camera/protocol.ts';
import { decodeEvent } from '../../main/decode-event.ts';
import type { JournalEntry } from '../../main/passes/events.ts';
import { createLocalStore } from '../../main/sqlite/local-store.ts';
import { openBareSqlite } from './bare-sqlite.ts';
import { atMost } from './benchmark.ts';
import type { Benchmark } from './benchmark.ts';
import { milliseconds } from './figures.ts';
import { createFleetMessages } from './messages.ts';
import { withScratch } from './scratch.ts';
import { interleave, percentile, timedEach } from './statistics.ts';

const title = 'accept (journal, durable) p99 ÷ bare `synchronous=FULL` commit p99';
const commitsAPair = 400;

function entriesOf(texts: readonly string[]): JournalEntry[] {
  return texts.map((text, index) => {
    const checked = checkMessage({ ...(JSON.parse(text) as object), seq: index + 1 });
    if (checked.kind !== 'event') throw new Error(`message ${index + 1} is not an event`);
    const { event } = checked;
    return { kind: 'event', streamId: 'bench', receivedAt: Date.now(), seq: event.seq, event, text };
  });
}

/** B9: one message at a time into the journal, through the worker, until it is on the disk. */
export const journalAppend: Benchmark = {
  ids: ['B9'],
  title,
  measure: (effort) =>
    withScratch(async (scratch) => {
      const pairs = effort.pairs(12);
      const texts = createFleetMessages((pairs + 1) * commitsAPair);
      const entries = entriesOf(texts);
      const store = await createLocalStore({
        directory: await scratch.directory(),
        workerUrl: new URL('../../main/sqlite/worker.ts', import.meta.url),
        workstation: 'BENCH',
        decodeEvent,
        onWarning: ({ message }) => {
          throw new Error(message);
        },
      });
      scratch.atEnd(() => store.close());
      const bare = openBareSqlite(await scratch.directory());
      scratch.atEnd(() => Promise.resolve(bare.close()));

      const appended: number[] = [];
      const committed: number[] = [];
      let next = 0;
      const append = async () => {
        const times = await timedEach(commitsAPair, () => store.append(entries.slice(next, (next += 1))));
        appended.push(...times);
        return percentile(times, 0.99);
      };
      let payload = 0;
      const commit = async () => {
        const times = await timedEach(commitsAPair, () => {
          bare.commit(texts[payload % texts.length] ?? '');
          payload += 1;
        });
        committed.push(...times);
        return percentile(times, 0.99);
      };
      // Files grow to their working size before anything counts.
      await commit();
      await append();
      appended.length = 0;
      committed.length = 0;
      const measured = await interleave(pairs, append, commit);
      const spread = (times: readonly number[]) =>
        `p50 ${milliseconds(percentile(times, 0.5))}, p99 ${milliseconds(percentile(times, 0.99))}`;
      return [
        {
          kind: 'ratio',
          id: 'B9',
          title,
          unit: 'ms',
          goal: atMost(2),
          pairs: measured,
          details: [
            `append through the worker: ${spread(appended)}; bare commit: ${spread(committed)} (${appended.length} each)`,
          ],
        },
      ];
    }),
};
