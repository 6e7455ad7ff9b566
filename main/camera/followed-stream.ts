import type { StreamHealth } from '../../contract/domain.ts';
import type { JournalEntry, StreamInfo } from '../passes/events.ts';
import { createCameraWatch } from './camera-watch.ts';
import type { CameraWatch } from './camera-watch.ts';
import { createDelivery } from './delivery.ts';
import type { Delivery } from './delivery.ts';
import { headOf } from './head.ts';
import { createLinkStatus } from './link-status.ts';
import type { LinkStatus } from './link-status.ts';
import type { LinkEnd } from './link.ts';
import type { Order } from './order.ts';
import type { Hello, Rejected } from './protocol.ts';
import type { Clock, Timings } from './timings.ts';

export interface FollowedStreamOptions {
  /** As it may be shown. */
  readonly url: string;
  readonly clock: Clock;
  readonly timings: Timings;
  /** Resolves when the entries are durable. */
  readonly deliver: (entries: readonly JournalEntry[]) => Promise<void>;
  readonly onHealth: (health: StreamHealth) => void;
  /** Everything up to `seq` is durable now. */
  readonly onAdvance: (seq: number) => void;
}

export interface FollowedStream {
  readonly delivery: Delivery;
  readonly cameras: CameraWatch;
  readonly status: LinkStatus;
  /** Its identity; its address before the first hello. */
  readonly name: string;
  /**
   * Takes over what a hello says and what is durable of that stream elsewhere; a range that is lost is recorded. The
   * `seq` to go on with.
   */
  learn(hello: Hello, durable: number | undefined): number;
  /** The order on the link that is there now; undefined: none. */
  follow(order: Order | undefined): void;
  /** A gap that does not close: true while asking goes on. */
  setWaiting(waiting: boolean): void;
  /** A message other than a hello proves that the stream is not silent. */
  spoke(): void;
  ended(end: LinkEnd): void;
  /** For the rejected list: the reason, the seq where it is known, the beginning of the text. */
  rejection(parsed: Rejected, text: string, receivedAt: number, seq?: number): JournalEntry;
}

const shownState = { lost: 'down', refused: 'down', silent: 'silent', unauthorized: 'unauthorized' } as const;

/** What is known of one stream whichever link brought it: who it is, how far it is durable, and how it is doing. */
export function createFollowedStream(options: FollowedStreamOptions): FollowedStream {
  const { url, clock, timings } = options;
  let info: StreamInfo | undefined;
  let durableSeq = 0;
  let order: Order | undefined;
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
    delivery.push(changes.map((change) => ({ kind: 'camera', streamId: name(), receivedAt, ...change })));
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
      lag: Math.max(0, (order?.latest ?? durableSeq) - durableSeq),
      cameras: cameras.health(),
    }),
    onHealth: options.onHealth,
    onChange: (note) => delivery.push([{ kind: 'link', streamId: name(), receivedAt: note.at, ...note }]),
  });

  /** Before the first hello a stream has no identity; its notes go under its address. */
  function name(): string {
    return info?.streamId ?? url;
  }

  /** Live, or how far from it. */
  function assess(): void {
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
      options.onAdvance(seq);
      assess();
    }
    status.reportSoon();
  }

  return {
    delivery,
    cameras,
    status,
    get name() {
      return name();
    },
    learn({ streamId, site, track, cameras: listedCameras, oldestSeq }, durable) {
      const receivedAt = clock.now();
      const known = info?.streamId === streamId ? durableSeq : 0;
      durableSeq = Math.max(known, durable ?? 0);
      const listed: StreamInfo = { streamId, site, track, cameras: listedCameras };
      if (JSON.stringify(listed) !== JSON.stringify(info)) {
        info = listed;
        delivery.push([{ kind: 'stream', streamId, receivedAt, info: listed }]);
      }
      cameras.know(listedCameras);
      waiting = false;
      const oldest = Math.max(1, oldestSeq);
      const first = durableSeq === 0 ? oldest : durableSeq + 1;
      if (oldest <= first) return first;
      delivery.push([{ kind: 'gap', streamId, receivedAt, first, seq: oldest - 1 }]);
      return oldest;
    },
    follow(now) {
      order = now;
      if (!now) return;
      if (status.state === 'live') status.set('catching-up');
      assess();
      status.report();
    },
    setWaiting(now) {
      waiting = now;
      assess();
    },
    spoke() {
      if (!silent) return;
      silent = false;
      assess();
    },
    ended(end) {
      silent = end.kind === 'silent';
      status.set(shownState[end.kind], end.reason);
    },
    rejection: (parsed, text, receivedAt, seq = parsed.seq) => ({
      kind: 'rejected',
      streamId: name(),
      receivedAt,
      seq,
      reason: parsed.reason,
      text: headOf(text),
    }),
  };
}
