import type { JournalEntry } from '../../main/passes/events.ts';
import { createDrain } from '../../main/postgres/drain.ts';
import { recordedEntries, type RecordingName } from '../shared/recording.ts';
import { withClient } from './postgres-support.ts';

/** Brings entries into the shared record as the writer does, `size` at a time. */
export async function storeEntries(
  url: string,
  entries: readonly JournalEntry[],
  size = 500,
  workstation = 'WS-1',
): Promise<void> {
  await withClient(url, async (client) => {
    const drain = createDrain({
      client,
      workstation,
      signal: new AbortController().signal,
      onSetAside: (_, reason) => {
        throw new Error(`set aside: ${reason}`);
      },
      onRetry: () => undefined,
    });
    for (let from = 0; from < entries.length; from += size)
      await drain.store(entries.slice(from, from + size));
  });
}

export const storedRecording = (url: string, name: RecordingName): Promise<void> =>
  storeEntries(url, recordedEntries(name));
