/** One event as it goes out: the text is fixed when the event is made, so that every delivery is the same. */
export interface StoredEvent {
  seq: number;
  text: string;
  /** When it was stored, epoch ms. */
  storedAt: number;
}

export interface Retention {
  /** Events younger than this are kept (the protocol promises 24 h) … */
  milliseconds: number;
  /** … unless there are more than this many. */
  events: number;
}

/** The events that can be asked for again, numbered without holes from `oldestSeq` to `latestSeq`. */
export class EventRing {
  readonly #retention: Retention;
  #events: StoredEvent[] = [];
  /** Index of the oldest event still kept; the array is shortened now and then, not at each event. */
  #start = 0;
  #latestSeq = 0;

  constructor(retention: Retention) {
    this.#retention = retention;
  }

  get latestSeq(): number {
    return this.#latestSeq;
  }

  get oldestSeq(): number {
    return this.#events[this.#start]?.seq ?? this.#latestSeq + 1;
  }

  get size(): number {
    return this.#events.length - this.#start;
  }

  append(makeText: (seq: number) => string, now: number): StoredEvent {
    const seq = this.#latestSeq + 1;
    const event = { seq, text: makeText(seq), storedAt: now };
    this.#latestSeq = seq;
    this.#events.push(event);
    this.#forget(now);
    return event;
  }

  at(seq: number): StoredEvent | undefined {
    return seq < this.oldestSeq ? undefined : this.#events[this.#start + seq - this.oldestSeq];
  }

  all(): StoredEvent[] {
    return this.#events.slice(this.#start);
  }

  /** All that is kept is lost, and so are `count` events that nobody has seen. */
  lose(count: number): void {
    this.#events = [];
    this.#start = 0;
    this.#latestSeq += count;
  }

  restart(): void {
    this.lose(0);
    this.#latestSeq = 0;
  }

  #forget(now: number): void {
    const limit = now - this.#retention.milliseconds;
    while (
      this.size > 1 &&
      (this.size > this.#retention.events || (this.#events[this.#start]?.storedAt ?? limit) < limit)
    ) {
      this.#start += 1;
    }
    if (this.#start > 4096 && this.#start > this.#events.length / 2) {
      this.#events = this.#events.slice(this.#start);
      this.#start = 0;
    }
  }
}
