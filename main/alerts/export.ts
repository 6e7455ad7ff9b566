import type { Alert } from '../../contract/domain.ts';
import { failure, success } from '../../contract/errors.ts';
import type { Result } from '../../contract/errors.ts';
import type { CheckedInputs } from '../../contract/inputs.ts';
import type { Act } from '../audit/act.ts';
import { entryOf } from '../audit/entry.ts';
import type { AuditTrail } from '../audit/trail.ts';
import type { AlertReads } from './ports.ts';

/** A file that takes its name only once it is whole. Everything rejects with what the file system says. */
export interface AlertFile {
  write(alerts: readonly Alert[]): Promise<void>;
  finish(): Promise<void>;
  /** Removes what was written; never rejects. */
  abandon(): Promise<void>;
}

export type OpenAlertFile = (path: string) => Promise<AlertFile>;

export interface AlertExportOptions {
  readonly reads: Pick<AlertReads, 'listAlerts'>;
  readonly openFile: OpenAlertFile;
  readonly trail: Pick<AuditTrail, 'record'>;
}

export type AlertExport = (
  filter: CheckedInputs['alerts.export'],
  path: string,
  act: Act,
) => Promise<Result<{ readonly rows: number }>>;

const pageRows = 200;

/** The alerts of a filter as a file, in the order of the list, page by page. Errors: `internal`, with the reason. */
export function createAlertExport({ reads, openFile, trail }: AlertExportOptions): AlertExport {
  return async (filter, path, act) => {
    let file: AlertFile | undefined;
    try {
      file = await openFile(path);
      let rows = 0;
      let cursor: string | undefined;
      do {
        const page = await reads.listAlerts({ ...filter, cursor, limit: pageRows });
        await file.write(page.items);
        rows += page.items.length;
        cursor = page.cursor;
      } while (cursor !== undefined);
      await file.finish();
      // The folder is the person's own affair.
      const after = { filter, rows, file: path.split(/[/\\]/).at(-1) };
      trail.record(entryOf(act, { action: 'alert.export', entity: 'alert', entityId: '', after }));
      return success({ rows });
    } catch (error) {
      await file?.abandon();
      const reason = error instanceof Error ? error.message : String(error);
      return failure('internal', `The alerts could not be written: ${reason}`, { reason });
    }
  };
}
