import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import type { EventRing, StoredEvent } from './event-ring.ts';

/** Beyond this the socket is full: wait for the client (docs/camera-protocol.md, back-pressure). */
const highWater = 1024 * 1024;
const drainCheckMs = 20;

/**
 * Asked before an event leaves: `skip` leaves it out once, `stop` means that the socket is gone or must wait, `again`
 * that the connection was changed and looks anew.
 */
export type Decision = 'send' | 'skip' | 'stop' | 'again';
export type BeforeSend = (connection: Connection, event: StoredEvent) => Decision;

interface ConnectionOptions {
  socket: WebSocket;
  transport: Duplex;
  request: IncomingMessage;
  ring: EventRing;
  beforeSend: BeforeSend;
  hello: () => string;
  /** True while the stream sends nothing at all. */
  isSilent: () => boolean;
  onClosed: (connection: Connection) => void;
  onAcknowledged: (seq: number) => void;
  onSubscribed: () => void;
}

const textOf = (data: RawData): string =>
  (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer)).toString('utf8');

/** One client on one stream: hello, then what it subscribed to, from a position of its own. */
export class Connection {
  readonly socket: WebSocket;
  readonly transport: Duplex;
  readonly remote: string;
  /** What the client did against the protocol. */
  readonly violations: string[] = [];
  readonly subscriptions: (number | null)[] = [];
  acknowledged = 0;
  sent = 0;
  pings = 0;
  /** Half-open: nothing goes out any more, not even pongs. */
  deaf = false;
  #cursor: number | undefined;
  #reversed: { from: number; to: number } | undefined;
  #draining = false;
  readonly #options: ConnectionOptions;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.socket = options.socket;
    this.transport = options.transport;
    this.remote = `${options.request.socket.remoteAddress ?? ''}:${options.request.socket.remotePort ?? ''}`;
    this.socket.on('message', (data, isBinary) => this.#receive(data, isBinary));
    this.socket.on('ping', (data) => {
      this.pings += 1;
      if (!this.deaf) this.socket.pong(data);
    });
    this.socket.on('error', (error) => this.violations.push(`socket: ${error.message}`));
    this.socket.on('close', () => options.onClosed(this));
    this.transport.on('drain', () => this.#drained());
    this.transmit(options.hello());
  }

  /** The next `seq` that this client gets; undefined before it subscribes. */
  get cursor(): number | undefined {
    return this.#cursor;
  }

  set cursor(seq: number | undefined) {
    this.#cursor = seq;
  }

  /**
   * The event that the client asked for by its number comes first and is never left out: a client that has asked
   * waits for it.
   */
  isAskedFor(seq: number): boolean {
    return this.subscriptions.at(-1) === seq;
  }

  /** Sends a text as it is, subscribed or not. */
  transmit(text: string): void {
    if (!this.deaf && this.socket.readyState === this.socket.OPEN) this.socket.send(text);
  }

  /** The next `count` events go out in the opposite order, as soon as all of them are there. */
  reverseNext(count: number): void {
    if (this.#cursor !== undefined) this.#reversed = { from: this.#cursor, to: this.#cursor + count - 1 };
  }

  /** Sends what there is, until the client has everything or its socket is full. */
  pump(): void {
    const { ring, beforeSend, isSilent } = this.#options;
    while (this.#cursor !== undefined && this.#cursor <= ring.latestSeq) {
      if (this.deaf || isSilent() || this.#draining || this.socket.readyState !== this.socket.OPEN) return;
      if (this.socket.bufferedAmount > highWater) {
        this.#draining = true;
        // What was written in one piece can be gone without a "drain": look again anyway.
        setTimeout(() => this.#drained(), drainCheckMs);
        return;
      }
      if (this.#cursor < ring.oldestSeq) this.#cursor = ring.oldestSeq;
      if (this.#reversed?.from === this.#cursor) {
        if (ring.latestSeq < this.#reversed.to) return;
        this.#sendReversed(this.#reversed.to);
        continue;
      }
      const event = ring.at(this.#cursor);
      if (event === undefined) return;
      const decision = beforeSend(this, event);
      if (decision === 'stop') return;
      if (decision === 'again') continue;
      if (decision === 'send') this.#send(event);
      this.#cursor = event.seq + 1;
    }
  }

  #drained(): void {
    this.#draining = false;
    this.pump();
  }

  close(): void {
    this.socket.terminate();
  }

  #send(event: StoredEvent): void {
    this.sent += 1;
    this.socket.send(event.text);
  }

  #sendReversed(to: number): void {
    const from = this.#cursor ?? to;
    this.#reversed = undefined;
    for (let seq = to; seq >= from; seq -= 1) {
      const event = this.#options.ring.at(seq);
      if (event !== undefined) this.#send(event);
    }
    this.#cursor = to + 1;
  }

  #receive(data: RawData, isBinary: boolean): void {
    const problem = isBinary ? 'a binary message' : this.#obey(textOf(data));
    if (problem === undefined) return;
    this.violations.push(problem);
    this.socket.close(1008, problem.slice(0, 100));
  }

  #obey(text: string): string | undefined {
    let message: unknown;
    try {
      message = JSON.parse(text);
    } catch (error) {
      return `not JSON: ${String(error)}`;
    }
    if (typeof message !== 'object' || message === null || !('type' in message)) return 'not a message';
    if (message.type === 'subscribe' && 'fromSeq' in message) return this.#subscribe(message.fromSeq);
    if (message.type === 'ack' && 'seq' in message) return this.#acknowledge(message.seq);
    return `unknown message ${String(message.type)}`;
  }

  #subscribe(fromSeq: unknown): string | undefined {
    if (fromSeq !== null && !(typeof fromSeq === 'number' && Number.isSafeInteger(fromSeq) && fromSeq >= 1)) {
      return `subscribe fromSeq ${JSON.stringify(fromSeq)}`;
    }
    this.subscriptions.push(fromSeq);
    this.#cursor = fromSeq ?? this.#options.ring.latestSeq + 1;
    this.#reversed = undefined;
    this.pump();
    this.#options.onSubscribed();
    return undefined;
  }

  #acknowledge(seq: unknown): string | undefined {
    if (!(typeof seq === 'number' && Number.isSafeInteger(seq) && seq >= 0))
      return `ack ${JSON.stringify(seq)}`;
    if (seq > this.#options.ring.latestSeq) return `ack of ${seq}, which was never sent`;
    this.acknowledged = Math.max(this.acknowledged, seq);
    this.#options.onAcknowledged(seq);
    return undefined;
  }
}
