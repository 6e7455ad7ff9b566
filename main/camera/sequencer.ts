/** Anything with a place in the stream; `size` is what holding it costs, in bytes or so. */
export interface Sequenced {
  readonly seq: number;
  readonly size: number;
}

interface Accepted<T> {
  /** In order, each `seq` once; empty for duplicates and while a gap waits. */
  readonly ready: readonly T[];
  /** Send `subscribe` with this `fromSeq`. */
  readonly ask?: number | undefined;
}

export interface Sequencer<T extends Sequenced> {
  /** The `seq` that must come next. */
  readonly next: number;
  /** Entries that wait behind a gap. */
  readonly held: number;
  /** The first event that is missing though a later one was seen. */
  readonly missing: number | undefined;
  accept(item: T): Accepted<T>;
  /** The answer did not come: what to ask for again, absent when nothing is missing any more. */
  askAgain(): number | undefined;
  /** Gives the missing events up for lost, up to the first held one; absent when nothing is held. */
  skip(): { readonly first: number; readonly last: number; readonly ready: readonly T[] } | undefined;
}

export interface HoldLimits {
  readonly entries: number;
  readonly size: number;
}

const defaultLimits: HoldLimits = { entries: 4_096, size: 8 * 1024 * 1024 };

/**
 * Brings events into the order of their `seq` (rules 1 and 2, docs/camera-protocol.md). Pure: what arrives goes
 * in, what may be applied and what must be asked for comes out. Later events are held in bounded memory; what
 * does not fit is dropped from the top and asked for again.
 */
export function createSequencer<T extends Sequenced>(
  first: number,
  limits: HoldLimits = defaultLimits,
): Sequencer<T> {
  const hold = new Map<number, T>();
  let heldSize = 0;
  let next = first;
  /** Highest `seq` seen, dropped ones included. */
  let seen = first - 1;
  /** The `seq` that came last, in whatever order. */
  let wire = first - 1;
  let asked: number | undefined;
  /** What arrives now is the answer to the last question, not what was on its way before it. */
  let answered = false;

  const missingNow = (): number | undefined => (seen >= next ? next : undefined);

  function keep(item: T): void {
    hold.set(item.seq, item);
    heldSize += item.size;
    while (hold.size > limits.entries || (heldSize > limits.size && hold.size > 1)) {
      let top = item.seq;
      for (const seq of hold.keys()) top = Math.max(top, seq);
      heldSize -= hold.get(top)?.size ?? 0;
      hold.delete(top);
    }
  }

  function releaseInto(ready: T[]): void {
    for (let item = hold.get(next); item; item = hold.get(next)) {
      hold.delete(next);
      heldSize -= item.size;
      ready.push(item);
      next += 1;
    }
    seen = Math.max(seen, next - 1);
  }

  function question(): number | undefined {
    const missing = missingNow();
    if (missing === undefined) {
      asked = undefined;
      return undefined;
    }
    // The answer under way still brings it: every event from the one asked for comes again.
    const onItsWay = asked !== undefined && (!answered || wire <= missing || missing === asked);
    if (onItsWay) return undefined;
    asked = missing;
    answered = false;
    return missing;
  }

  return {
    get next() {
      return next;
    },
    get held() {
      return hold.size;
    },
    get missing() {
      return missingNow();
    },

    accept(item) {
      const { seq } = item;
      if (asked !== undefined && (seq <= wire || seq === asked)) answered = true;
      wire = seq;
      const ready: T[] = [];
      if (seq === next) {
        ready.push(item);
        next += 1;
        releaseInto(ready);
      } else if (seq > next && !hold.has(seq)) {
        seen = Math.max(seen, seq);
        keep(item);
      }
      return { ready, ask: question() };
    },

    askAgain() {
      asked = missingNow();
      answered = false;
      return asked;
    },

    skip() {
      if (missingNow() === undefined || hold.size === 0) return undefined;
      const from = next;
      next = Infinity;
      for (const seq of hold.keys()) next = Math.min(next, seq);
      const last = next - 1;
      const ready: T[] = [];
      releaseInto(ready);
      asked = undefined;
      return { first: from, last, ready };
    },
  };
}
