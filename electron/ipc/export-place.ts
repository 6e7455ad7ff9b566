import { dirname, join } from 'node:path';
import { failure, success } from '../../contract/errors.ts';
import type { Result } from '../../contract/errors.ts';
import type { Core, Log } from '../../main/core.ts';

export const exportFolderKey = 'export.folder';

export interface ExportPlaceOptions<Kind> {
  readonly keyValue: Core['keyValue'];
  /** Where to when nothing was exported yet. */
  readonly firstFolder: () => string;
  /** Asks for the file, in the window that wants to export; undefined when the person does not want to after all. */
  readonly choose: (windowId: number, kind: Kind, suggestion: string) => Promise<string | undefined>;
  readonly log: Log;
}

/** Asks for a file of that name, one person at a time; undefined: the person chose none. Exports share one folder. */
export type ExportPlace<Kind> = (
  windowId: number,
  kind: Kind,
  name: string,
) => Promise<Result<string | undefined>>;

/** Of the day by UTC, as all times in the file are. */
export const exportDay = (at: number): string => new Date(at).toISOString().slice(0, 10);

export function createExportPlace<Kind>(options: ExportPlaceOptions<Kind>): ExportPlace<Kind> {
  const { keyValue, log } = options;
  let asking = false;

  const folder = async (): Promise<string> => {
    try {
      return (await keyValue.get(exportFolderKey)) ?? options.firstFolder();
    } catch (error) {
      log.warn({ error }, 'the folder of the last export is not known');
      return options.firstFolder();
    }
  };

  return async (windowId, kind, name) => {
    if (asking) return failure('conflict', 'The place of another export is being chosen.');
    asking = true;
    const chosen = await folder()
      .then((where) => options.choose(windowId, kind, join(where, name)))
      .finally(() => {
        asking = false;
      });
    if (chosen !== undefined) {
      keyValue.set(exportFolderKey, dirname(chosen)).catch((error: unknown) => {
        log.warn({ error }, 'the folder of the export could not be kept');
      });
    }
    return success(chosen);
  };
}
