import { setTimeout as delay } from 'node:timers/promises';
import type { LinkState, StreamHealth } from '../../contract/domain.ts';
import type { Result } from '../../contract/errors.ts';
import type { SpringImage } from '../../contract/results.ts';
import type { JournalEntry, StreamInfo } from '../passes/events.ts';
import { createAcknowledger } from './acknowledger.ts';
import { createBackoff } from './backoff.ts';
import { createCameraWatch } from './camera-watch.ts';
import { createDelivery } from './delivery.ts';
import { headOf } from './head.ts';
import { fetchImage } from './images.ts';
import { createInbox } from './inbox.ts';
import { createLinkStatus } from './link-status.ts';
import { openLink } from './link.ts';
import type { Link, LinkEnd } from './link.ts';
import { createOrder } from './order.ts';
import type { Order, Stuck } from './order.ts';
import type { Hello, Rejected } from './protocol.ts';
import { decode } from './receive.ts';
import type { Received } from './receive.ts';
import { defaultTimings, systemClock } from './timings.ts';
import type { Clock, Timings } from './timings.ts';

export interface CameraClientOptions {
  readonly stream: { readonly url: string; readonly token: string };
  /** Last `seq` of the stream that is durable, on this machine or in PostgreSQL; undefined: never seen. */
  readonly resumeFrom: (streamId: string) => Promise<number | undefined>;
  /** Resolves when the entries are durable. A rejection is retried with the same entries. */
  readonly deliver: (entries: readonly JournalEntry[]) => Promise<void>;
  /** At every change of link or camera state, and at most every 250 ms for times and counts. */
  readonly onHealth: (health: StreamHealth) => void;
  readonly clock?: Clock | undefined;
  /** 0 to 1, for the jitter. */
  readonly random?: (() => number) | undefined;
  readonly timings?: Partial<Timings> | undefined;
}

export interface CameraClient {
  start(): void;
  /** Resolves when what was received is durable, or after 2 s: what is not comes again. */
  stop(): Promise<void>;
  health(): StreamHealth;
  fetchImage(imageId: string): Promise<Result<SpringImage>>;
}

interface Attempt {
  readonly link: Link;
  readonly openedAt: number;
  greeted: boolean;
  order?: Order | undefined;
  progressed: boolean;
  acknowledge(seq: number): void;
  close(): void;
}

const stopTimeoutMs = 2_000;
/** A message that ends the link each time it comes, at the same place, counts as the event of that place. */
const unreadableLimit = 3;

/** The address as it may be shown: no user, no password, no query. */
export function shownUrl(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}

