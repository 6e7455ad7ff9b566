import { parseMessage } from './camera/protocol.ts';
import type { StreamEvent } from './passes/events.ts';

/** The event in a journal row. Its text was checked when it came, and is checked again because files are an edge too. */
export function decodeEvent(text: string): StreamEvent | undefined {
  const parsed = parseMessage(text);
  return parsed.kind === 'event' ? parsed.event : undefined;
}
