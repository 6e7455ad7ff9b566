/** All in ms, by the monotonic clock. The values are those of docs/camera-protocol.md; tests shorten them. */
export interface Timings {
  readonly handshake: number;
  readonly ping: number;
  /** No pong or no message for so long: the link is dead. */
  readonly dead: number;
  /** No heartbeat for so long: cameras unknown. */
  readonly heartbeat: number;
  readonly acknowledge: number;
  readonly backoffLeast: number;
  readonly backoffMost: number;
  /** Retry after 401, 403 or a protocol this client does not speak. */
  readonly configurationError: number;
  /** A link that lived so long starts the backoff anew when it ends. */
  readonly stable: number;
  /** A gap that the answer did not fill is asked for again after this, then twice this, and so on. */
  readonly askAgain: number;
  /** A gap that several links did not fill for so long is a loss. */
  readonly giveUp: number;
  /** Status reports at most this often when nothing but times and counts changed. */
  readonly report: number;
  readonly image: number;
}

export const defaultTimings: Timings = {
  handshake: 10_000,
  ping: 10_000,
  dead: 15_000,
  heartbeat: 15_000,
  acknowledge: 250,
  backoffLeast: 500,
  backoffMost: 30_000,
  configurationError: 60_000,
  stable: 30_000,
  askAgain: 1_000,
  giveUp: 60_000,
  report: 250,
  image: 10_000,
};

export interface Clock {
  /** ms since the epoch; for what people read, never for timers. */
  now(): number;
  /** ms from some beginning; never jumps (fault 43). */
  monotonic(): number;
}

export const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };
