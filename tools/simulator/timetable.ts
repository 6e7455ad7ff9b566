import type { GeneratedPass } from './generate.ts';
import type { PassEvent } from './protocol.ts';
import type { CameraStream } from './stream.ts';
import type { PassOverrides, Traffic } from './traffic.ts';

/** So much faster than real time that a pass is over at once, while its events keep their order. */
const instantly = 10_000;

export interface RunOptions extends PassOverrides {
  /** All events in one go (the default for `runPass`), instead of as the train passes. */
  instant?: boolean;
  /** Epoch ms; now when absent. Not together with a timed pass. */
  startedAt?: number;
}

export interface RunResult {
  passId: string;
  streamId: string;
  trainNumber: string;
  direction: GeneratedPass['direction'];
  vehicleNumbers: readonly string[];
  injections: GeneratedPass['injections'];
  firstSeq: number;
  lastSeq: number;
  /** The stream began anew or stopped before the pass was over. */
  cancelled: boolean;
}

interface Due {
  at: number;
  event: PassEvent;
  sent: (seq: number) => void;
  cancel: () => void;
}

export interface TimetableOptions {
  stream: CameraStream;
  traffic: Traffic;
  /** Acceleration of time, 1 is real. */
  speed: number;
  /** From the start of a pass to the start of the next, in ms of the trains' time. */
  intervalMs: number;
}

/** Lets the trains of one track run: each event leaves when the train would be there. */
export class Timetable {
  readonly #stream: CameraStream;
  readonly #traffic: Traffic;
  readonly #speed: number;
  readonly #intervalMs: number;
  #queue: Due[] = [];
  #timer: NodeJS.Timeout | undefined;
  #departure: NodeJS.Timeout | undefined;
  #busyUntil = 0;
  #latestStart = 0;
  #running = false;

  constructor(options: TimetableOptions) {
    this.#stream = options.stream;
    this.#traffic = options.traffic;
    this.#speed = options.speed;
    this.#intervalMs = options.intervalMs;
  }

  /** Trains from now on, the first after `delayMs` of real time. */
  start(delayMs: number): void {
    this.#running = true;
    this.#departAfter(delayMs);
  }

  /** Brings the next train forward when none is passing, so that an injected fault is soon seen. */
  hurry(): void {
    if (this.#running && Date.now() > this.#busyUntil) this.#departAfter(0);
  }

  /** One pass; resolves when its last event is in the stream. */
  run(options: RunOptions = {}): Promise<RunResult> {
    const { instant = true, startedAt = this.#startNow(), ...overrides } = options;
    const usual = instant && options.startedAt === undefined ? instantly : instant ? 1 : this.#speed;
    const pass = this.#traffic.next(startedAt, { acceleration: usual, ...overrides });
    const about = {
      passId: pass.passId,
      streamId: this.#stream.streamId,
      trainNumber: pass.trainNumber,
      direction: pass.direction,
      vehicleNumbers: pass.vehicleNumbers,
      injections: pass.injections,
      firstSeq: this.#stream.ring.latestSeq + 1,
    };
    if (instant) {
      this.#stream.appendAll(pass.events);
      return Promise.resolve({ ...about, lastSeq: this.#stream.ring.latestSeq, cancelled: false });
    }
    this.#busyUntil = Math.max(this.#busyUntil, pass.endsAt);
    return new Promise((resolve) => {
      let lastSeq = about.firstSeq - 1;
      let left = pass.events.length;
      const entries = pass.events.map((event): Due => ({
        at: Date.parse(event.at),
        event,
        sent: (seq) => {
          if (left === pass.events.length) about.firstSeq = seq;
          lastSeq = seq;
          left -= 1;
          if (left === 0) resolve({ ...about, lastSeq, cancelled: false });
        },
        cancel: () => resolve({ ...about, lastSeq, cancelled: true }),
      }));
      this.#queue = [...this.#queue, ...entries].toSorted((one, two) => one.at - two.at);
      this.#arm();
    });
  }

  /** Forgets the trains under way; with the next departure all goes on. */
  cancel(): void {
    const dropped = this.#queue;
    this.#queue = [];
    this.#busyUntil = 0;
    for (const { cancel } of dropped) cancel();
  }

  stop(): void {
    this.#running = false;
    clearTimeout(this.#timer);
    clearTimeout(this.#departure);
    this.cancel();
  }

  /** A pass is named after its track and its start: two within one millisecond would be one and the same. */
  #startNow(): number {
    this.#latestStart = Math.max(Date.now(), this.#latestStart + 1);
    return this.#latestStart;
  }

  #departAfter(delayMs: number): void {
    clearTimeout(this.#departure);
    this.#departure = setTimeout(() => {
      const startedAt = Date.now();
      void this.run({ instant: false });
      const pause = this.#intervalMs / this.#speed;
      this.#departAfter(Math.max(pause, this.#busyUntil - startedAt + Math.min(2000, pause / 4)));
    }, delayMs);
  }

  #arm(): void {
    clearTimeout(this.#timer);
    const next = this.#queue[0];
    if (next === undefined) return;
    this.#timer = setTimeout(() => this.#sendDue(), Math.max(0, next.at - Date.now()));
  }

  #sendDue(): void {
    const now = Date.now();
    while (this.#queue[0] !== undefined && this.#queue[0].at <= now) {
      const due = this.#queue.shift();
      if (due !== undefined) due.sent(this.#stream.append(due.event).seq);
    }
    this.#arm();
  }
}
