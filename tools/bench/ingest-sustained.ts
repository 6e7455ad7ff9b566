import { setTimeout as delay } from 'node:timers/promises';
import { atLeast, atMost } from './benchmark.ts';
import type { Benchmark } from './benchmark.ts';
import { release, startCameras, textsOf, token } from './camera-burst.ts';
import { startDatabase } from './database.ts';
import { figure } from './figures.ts';
import { startHeadless } from './headless-core.ts';
import { withScratch } from './scratch.ts';
import { median } from './statistics.ts';
import { endlessPasses, springsOf } from './train-load.ts';
import { until } from './until.ts';

const wantedRate = 20_000;
const title = `\`npm run ingest\` with ${figure(wantedRate)} springs a second replayed`;
const seconds = 60;
const tickMs = 10;
const sampleMs = 500;
const megabyte = 1024 * 1024;

interface Message {
  readonly text: string;
  readonly springs: number;
}

/** So many springs as messages, numbered from 1: made before the clock runs. */
function createMessages(springs: number): Message[] {
  const messages: Message[] = [];
  let left = springs;
  for (const events of endlessPasses('sustained')) {
    const texts = textsOf(events, messages.length + 1);
    for (const [index, event] of events.entries())
      messages.push({ text: texts[index] ?? '', springs: springsOf([event]) });
    left -= springsOf(events);
    if (left <= 0) return messages;
  }
  throw new Error('out of passes');
}

interface Sample {
  /** How far PostgreSQL is behind what was sent, in seconds of the stream. */
  readonly lag: number;
  /** Resident, MB. */
  readonly memory: number;
}

/** The rate of the issue held for a minute: whether PostgreSQL keeps up, and what memory does meanwhile. */
export const ingestSustained: Benchmark = {
  ids: ['ingest'],
  title,
  measure: (effort) =>
    withScratch(async (scratch) => {
      const messages = createMessages(wantedRate * (effort.quick ? seconds / 4 : seconds));
      const sentBy: number[] = [];
      let total = 0;
      for (const { springs } of messages) sentBy.push((total += springs));
      const shared = await startDatabase(scratch);
      const { stream, url, subscribed } = await startCameras(scratch);
      const core = await startHeadless(scratch, shared, { url, token });
      await subscribed();

      const begun = performance.now();
      const due = () => ((performance.now() - begun) / 1000) * wantedRate;
      let sent = 0;
      const samples: Sample[] = [];
      const springsAt = (count: number): number => sentBy[count - 1] ?? 0;
      const sample = async () => {
        core.assertRunning();
        const stored = await shared.lastSeq(stream.streamId);
        const lag = (springsAt(sent) - springsAt(stored)) / wantedRate;
        samples.push({ lag, memory: (await core.memory()) / megabyte });
        return stored;
      };
      let sampledAt = 0;
      let sampling: Promise<unknown> = Promise.resolve();
      while (sent < messages.length) {
        const next = sent;
        while (sent < messages.length && springsAt(sent) < due()) sent += 1;
        if (sent > next)
          release(
            stream,
            messages.slice(next, sent).map(({ text }) => text),
          );
        if (performance.now() - sampledAt >= sampleMs) {
          sampledAt = performance.now();
          sampling = sampling.then(sample);
        }
        await delay(tickMs);
      }
      await sampling;
      const sending = (performance.now() - begun) / 1000;
      const atEnd = samples.at(-1)?.lag ?? Number.NaN;
      await until('everything in PostgreSQL', 600_000, async () => (await sample()) >= messages.length, 200);
      const storing = (performance.now() - begun) / 1000;

      const memory = samples.map((each) => each.memory);
      const quarter = Math.floor(memory.length / 4);
      const early = median(memory.slice(quarter, 2 * quarter));
      const late = median(memory.slice(-quarter));
      const longest = Math.max(...samples.map(({ lag }) => lag));
      return [
        {
          kind: 'absolute',
          id: 'ingest',
          title: `${title}: stored per second`,
          unit: 'springs/s, until the last is in PostgreSQL',
          // What is still on its way when the last is sent takes its time too.
          goal: atLeast(wantedRate * 0.98, `≥ ${figure(wantedRate)} (2 % for the tail)`),
          values: [total / storing],
          details: [
            `${figure(total)} springs in ${messages.length.toLocaleString('en-US')} messages sent in ${figure(sending)} s, all stored after ${figure(storing)} s; PostgreSQL behind by ${figure(median(samples.map(({ lag }) => lag)))} s (median), ${figure(longest)} s (most), ${figure(atEnd)} s (when the last was sent)`,
            `resident memory of the process: ${figure(memory[0] ?? 0)} MB at first, ${figure(early)} MB in the second quarter, ${figure(late)} MB in the last, at most ${figure(Math.max(...memory))} MB`,
          ],
        },
        {
          kind: 'ratio',
          id: 'ingest',
          title: 'its resident memory in the last quarter ÷ in the second quarter',
          unit: 'MB',
          goal: atMost(1.1),
          pairs: { product: [late], reference: [early] },
        },
      ];
    }),
};
