import type { JournalEntry, StreamEvent } from '../passes/events.ts';
import type { JournalRow, StoredJournalRow } from './protocol.ts';

/** Reads an event's text again; undefined when it is none. Given by whoever composes the core (main/camera does it). */
export type DecodeEvent = (text: string) => StreamEvent | undefined;

const payloadOf = (entry: JournalEntry): string => {
  if (entry.kind === 'event') return entry.text;
  const { kind: _, streamId: __, receivedAt: ___, ...rest } = entry;
  return JSON.stringify(rest);
};

/** An event keeps the very text that was received; the other kinds are written as JSON. */
export const toRow = (entry: JournalEntry): JournalRow => ({
  kind: entry.kind,
  streamId: entry.streamId,
  seq: 'seq' in entry ? (entry.seq ?? null) : null,
  receivedAt: entry.receivedAt,
  payload: payloadOf(entry),
});

type Payload<Kind extends JournalEntry['kind']> = Omit<
  Extract<JournalEntry, { kind: Kind }>,
  'kind' | 'streamId' | 'receivedAt' | 'seq'
>;

/** The entry as it was appended. An event that no longer decodes becomes a rejected one: listed, never lost. */
export const toEntry = (row: StoredJournalRow, decodeEvent: DecodeEvent): JournalEntry => {
  const { kind, streamId, receivedAt, payload } = row;
  const base = { streamId, receivedAt };
  const seq = row.seq ?? undefined;
  switch (kind) {
    case 'event': {
      const event = decodeEvent(payload);
      return event === undefined || seq === undefined
        ? { ...base, kind: 'rejected', seq, reason: 'can no longer be read', text: payload.slice(0, 4096) }
        : { ...base, kind, seq, event, text: payload };
    }
    case 'rejected':
      return { ...base, kind, seq, ...(JSON.parse(payload) as Payload<'rejected'>) };
    case 'gap':
      return { ...base, kind, seq: seq ?? 0, ...(JSON.parse(payload) as Payload<'gap'>) };
    case 'stream':
      return { ...base, kind, ...(JSON.parse(payload) as Payload<'stream'>) };
    case 'camera':
      return { ...base, kind, ...(JSON.parse(payload) as Payload<'camera'>) };
    case 'link':
      return { ...base, kind, ...(JSON.parse(payload) as Payload<'link'>) };
  }
};
