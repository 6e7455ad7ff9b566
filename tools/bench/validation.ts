import { checkMessage, parseMessage } from '../../main/camera/protocol.ts';
import { atMost } from './benchmark.ts';
import type { Benchmark } from './benchmark.ts';
import { createFleetMessages } from './messages.ts';
import { interleave, timed } from './statistics.ts';

const title = 'validation of a message ÷ its `JSON.parse`';

/** B6: what checking a message adds to parsing it. */
export const validation: Benchmark = {
  ids: ['B6'],
  title,
  async measure(effort) {
    const texts = createFleetMessages(10_000);
    const parsed = texts.map((text): unknown => JSON.parse(text));
    const parse = () => timed(() => texts.forEach((text) => void JSON.parse(text)));
    const check = () =>
      timed(() => {
        for (const message of parsed)
          if (checkMessage(message).kind === 'rejected') throw new Error('rejected');
      });
    for (const text of texts) parseMessage(text);
    await parse();
    await check();
    const pairs = await interleave(effort.pairs(20), check, parse);
    return [{ kind: 'ratio', id: 'B6', title, unit: 'ms per 10,000 messages', goal: atMost(0.1), pairs }];
  },
};
