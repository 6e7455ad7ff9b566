import { z } from 'zod';

const measured = z.object({
  type: z.literal('springs.measured'),
  index: z.number(),
  measurements: z.array(z.object({ axle: z.number(), side: z.string(), nest: z.string() })),
});

export interface Sent {
  readonly text: string;
  /** clock.ts */
  readonly at: number;
}

/** After this message the tile of the vehicle shows so many springs with a state. */
export interface ExpectedMark {
  readonly index: number;
  readonly count: number;
  readonly sentAt: number;
}

/** What a window must show after each message of one pass that brings springs not seen before. */
export function expectedMarks(sent: readonly Sent[]): ExpectedMark[] {
  const positions = new Map<number, Set<string>>();
  const expected: ExpectedMark[] = [];
  for (const { text, at } of sent) {
    const message = measured.safeParse(JSON.parse(text));
    if (!message.success) continue;
    const { index, measurements } = message.data;
    const seen = positions.get(index) ?? new Set<string>();
    positions.set(index, seen);
    const before = seen.size;
    for (const { axle, side, nest } of measurements) seen.add(`${axle} ${side} ${nest}`);
    if (seen.size > before) expected.push({ index, count: seen.size, sentAt: at });
  }
  return expected;
}

export interface SeenMark {
  readonly index: number;
  readonly count: number;
  /** When the frame with it had been made. */
  readonly at: number;
}

/** ms from each message to the first frame that shows it. Throws when one was never shown. */
export function latencies(expected: readonly ExpectedMark[], seen: readonly SeenMark[]): number[] {
  return expected.map(({ index, count, sentAt }) => {
    const first = seen.find((mark) => mark.index === index && mark.count >= count);
    if (!first) throw new Error(`${count} springs of vehicle ${index} were never shown`);
    return first.at - sentAt;
  });
}
