import type { JournalEntry } from '../passes/events.ts';
import { headOf } from './head.ts';
import { createSequencer } from './sequencer.ts';
import type { Clock, Timings } from './timings.ts';

type SequencedEntry = Extract<JournalEntry, { kind: 'event' | 'rejected' | 'gap' }> & {
  readonly seq: number;
};

/** How long, and over how many links, the same event has been missing. Outlives the link. */
export interface Stuck {
  readonly next: number;
  readonly since: number;
  readonly links: number;
}

export interface OrderOptions {
  readonly streamId: string;
  readonly first: number;
  /** `latestSeq` of this link's hello: what the camera system says that it has. */
  readonly latest: number;
  readonly stuck: Stuck | undefined;
  readonly timings: Timings;
  readonly clock: Clock;
  readonly ask: (fromSeq: number) => void;
  readonly onReady: (entries: readonly JournalEntry[]) => void;
  /** True while what has arrived waits to be handled: then an answer may be among it. */
  readonly busy: () => boolean;
  /** The gap does not close: true while asking goes on. */
  readonly onWaiting: (waiting: boolean) => void;
  /** The link is of no use as it is. */
  readonly onStuck: (stuck: Stuck, reason: string) => void;
}

export interface Order {
  readonly next: number;
  /** Nothing is known to be missing or still to come. */
  readonly complete: boolean;
  /** The last `seq` known to exist. */
  readonly latest: number;
  accept(entry: SequencedEntry, size: number): void;
  stop(): void;
}

const asksPerLink = 3;
/** Weeks of traffic: nothing that is this far ahead is the continuation of the stream. */
const farthest = 1_000_000;
const linksBeforeLoss = 3;

/** Listed, but not waited for: what a single absurd number claims to have skipped never existed. */
function outOfPlace(entry: SequencedEntry, latest: number): JournalEntry {
  return {
    kind: 'rejected',
    streamId: entry.streamId,
    receivedAt: entry.receivedAt,
    reason: `seq: ${entry.seq} is far beyond the stream, which was at ${latest}`,
    text: 'text' in entry ? headOf(entry.text) : '',
  };
}

/**
 * The order of one stream on one link: asks for what is missing, again and again with growing pauses, then on a
 * new link, whose `hello` tells whether the loss is real. What the camera system claims to have and yet does not
 * send on any link is given up after `giveUp`, as a gap: one missing event must not blind the site for ever.
 */
export function createOrder(options: OrderOptions): Order {
  const { timings, clock, streamId } = options;
  const sequencer = createSequencer<{ seq: number; size: number; entry: SequencedEntry }>(options.first);
  let asks = 0;
  let askTimer: NodeJS.Timeout | undefined;
  let stuck = options.stuck;
  let atLastLook = options.first;
  const stallTimer = setInterval(lookForStall, timings.dead);

  function noteStuck(): Stuck {
    const { next } = sequencer;
    if (stuck?.next !== next) stuck = { next, since: clock.monotonic(), links: 0 };
    return stuck;
  }

  /** Behind, nothing held, and nothing comes: the camera system has forgotten us. */
  function lookForStall(): void {
    const { next } = sequencer;
    if (next <= options.latest && next === atLastLook && !options.busy()) {
      const before = noteStuck();
      options.onStuck({ ...before, links: before.links + 1 }, `event ${next} does not come`);
    }
    atLastLook = next;
  }

  function arm(): void {
    clearTimeout(askTimer);
    askTimer = setTimeout(lookAgain, timings.askAgain * 2 ** asks);
  }

  function settle(): void {
    if (sequencer.missing !== undefined) return;
    clearTimeout(askTimer);
    askTimer = undefined;
    if (asks > 0) options.onWaiting(false);
    asks = 0;
  }

  function lookAgain(): void {
    askTimer = undefined;
    if (sequencer.missing === undefined) return;
    if (options.busy()) return arm();
    asks += 1;
    options.onWaiting(true);
    const before = noteStuck();
    if (asks <= asksPerLink) {
      options.ask(sequencer.askAgain() ?? sequencer.next);
      return arm();
    }
    const waited = clock.monotonic() - before.since;
    if (waited >= timings.giveUp && before.links >= linksBeforeLoss && lose()) return;
    options.onStuck({ ...before, links: before.links + 1 }, `event ${sequencer.next} does not come`);
  }

  /** Only what the camera system says it has: a `seq` beyond that is no proof of what lies before it. */
  function lose(): boolean {
    if (sequencer.next > options.latest) return false;
    const skipped = sequencer.skip();
    if (!skipped) return false;
    const gap: JournalEntry = {
      kind: 'gap',
      streamId,
      receivedAt: clock.now(),
      first: skipped.first,
      seq: skipped.last,
    };
    options.onReady([gap, ...skipped.ready.map((item) => item.entry)]);
    stuck = undefined;
    settle();
    return true;
  }

  return {
    get next() {
      return sequencer.next;
    },
    get complete() {
      return sequencer.missing === undefined && sequencer.next > options.latest;
    },
    get latest() {
      return Math.max(options.latest, sequencer.next - 1 + sequencer.held);
    },
    accept(entry, size) {
      const latest = Math.max(options.latest, sequencer.next - 1);
      if (entry.seq > latest + farthest) return options.onReady([outOfPlace(entry, latest)]);
      const { ready, ask } = sequencer.accept({ seq: entry.seq, size, entry });
      if (ready.length > 0) options.onReady(ready.map((item) => item.entry));
      if (ask !== undefined) {
        options.ask(ask);
        arm();
      } else if (sequencer.missing !== undefined && !askTimer) arm();
      settle();
    },
    stop() {
      clearTimeout(askTimer);
      clearInterval(stallTimer);
    },
  };
}
