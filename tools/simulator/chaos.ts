import type { BeforeSend, Connection } from './connection.ts';
import type { EventRing } from './event-ring.ts';
import { createRandom } from './random.ts';

/** How often each thing goes wrong in the course of a stream. */
export interface Chaos {
  seed?: string;
  /** Sockets dropped. */
  cuts?: number;
  /** Times at which 1 to 8 events are sent again. */
  duplicates?: number;
  /** Times at which 1 to 5 events are left out; whoever asks again gets them. */
  gaps?: number;
  /** Times at which 2 to 6 events arrive in the opposite order. */
  reorders?: number;
}

export type ChaosKind = 'cut' | 'duplicate' | 'gap' | 'reorder';

interface Mishap {
  kind: ChaosKind;
  length: number;
}

export interface ChaosPlan {
  beforeSend: BeforeSend;
  /** What has happened so far. */
  readonly done: Record<ChaosKind, number>;
  /** Mishaps that have not happened yet. */
  readonly left: number;
}

/**
 * Mishaps at random but fixed numbers between 2 and `lastSeq`; each happens once, so that the stream always gets to
 * its end, and the last event is never left out, so that every gap shows.
 */
export const planChaos = (chaos: Chaos, lastSeq: number, ring: () => EventRing): ChaosPlan => {
  const random = createRandom(chaos.seed ?? 'chaos', lastSeq);
  const mishaps = new Map<number, Mishap>();
  const leaveOut = new Set<number>();
  const done: Record<ChaosKind, number> = { cut: 0, duplicate: 0, gap: 0, reorder: 0 };
  // Mishaps keep apart: one within the reach of another would never happen.
  const taken = new Set<number>();
  const reach = (seq: number, length: number): number[] =>
    Array.from({ length: length + 2 }, (_, step) => seq + step);
  const plan = (kind: ChaosKind, count: number, longest: number, shortest = 1): void => {
    for (let left = count, attempts = 0; left > 0 && attempts < count * 50; attempts += 1) {
      const seq = random.integer(2, Math.max(2, lastSeq - longest - 2));
      const length = random.integer(shortest, longest);
      const numbers = reach(seq, kind === 'gap' || kind === 'reorder' ? length : 0);
      if (numbers.some((number) => taken.has(number))) continue;
      for (const number of numbers) taken.add(number);
      mishaps.set(seq, { kind, length });
      left -= 1;
    }
  };
  plan('cut', chaos.cuts ?? 0, 1);
  plan('duplicate', chaos.duplicates ?? 0, 8);
  plan('gap', chaos.gaps ?? 0, 5);
  plan('reorder', chaos.reorders ?? 0, 6, 2);

  const sendAgain = (connection: Connection, seq: number, count: number): void => {
    for (let again = Math.max(1, seq - count); again < seq; again += 1) {
      const text = ring().at(again)?.text;
      if (text !== undefined) connection.transmit(text);
    }
  };

  return {
    done,
    get left() {
      return mishaps.size + leaveOut.size;
    },
    beforeSend: (connection, { seq }) => {
      const askedFor = connection.isAskedFor(seq);
      if (leaveOut.delete(seq) && !askedFor) return 'skip';
      const mishap = mishaps.get(seq);
      if (mishap === undefined) return 'send';
      mishaps.delete(seq);
      done[mishap.kind] += 1;
      if (mishap.kind === 'cut') {
        connection.close();
        return 'stop';
      }
      if (mishap.kind === 'reorder') {
        connection.reverseNext(mishap.length);
        return 'again';
      }
      if (mishap.kind === 'duplicate') {
        sendAgain(connection, seq, mishap.length);
        return 'send';
      }
      const first = askedFor ? seq + 1 : seq;
      for (let step = seq + 1; step < first + mishap.length; step += 1) leaveOut.add(step);
      return askedFor ? 'send' : 'skip';
    },
  };
};