/** Follows one configured stream for as long as the program runs (docs/camera-protocol.md, rules 1 to 8). */
export function createCameraClient(options: CameraClientOptions): CameraClient {
  const clock = options.clock ?? systemClock;
  const timings: Timings = { ...defaultTimings, ...options.timings };
  const url = shownUrl(options.stream.url);
  const backoff = createBackoff(timings.backoffLeast, timings.backoffMost, options.random ?? Math.random);
  let attempt: Attempt | undefined;
  let retryTimer: NodeJS.Timeout | undefined;
  let stopped = true;

  let info: StreamInfo | undefined;
  let durableSeq = 0;
  let stuck: Stuck | undefined;
  let unreadable = { next: 0, times: 0 };
  let waiting = false;
  /** Stays until a message other than a hello proves the contrary, so that the state does not flicker. */
  let silent = false;
  const delivery = createDelivery({
    deliver: options.deliver,
    onDurable,
    onFault: (reason) => status.setStoreFault(reason),
  });
  const cameras = createCameraWatch(timings.heartbeat, clock, (changes) => {
    const receivedAt = clock.now();
    delivery.push(
      changes.map((change) => ({ kind: 'camera', streamId: streamName(), receivedAt, ...change })),
    );
    status.report();
  });
  const status = createLinkStatus({
    url,
    clock,
    reportEvery: timings.report,
    rest: () => ({
      streamId: info?.streamId,
      site: info?.site,
      track: info?.track,
      lag: Math.max(0, (attempt?.order?.latest ?? durableSeq) - durableSeq),
      cameras: cameras.health(),
    }),
    onHealth: options.onHealth,
    onChange: (note) =>
      delivery.push([{ kind: 'link', streamId: streamName(), receivedAt: note.at, ...note }]),
  });

  /** Before the first hello a stream has no identity; its notes go under its address. */
  function streamName(): string {
    return info?.streamId ?? url;
  }

  /** Live, or how far from it. */
  function assess(): void {
    const order = attempt?.order;
    if (!order || silent) return;
    if (waiting || !order.complete || durableSeq < order.next - 1) {
      if (status.state !== 'live' || waiting)
        status.set('catching-up', waiting ? `event ${order.next} is missing` : undefined);
    } else status.set('live');
  }

  function onDurable(entries: readonly JournalEntry[]): void {
    let seq = 0;
    for (const entry of entries) {
      if ('seq' in entry && entry.seq !== undefined && entry.streamId === info?.streamId) seq = entry.seq;
    }
    if (seq > durableSeq) {
      durableSeq = seq;
      if (attempt) {
        attempt.progressed = true;
        attempt.acknowledge(seq);
      }
      assess();
    }
    status.reportSoon();
  }

  function reject(parsed: Rejected, text: string, receivedAt: number, seq = parsed.seq): JournalEntry {
    return {
      kind: 'rejected',
      streamId: streamName(),
      receivedAt,
      seq,
      reason: parsed.reason,
      text: headOf(text),
    };
  }

  async function begin(current: Attempt, hello: Hello): Promise<void> {
    await delivery.settled();
    const durable = await options.resumeFrom(hello.streamId);
    if (attempt !== current || stopped) return;
    const { streamId, site, track, oldestSeq, latestSeq } = hello;
    const receivedAt = clock.now();
    const known = info?.streamId === streamId ? durableSeq : 0;
    durableSeq = Math.max(known, durable ?? 0);
    const listed: StreamInfo = { streamId, site, track, cameras: hello.cameras };
    if (JSON.stringify(listed) !== JSON.stringify(info)) {
      info = listed;
      delivery.push([{ kind: 'stream', streamId, receivedAt, info: listed }]);
    }
    cameras.know(hello.cameras);

    const oldest = Math.max(1, oldestSeq);
    let first = durableSeq === 0 ? oldest : durableSeq + 1;
    if (oldest > first) {
      delivery.push([{ kind: 'gap', streamId, receivedAt, first, seq: oldest - 1 }]);
      first = oldest;
    }
    waiting = false;
    const subscribe = (fromSeq: number): void => current.link.send({ type: 'subscribe', fromSeq });
    current.order = createOrder({
      streamId,
      first,
      latest: latestSeq,
      stuck,
      timings,
      clock,
      ask: subscribe,
      onReady: (entries) => delivery.push(entries),
      busy: () => delivery.backlog > 0,
      onWaiting(now) {
        waiting = now;
        assess();
      },
      onStuck(now, why) {
        stuck = now;
        current.link.end({ kind: 'lost', reason: why });
      },
    });
    subscribe(first);
    if (status.state === 'live') status.set('catching-up');
    assess();
    status.report();
  }

  /** Before its hello a peer has said nothing that could be placed; it is not one of ours. */
  function turnAway(current: Attempt, parsed: Rejected, text: string, receivedAt: number): void {
    delivery.push([reject({ ...parsed, seq: undefined }, text, receivedAt)]);
    const other = parsed.protocol !== undefined;
    current.link.end({
      kind: 'refused',
      reason: other ? `protocol version ${parsed.protocol} is not supported` : parsed.reason,
      retryMs: other ? timings.configurationError : undefined,
    });
  }

  /**
   * The `seq` of a refused message that could not be read, once it is clear that nothing else comes there: where the
   * camera system says that it has no event, whatever came was none, and the next event must not be taken for it.
   */
  function placeOf(order: Order): number | undefined {
    if (order.complete) return undefined;
    const times = unreadable.next === order.next ? unreadable.times + 1 : 1;
    unreadable = { next: order.next, times };
    return times >= unreadableLimit ? order.next : undefined;
  }

  function handle(current: Attempt, received: Received): Promise<void> | undefined {
    if (stopped) return undefined;
    const { receivedAt, size } = received;
    const { text, parsed, unreadable: noSeq } = decode(received);
    status.heard(receivedAt);
    status.reportSoon();
    if (parsed.kind === 'hello' && !current.greeted) {
      current.greeted = true;
      return begin(current, parsed.hello).catch((error: unknown) => {
        const why = error instanceof Error ? error.message : String(error);
        current.link.end({ kind: 'lost', reason: `the position of the stream cannot be read: ${why}` });
      });
    }
    const { order } = current;
    if (!order) {
      // A link that ended while its hello was answered: the rest comes again on the next one.
      if (current.greeted) return undefined;
      const why = 'message: the first one is not a valid hello';
      turnAway(
        current,
        parsed.kind === 'rejected' ? parsed : { kind: 'rejected', reason: why },
        text,
        receivedAt,
      );
      return undefined;
    }
    if (silent && parsed.kind !== 'rejected') {
      silent = false;
      assess();
    }
    switch (parsed.kind) {
      case 'hello':
        delivery.push([reject({ kind: 'rejected', reason: 'hello: came a second time' }, text, receivedAt)]);
        break;
      case 'heartbeat':
        status.setSkew(parsed.at - receivedAt);
        cameras.report(parsed.cameras);
        break;
      case 'event': {
        const { event } = parsed;
        const { streamId } = info ?? { streamId: url };
        order.accept({ kind: 'event', streamId, receivedAt, seq: event.seq, event, text }, size);
        break;
      }
      case 'rejected': {
        const seq = noSeq === true ? placeOf(order) : parsed.seq;
        const entry = reject(parsed, text, receivedAt, seq);
        if (entry.kind === 'rejected' && seq !== undefined) order.accept({ ...entry, seq }, size);
        else delivery.push([entry]);
      }
    }
    return delivery.room();
  }

  function connect(): void {
    retryTimer = undefined;
    let link: Link;
    try {
      link = openLink(
        { ...options.stream, timings, clock },
        {
          onMessage: (data, binary) =>
            inbox.put({ data, binary, receivedAt: clock.now(), size: data.length }),
          onRefusedMessage: (data, refused) =>
            inbox.put({ data, binary: false, refused, receivedAt: clock.now(), size: data.length }),
          onEnd(end) {
            void inbox.drained().then(() => finish(current, end));
          },
        },
      );
    } catch (error) {
      // An address or token that no request can carry; the message names neither.
      const why = error instanceof Error ? error.message : String(error);
      status.set('unauthorized', `the configured address or token cannot be used: ${why}`);
      return;
    }
    const acknowledger = createAcknowledger(timings.acknowledge, (seq) => link.send({ type: 'ack', seq }));
    const inbox = createInbox<Received>({
      handle: (received) => handle(current, received),
      pause: () => link.pause(),
      resume: () => link.resume(),
      monotonic: () => clock.monotonic(),
    });
    const current: Attempt = {
      link,
      openedAt: clock.monotonic(),
      greeted: false,
      progressed: false,
      acknowledge: (seq) => acknowledger.durable(seq),
      close() {
        acknowledger.stop();
        current.order?.stop();
      },
    };
    attempt = current;
  }

  /** Everything the link brought has been handled: says how it ended and plans the next one. */
  function finish(current: Attempt, end: LinkEnd): void {
    current.close();
    if (stopped || attempt !== current) return;
    attempt = undefined;
    if (clock.monotonic() - current.openedAt >= timings.stable && current.greeted) backoff.reset();
    else if (current.progressed) backoff.ease();
    silent = end.kind === 'silent';
    const shown: Record<LinkEnd['kind'], LinkState> = {
      lost: 'down',
      refused: 'down',
      silent: 'silent',
      unauthorized: 'unauthorized',
    };
    status.set(shown[end.kind], end.reason);
    const slow = end.kind === 'unauthorized' ? timings.configurationError : end.retryMs;
    retryTimer = setTimeout(connect, slow ?? backoff.next());
  }

  return {
    start() {
      if (!stopped) return;
      stopped = false;
      status.report();
      connect();
    },
    async stop() {
      if (stopped) return;
      stopped = true;
      clearTimeout(retryTimer);
      status.stop();
      cameras.stop();
      attempt?.link.end({ kind: 'lost', reason: 'stopped' });
      attempt?.close();
      attempt = undefined;
      const patience = new AbortController();
      await Promise.race([
        delivery.settled(),
        delay(stopTimeoutMs, undefined, { signal: patience.signal }).catch(() => undefined),
      ]);
      patience.abort();
      delivery.stop();
    },
    health: () => status.health(),
    fetchImage: (imageId) => fetchImage(options.stream, imageId, timings.image),
  };
}
