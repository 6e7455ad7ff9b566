import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { Connection } from './connection.ts';
import type { BeforeSend, Decision } from './connection.ts';
import { EventRing } from './event-ring.ts';
import type { Retention, StoredEvent } from './event-ring.ts';
import { iso } from './pass-events.ts';
import { eventText } from './protocol.ts';
import type { CameraDescription, CameraState, PassEvent } from './protocol.ts';

export interface StreamOptions {
  /** Last part of its URL path, for example `t1`. */
  key: string;
  streamId: string;
  site: string;
  track: string;
  cameras: readonly CameraDescription[];
  retention: Retention;
  /** Milliseconds between heartbeats (the protocol says 5 s). */
  heartbeatMs: number;
  /** Decides about each event as it leaves; sends everything when absent. */
  beforeSend?: BeforeSend;
}

export const cameraOf = (cameras: readonly CameraDescription[], side: 'left' | 'right'): string =>
  cameras.find((camera) => camera.side === side)?.id ?? cameras[0]?.id ?? 'camera';

/** One camera site: its events, its clients, its heartbeat, and the states that faults put it in. */
export class CameraStream {
  readonly key: string;
  readonly site: string;
  readonly track: string;
  readonly cameras: readonly CameraDescription[];
  readonly ring: EventRing;
  readonly connections = new Set<Connection>();
  /** Every client that ever came, with what it did against the protocol. */
  readonly violations: string[] = [];
  streamId: string;
  acknowledged = 0;
  accepted = 0;
  clockSkewMs = 0;
  silentUntil = 0;
  heartbeatsPausedUntil = 0;
  refusedUntil = 0;
  refusalStatus = 503;
  htmlUpgrades = 0;
  readonly cameraStates = new Map<string, { state: CameraState; until: number }>();
  /** Numbers left out of the live sending once per client that was there. */
  readonly #gaps = new Map<Connection, Set<number>>();
  readonly #beforeSend: BeforeSend | undefined;
  readonly #heartbeat: NodeJS.Timeout;
  #wakeUp: NodeJS.Timeout | undefined;
  #lastFrameAt = Date.now();
  readonly #originalId: string;
  #restarts = 0;
  readonly #watchers = new Set<() => void>();

  constructor(options: StreamOptions) {
    this.key = options.key;
    this.streamId = options.streamId;
    this.#originalId = options.streamId;
    this.site = options.site;
    this.track = options.track;
    this.cameras = options.cameras;
    this.ring = new EventRing(options.retention);
    this.#beforeSend = options.beforeSend;
    this.#heartbeat = setInterval(() => this.sendHeartbeat(), options.heartbeatMs);
    this.#heartbeat.unref();
  }

  append(event: PassEvent): StoredEvent {
    const at = Date.parse(event.at);
    const shown = this.clockSkewMs === 0 ? event : { ...event, at: iso(at + this.clockSkewMs) };
    if (event.type === 'springs.measured') this.#lastFrameAt = at;
    return this.appendText((seq) => eventText(shown, seq));
  }

  /** Stores any text under the next `seq`; for what no honest camera would say. */
  appendText(makeText: (seq: number) => string): StoredEvent {
    const event = this.ring.append(makeText, Date.now());
    this.pump();
    return event;
  }

  /** Stores many events before anything is sent. */
  appendAll(events: readonly PassEvent[]): void {
    for (const event of events) {
      const at = this.clockSkewMs === 0 ? event.at : iso(Date.parse(event.at) + this.clockSkewMs);
      this.ring.append((seq) => eventText({ ...event, at }, seq), Date.now());
    }
    this.pump();
  }

  pump(): void {
    for (const connection of this.connections) connection.pump();
  }

  accept(socket: WebSocket, transport: Duplex, request: IncomingMessage): void {
    this.accepted += 1;
    const connection = new Connection({
      socket,
      transport,
      request,
      ring: this.ring,
      beforeSend: (target, event) => this.#decide(target, event),
      hello: () => this.hello(),
      isSilent: () => Date.now() < this.silentUntil,
      onClosed: (closed) => {
        this.connections.delete(closed);
        this.#gaps.delete(closed);
        this.violations.push(...closed.violations);
        this.#changed();
      },
      onSubscribed: () => this.#changed(),
      onAcknowledged: (seq) => {
        this.acknowledged = Math.max(this.acknowledged, seq);
        this.#changed();
      },
    });
    this.connections.add(connection);
    this.#changed();
  }

  /** Resolves when the condition holds; it is asked now and whenever a client comes, goes, subscribes or acknowledges. */
  until(condition: (stream: CameraStream) => boolean): Promise<void> {
    if (condition(this)) return Promise.resolve();
    return new Promise((resolve) => {
      const look = (): void => {
        if (!condition(this)) return;
        this.#watchers.delete(look);
        resolve();
      };
      this.#watchers.add(look);
    });
  }

  hello(): string {
    const { streamId, site, track, cameras, ring } = this;
    const { oldestSeq, latestSeq } = ring;
    return JSON.stringify({
      type: 'hello',
      protocol: 1,
      streamId,
      site,
      track,
      cameras,
      oldestSeq,
      latestSeq,
    });
  }

  sendHeartbeat(): void {
    const now = Date.now();
    if (now < this.silentUntil || now < this.heartbeatsPausedUntil) return;
    const cameras = this.cameras.map(({ id }) => {
      const entry = this.cameraStates.get(id);
      const status = entry !== undefined && now < entry.until ? entry.state : 'ok';
      const fps = { ok: 120, degraded: 38, offline: 0 }[status];
      const temperatureC = Math.round((31 + 4 * Math.sin(now / 3_600_000) + id.length) * 10) / 10;
      return { id, status, fps, temperatureC, lastFrameAt: iso(this.#lastFrameAt + this.clockSkewMs) };
    });
    const text = JSON.stringify({ type: 'heartbeat', at: iso(now + this.clockSkewMs), cameras });
    for (const connection of this.connections) connection.transmit(text);
  }

  /** Nothing is sent for so long; what happens meanwhile is sent afterwards. */
  fallSilent(milliseconds: number): void {
    this.silentUntil = Date.now() + milliseconds;
    clearTimeout(this.#wakeUp);
    this.#wakeUp = setTimeout(() => this.pump(), milliseconds + 5);
    this.#wakeUp.unref();
  }

  /** The clients that are connected now do not get the next `count` events unless they ask again. */
  skipNext(count: number): void {
    for (const connection of this.connections) {
      if (connection.cursor === undefined) continue;
      const numbers = this.#gaps.get(connection) ?? new Set<number>();
      const first = connection.isAskedFor(connection.cursor) ? connection.cursor + 1 : connection.cursor;
      for (let step = 0; step < count; step += 1) numbers.add(first + step);
      this.#gaps.set(connection, numbers);
    }
  }

  /** Another identity, `seq` from 1 again, nothing of the old events. */
  restart(): void {
    this.#restarts += 1;
    this.streamId = `${this.#originalId}-${this.#restarts + 1}`;
    this.ring.restart();
    this.acknowledged = 0;
    this.cut();
  }

  cut(): void {
    for (const connection of this.connections) connection.close();
  }

  stop(): void {
    clearInterval(this.#heartbeat);
    clearTimeout(this.#wakeUp);
    this.cut();
  }

  #changed(): void {
    for (const look of this.#watchers) look();
  }

  #decide(connection: Connection, event: StoredEvent): Decision {
    if (this.#gaps.get(connection)?.delete(event.seq) && !connection.isAskedFor(event.seq)) return 'skip';
    return this.#beforeSend?.(connection, event) ?? 'send';
  }
}
