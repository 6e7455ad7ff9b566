import type { Change, ChangeBatch, Snapshot } from '../../contract/changes.ts';

/** Least time between two batches to one window: a frame at 60 Hz (measured: docs/benchmarks.md B11). */
export const batchIntervalMs = 16;
/** Changes sent and not yet received by the window before main waits and merges what follows. */
const inFlightLimit = 5_000;
/** Batches likewise. */
const batchesInFlight = 20;
/** Different things that can wait for one window; beyond that it starts over from a snapshot. */
const waitingLimit = 10_000;

export interface LiveSource {
  snapshot(passId: string | undefined): Promise<Omit<Snapshot, 'sequence'>>;
  onChanges(listener: (changes: readonly Change[]) => void): () => void;
}

export interface LivePublisher {
  /** A window that can be sent to; nothing is sent before it asks for a snapshot. */
  attach(windowId: number, send: (batch: ChangeBatch) => void): void;
  /** Sets what the window watches, and begins its numbering anew. */
  snapshot(windowId: number, passId: string | undefined): Promise<Snapshot>;
  /** The window has everything up to `sequence`. */
  received(windowId: number, sequence: number): void;
  /** The window's page was reloaded or its process is gone: send nothing until it asks again. */
  reset(windowId: number): void;
  detach(windowId: number): void;
  stop(): void;
}

interface Subscriber {
  readonly send: (batch: ChangeBatch) => void;
  /** Raised by each snapshot and reset, so that a slow snapshot cannot revive what came after it. */
  generation: number;
  /** `filling`: changes are collected but not sent until the snapshot that contains or precedes them is given. */
  state: 'idle' | 'filling' | 'live';
  watched: string | undefined;
  /** Number of the last change sent. */
  sequence: number;
  receivedThrough: number;
  unreceived: number[];
  waiting: Map<string, Change>;
  lastSentAt: number;
  timer: NodeJS.Timeout | undefined;
}

/** One thing has one key: its newer value replaces the waiting one. */
function keyOf(change: Change): string {
  switch (change.kind) {
    case 'pass':
      return `pass ${change.pass.id}`;
    case 'vehicle':
      return `vehicle ${change.vehicle.passId} ${change.vehicle.index}`;
    case 'alert':
      return `alert ${change.alert.id}`;
    case 'counts':
    case 'status':
    case 'sound':
      return change.kind;
    case 'reference':
      return `reference ${change.about}`;
  }
}

/**
 * Sends changes to windows, numbered per window, merged to one batch per frame at most (docs/ARCHITECTURE.md,
 * "a measurement on its way to the eye"). Bounded: a window that does not keep up gets fewer and merged changes,
 * and when even that grows too large, a hole in the numbers that makes it ask for a new snapshot.
 */
export function createLivePublisher(source: LiveSource, monotonic: () => number): LivePublisher {
  const subscribers = new Map<number, Subscriber>();

  const sendWaiting = (subscriber: Subscriber) => {
    subscriber.timer = undefined;
    if (subscriber.state !== 'live' || subscriber.waiting.size === 0) return;
    const behind =
      subscriber.sequence - subscriber.receivedThrough > inFlightLimit ||
      subscriber.unreceived.length >= batchesInFlight;
    if (behind) return; // `received` goes on
    const changes = [...subscriber.waiting.values()];
    subscriber.waiting = new Map();
    const first = subscriber.sequence + 1;
    subscriber.sequence += changes.length;
    subscriber.unreceived.push(subscriber.sequence);
    subscriber.lastSentAt = monotonic();
    subscriber.send({ first, changes });
  };

  const schedule = (subscriber: Subscriber) => {
    if (subscriber.timer || subscriber.state !== 'live') return;
    // At once after a quiet time, so that a single alert does not wait for company.
    const wait = Math.max(0, subscriber.lastSentAt + batchIntervalMs - monotonic());
    subscriber.timer = setTimeout(() => sendWaiting(subscriber), wait);
  };

  const startOver = (subscriber: Subscriber) => {
    const wasLive = subscriber.state === 'live';
    subscriber.waiting = new Map();
    subscriber.state = 'idle';
    if (!wasLive) return;
    // A first number beyond the next one is a hole: contract/changes.ts.
    subscriber.send({ first: subscriber.sequence + 2, changes: [] });
  };

  const collect = (subscriber: Subscriber, changes: readonly Change[]) => {
    if (subscriber.state === 'idle') return;
    for (const change of changes) {
      if (change.kind === 'vehicle' && change.vehicle.passId !== subscriber.watched) continue;
      subscriber.waiting.set(keyOf(change), change);
    }
    if (subscriber.waiting.size > waitingLimit) startOver(subscriber);
    else if (subscriber.waiting.size > 0) schedule(subscriber);
  };

  const unsubscribe = source.onChanges((changes) => {
    for (const subscriber of subscribers.values()) collect(subscriber, changes);
  });

  const quiet = (subscriber: Subscriber) => {
    clearTimeout(subscriber.timer);
    subscriber.timer = undefined;
    subscriber.state = 'idle';
    subscriber.generation += 1;
    subscriber.waiting = new Map();
    subscriber.unreceived = [];
    subscriber.receivedThrough = subscriber.sequence;
  };

  return {
    attach(windowId, send) {
      subscribers.set(windowId, {
        send,
        generation: 0,
        state: 'idle',
        watched: undefined,
        sequence: 0,
        receivedThrough: 0,
        unreceived: [],
        waiting: new Map(),
        lastSentAt: Number.NEGATIVE_INFINITY,
        timer: undefined,
      });
    },

    async snapshot(windowId, passId) {
      const subscriber = subscribers.get(windowId);
      if (!subscriber) throw new Error(`window ${windowId} is not attached`);
      quiet(subscriber);
      const { generation } = subscriber;
      subscriber.watched = passId;
      for (;;) {
        subscriber.state = 'filling';
        const content = await source.snapshot(passId);
        const superseded = subscriber.generation !== generation;
        // Too much changed while it was read: what was collected is gone, so read again.
        if (!superseded && subscriber.state !== 'filling') continue;
        if (!superseded) {
          subscriber.state = 'live';
          // Gives the answer time to arrive before the first batch.
          subscriber.lastSentAt = monotonic();
          if (subscriber.waiting.size > 0) schedule(subscriber);
        }
        return { ...content, sequence: subscriber.sequence };
      }
    },

    received(windowId, sequence) {
      const subscriber = subscribers.get(windowId);
      if (!subscriber || sequence > subscriber.sequence) return;
      subscriber.receivedThrough = Math.max(subscriber.receivedThrough, sequence);
      subscriber.unreceived = subscriber.unreceived.filter((sent) => sent > sequence);
      if (subscriber.waiting.size > 0) schedule(subscriber);
    },

    reset(windowId) {
      const subscriber = subscribers.get(windowId);
      if (subscriber) quiet(subscriber);
    },

    detach(windowId) {
      const subscriber = subscribers.get(windowId);
      if (subscriber) quiet(subscriber);
      subscribers.delete(windowId);
    },

    stop() {
      unsubscribe();
      for (const subscriber of subscribers.values()) quiet(subscriber);
      subscribers.clear();
    },
  };
}
