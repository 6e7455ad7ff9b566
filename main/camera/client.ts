import { setTimeout as delay } from 'node:timers/promises';
import type { StreamHealth } from '../../contract/domain.ts';
import type { Result } from '../../contract/errors.ts';
import type { SpringImage } from '../../contract/results.ts';
import type { JournalEntry } from '../passes/events.ts';
import { createAcknowledger } from './acknowledger.ts';
import type { Acknowledger } from './acknowledger.ts';
import { createBackoff } from './backoff.ts';
import { createConversation } from './conversation.ts';
import type { Conversation, Obstacles } from './conversation.ts';
import { createFollowedStream } from './followed-stream.ts';
import { fetchImage } from './images.ts';
import { createInbox } from './inbox.ts';
import { openLink } from './link.ts';
import type { Link, LinkEnd } from './link.ts';
import { shownUrl } from './link-status.ts';
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
  readonly conversation: Conversation;
  readonly acknowledger: Acknowledger;
  readonly openedAt: number;
  /** It brought the stream forward. */
  progressed: boolean;
}

const stopTimeoutMs = 2_000;

/**
 * Follows one configured stream for as long as the program runs (docs/camera-protocol.md, rules 1 to 8): one link after
 * the other, each after a wait that depends on how the one before it ended.
 */
export function createCameraClient(options: CameraClientOptions): CameraClient {
  const clock = options.clock ?? systemClock;
  const timings: Timings = { ...defaultTimings, ...options.timings };
  const backoff = createBackoff(timings.backoffLeast, timings.backoffMost, options.random ?? Math.random);
  const obstacles: Obstacles = { unreadable: { next: 0, times: 0 } };
  let attempt: Attempt | undefined;
  let retryTimer: NodeJS.Timeout | undefined;
  let stopped = true;
  const stream = createFollowedStream({
    url: shownUrl(options.stream.url),
    clock,
    timings,
    deliver: options.deliver,
    onHealth: options.onHealth,
    onAdvance(seq) {
      if (!attempt) return;
      attempt.progressed = true;
      attempt.acknowledger.durable(seq);
    },
  });
  const { delivery, status } = stream;

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
    const conversation = createConversation({
      stream,
      link,
      obstacles,
      timings,
      clock,
      resumeFrom: options.resumeFrom,
      isCurrent: () => attempt === current && !stopped,
    });
    const inbox = createInbox<Received>({
      handle: (received) => conversation.handle(received),
      pause: () => link.pause(),
      resume: () => link.resume(),
      monotonic: () => clock.monotonic(),
    });
    const acknowledger = createAcknowledger(timings.acknowledge, (seq) => link.send({ type: 'ack', seq }));
    const openedAt = clock.monotonic();
    const current: Attempt = { link, conversation, acknowledger, openedAt, progressed: false };
    attempt = current;
  }

  /** Nothing of it is used any more. */
  function letGo({ acknowledger, conversation }: Attempt): void {
    acknowledger.stop();
    conversation.stop();
    attempt = undefined;
    stream.follow(undefined);
  }

  /** Everything the link brought has been handled: says how it ended and plans the next one. */
  function finish(current: Attempt, end: LinkEnd): void {
    if (stopped || attempt !== current) return;
    letGo(current);
    const lived = clock.monotonic() - current.openedAt;
    if (lived >= timings.stable && current.conversation.greeted) backoff.reset();
    else if (current.progressed) backoff.ease();
    stream.ended(end);
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
      stream.cameras.stop();
      attempt?.link.end({ kind: 'lost', reason: 'stopped' });
      if (attempt) letGo(attempt);
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
