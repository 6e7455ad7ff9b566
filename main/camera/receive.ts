import { isUtf8 } from 'node:buffer';
import { readScalar, readSeq } from './head.ts';
import { parseMessage } from './protocol.ts';
import type { ParsedMessage } from './protocol.ts';

/** One message as the link handed it over. */
export interface Received {
  readonly data: Buffer;
  readonly binary: boolean;
  /** ms since the epoch, this workstation's clock. */
  readonly receivedAt: number;
  readonly size: number;
  /** Set when `data` is only the beginning of a message that ended its link: why. */
  readonly refused?: string | undefined;
}

export interface Decoded {
  readonly text: string;
  readonly parsed: ParsedMessage;
  /** Refused, its `seq` not among what was read, and not of a kind that has none. */
  readonly unreadable?: boolean | undefined;
}

const unsequenced: ReadonlySet<string | undefined> = new Set(['"heartbeat"', '"hello"']);

function decodeRefused(text: string, reason: string): Decoded {
  const sequenced = !unsequenced.has(readScalar(text, 'type'));
  const seq = sequenced ? readSeq(text) : undefined;
  return {
    text,
    parsed: { kind: 'rejected', seq, reason: `message: ${reason}` },
    unreadable: sequenced && seq === undefined,
  };
}

function seqOf(parsed: ParsedMessage): number | undefined {
  if (parsed.kind === 'event') return parsed.event.seq;
  return parsed.kind === 'rejected' ? parsed.seq : undefined;
}

/** The text of a message and what it says. Wrong encodings are rejected, with their `seq` where it can be read. */
export function decode(received: Received): Decoded {
  const text = received.data.toString();
  if (received.refused !== undefined) return decodeRefused(text, received.refused);
  const parsed = parseMessage(text);
  if (!received.binary && isUtf8(received.data)) return { text, parsed };
  const reason = received.binary ? 'message: binary, expected text' : 'message: not UTF-8';
  return { text, parsed: { kind: 'rejected', seq: seqOf(parsed), reason } };
}
