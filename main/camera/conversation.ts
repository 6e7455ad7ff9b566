import type { FollowedStream } from './followed-stream.ts';
import type { Link } from './link.ts';
import { createOrder } from './order.ts';
import type { Order, Stuck } from './order.ts';
import type { Hello, Rejected } from './protocol.ts';
import { decode } from './receive.ts';
import type { Received } from './receive.ts';
import type { Clock, Timings } from './timings.ts';

/** What was in the way of links before this one. */
export interface Obstacles {
  stuck?: Stuck | undefined;
  unreadable: { readonly next: number; readonly times: number };
}

export interface ConversationOptions {
  readonly stream: FollowedStream;
  readonly link: Pick<Link, 'send' | 'end'>;
  readonly obstacles: Obstacles;
  readonly timings: Timings;
  readonly clock: Clock;
  /** Last `seq` of the stream that is durable, on this machine or in PostgreSQL; undefined: never seen. */
  readonly resumeFrom: (streamId: string) => Promise<number | undefined>;
  /** This link is the one that is followed. */
  readonly isCurrent: () => boolean;
}

export interface Conversation {
  /** The peer has said a valid hello. */
  readonly greeted: boolean;
  /** A promise is to be waited for before the next message is handed over. */
  handle(received: Received): Promise<void> | undefined;
  stop(): void;
}

/** A message that ends the link each time it comes, at the same place, counts as the event of that place. */
const unreadableLimit = 3;

/** What is said on one link, from its hello to its end (docs/camera-protocol.md, rules 1 to 5). */
export function createConversation(options: ConversationOptions): Conversation {
  const { stream, link, obstacles, timings, clock } = options;
  const { delivery, cameras, status } = stream;
  let greeted = false;
  let order: Order | undefined;

  async function begin(hello: Hello): Promise<void> {
    await delivery.settled();
    const durable = await options.resumeFrom(hello.streamId);
    if (!options.isCurrent()) return;
    const first = stream.learn(hello, durable);
    const subscribe = (fromSeq: number): void => link.send({ type: 'subscribe', fromSeq });
    order = createOrder({
      streamId: hello.streamId,
      first,
      latest: hello.latestSeq,
      stuck: obstacles.stuck,
      timings,
      clock,
      ask: subscribe,
      onReady: (entries) => delivery.push(entries),
      busy: () => delivery.backlog > 0,
      onWaiting: (waiting) => stream.setWaiting(waiting),
      onStuck(stuck, why) {
        obstacles.stuck = stuck;
        link.end({ kind: 'lost', reason: why });
      },
    });
    subscribe(first);
    stream.follow(order);
  }

  /** Before its hello a peer has said nothing that could be placed; it is not one of ours. */
  function turnAway(parsed: Rejected, text: string, receivedAt: number): void {
    delivery.push([stream.rejection({ ...parsed, seq: undefined }, text, receivedAt)]);
    const other = parsed.protocol !== undefined;
    link.end({
      kind: 'refused',
      reason: other ? `protocol version ${parsed.protocol} is not supported` : parsed.reason,
      retryMs: other ? timings.configurationError : undefined,
    });
  }

  /**
   * The `seq` of a refused message that could not be read, once it is clear that nothing else comes there: where the
   * camera system says that it has no event, whatever came was none, and the next event must not be taken for it.
   */
  function placeOf({ complete, next }: Order): number | undefined {
    if (complete) return undefined;
    const times = obstacles.unreadable.next === next ? obstacles.unreadable.times + 1 : 1;
    obstacles.unreadable = { next, times };
    return times >= unreadableLimit ? next : undefined;
  }

  return {
    get greeted() {
      return greeted;
    },
    handle(received) {
      if (!options.isCurrent()) return undefined;
      const { receivedAt, size } = received;
      const { text, parsed, unreadable: noSeq } = decode(received);
      status.heard(receivedAt);
      status.reportSoon();
      if (parsed.kind === 'hello' && !greeted) {
        greeted = true;
        return begin(parsed.hello).catch((error: unknown) => {
          const why = error instanceof Error ? error.message : String(error);
          link.end({ kind: 'lost', reason: `the position of the stream cannot be read: ${why}` });
        });
      }
      if (!order) {
        // A link that ended while its hello was answered: the rest comes again on the next one.
        if (greeted) return undefined;
        const why = 'message: the first one is not a valid hello';
        turnAway(parsed.kind === 'rejected' ? parsed : { kind: 'rejected', reason: why }, text, receivedAt);
        return undefined;
      }
      if (parsed.kind !== 'rejected') stream.spoke();
      switch (parsed.kind) {
        case 'hello': {
          const again: Rejected = { kind: 'rejected', reason: 'hello: came a second time' };
          delivery.push([stream.rejection(again, text, receivedAt)]);
          break;
        }
        case 'heartbeat':
          status.setSkew(parsed.at - receivedAt);
          cameras.report(parsed.cameras);
          break;
        case 'event': {
          const { event } = parsed;
          const { seq } = event;
          order.accept({ kind: 'event', streamId: stream.name, receivedAt, seq, event, text }, size);
          break;
        }
        case 'rejected': {
          const seq = noSeq === true ? placeOf(order) : parsed.seq;
          const entry = stream.rejection(parsed, text, receivedAt, seq);
          if (entry.kind === 'rejected' && seq !== undefined) order.accept({ ...entry, seq }, size);
          else delivery.push([entry]);
        }
      }
      return delivery.room();
    },
    stop() {
      order?.stop();
    },
  };
}
