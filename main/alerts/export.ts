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
  readonly reads: Pick<AlertReads, 'listAlerts' | 'alertsById'>;
  readonly openFile: OpenAlertFile;
  readonly trail: Pick<AuditTrail, 'record'>;
}

export type AlertExport = (
  filter: CheckedInputs['alerts.export'],
  path: string,
  act: Act,
) => Promise<Result<{ readonly rows: number }>>;

const pageRows = 200;

async function* pagesOf(
  reads: AlertExportOptions['reads'],
  filter: Omit<CheckedInputs['alerts.export'], 'search' | 'alertIds'>,
): AsyncGenerator<readonly Alert[]> {
  let cursor: string | undefined;
  do {
    const page = await reads.listAlerts({ ...filter, cursor, limit: pageRows });
    yield page.items;
    cursor = page.cursor;
  } while (cursor !== undefined);
}

/** Each once, as it is now, in the order in which they are named. */
async function* named(
  reads: AlertExportOptions['reads'],
  alertIds: readonly string[],
): AsyncGenerator<readonly Alert[]> {
  const wanted = [...new Set(alertIds)];
  for (let from = 0; from < wanted.length; from += pageRows) {
    const ids = wanted.slice(from, from + pageRows);
    const found = new Map((await reads.alertsById(ids)).map((alert) => [alert.id, alert]));
    yield ids.flatMap((id) => found.get(id) ?? []);
  }
}

/** The alerts of a filter in the order of the list, or those that are named, as a file, page by page. Errors: `internal`, with the reason. */
export function createAlertExport({ reads, openFile, trail }: AlertExportOptions): AlertExport {
  return async ({ search, alertIds, ...filter }, path, act) => {
    let file: AlertFile | undefined;
    try {
      file = await openFile(path);
      let rows = 0;
      for await (const alerts of alertIds === undefined ? pagesOf(reads, filter) : named(reads, alertIds)) {
        await file.write(alerts);
        rows += alerts.length;
      }
      await file.finish();
      // The folder is the person's own affair.
      const after = {
        filter: search === undefined ? filter : { ...filter, search },
        // The ids themselves would be most of the audit log.
        ...(alertIds === undefined ? undefined : { named: alertIds.length }),
        rows,
        file: path.split(/[/\\]/).at(-1),
      };
      trail.record(entryOf(act, { action: 'alert.export', entity: 'alert', entityId: '', after }));
      return success({ rows });
    } catch (error) {
      await file?.abandon();
      const reason = error instanceof Error ? error.message : String(error);
      return failure('internal', `The alerts could not be written: ${reason}`, { reason });
    }
  };
}
