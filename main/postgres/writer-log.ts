import { describeFailure } from './failure.ts';
import type { SharedRecordLog } from './shared-record.ts';
import type { WriterEvent } from './writer.ts';

/** What the writer does, for the log. */
export function logWriterEvent(log: SharedRecordLog, event: WriterEvent): void {
  switch (event.kind) {
    case 'elected':
    case 'resigned':
      return log.info({ ...event }, `writer ${event.kind}`);
    case 'stored':
      return log.debug({ ...event }, 'journal entries stored in the shared record');
    case 'set-aside':
      return log.error({ ...event }, 'an entry cannot be stored and is listed as rejected');
    case 'retry':
      return log.warn({ reason: describeFailure(event.error) }, 'storing is tried again');
    case 'without-partition':
      return log.warn(
        { rows: event.rows },
        'measurements lie in the default partition: their month has none',
      );
  }
}
