import { dirname, join } from 'node:path';
import { failure, success } from '../../contract/errors.ts';
import type { CheckedInputs } from '../../contract/inputs.ts';
import type { Core, Handlers, Log } from '../../main/core.ts';

type Format = CheckedInputs['audit.export']['format'];

export const exportFolderKey = 'export.folder';

export interface AuditExportOptions {
  readonly core: Pick<Core, 'keyValue' | 'exportAudit'>;
  /** Where to when nothing was exported yet. */
  readonly firstFolder: () => string;
  /** Asks for the file, in the window that wants to export; undefined when the person does not want to after all. */
  readonly choose: (windowId: number, format: Format, suggestion: string) => Promise<string | undefined>;
  readonly log: Log;
}

/** Of the day by UTC, as all times in the file are. */
export const exportName = (format: Format, at: number): string =>
  `vicore-audit-${new Date(at).toISOString().slice(0, 10)}.${format}`;

/** The place is asked for here, where windows are known; the core writes the file. */
export function createAuditExport(options: AuditExportOptions): Handlers<'audit.export'> {
  const { core, log } = options;
  let asking = false;

  const folder = async (): Promise<string> => {
    try {
      return (await core.keyValue.get(exportFolderKey)) ?? options.firstFolder();
    } catch (error) {
      log.warn({ error }, 'the folder of the last export is not known');
      return options.firstFolder();
    }
  };

  return {
    'audit.export': async (request, caller) => {
      if (asking) return failure('conflict', 'The place of another export is being chosen.');
      asking = true;
      const chosen = await folder()
        .then((where) => join(where, exportName(request.format, caller.at)))
        .then((suggestion) => options.choose(caller.windowId, request.format, suggestion))
        .finally(() => {
          asking = false;
        });
      if (chosen === undefined) return success({});
      core.keyValue.set(exportFolderKey, dirname(chosen)).catch((error: unknown) => {
        log.warn({ error }, 'the folder of the export could not be kept');
      });
      const started = core.exportAudit(request, chosen, caller);
      return started.ok ? success({ started: started.value }) : started;
    },
  };
}
