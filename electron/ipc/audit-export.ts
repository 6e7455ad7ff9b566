import { success } from '../../contract/errors.ts';
import type { CheckedInputs } from '../../contract/inputs.ts';
import type { Core, Handlers } from '../../main/core.ts';
import { createExportPlace, exportDay } from './export-place.ts';
import type { ExportPlaceOptions } from './export-place.ts';

type Format = CheckedInputs['audit.export']['format'];

export interface AuditExportOptions extends Omit<ExportPlaceOptions<Format>, 'keyValue'> {
  readonly core: Pick<Core, 'keyValue' | 'exportAudit'>;
}

export const exportName = (format: Format, at: number): string => `vicore-audit-${exportDay(at)}.${format}`;

/** The place is asked for here, where windows are known; the core writes the file. */
export function createAuditExport(options: AuditExportOptions): Handlers<'audit.export'> {
  const { core } = options;
  const place = createExportPlace({ ...options, keyValue: core.keyValue });
  return {
    'audit.export': async (request, caller) => {
      const chosen = await place(caller.windowId, request.format, exportName(request.format, caller.at));
      if (!chosen.ok) return chosen;
      if (chosen.value === undefined) return success({});
      const started = core.exportAudit(request, chosen.value, caller);
      return started.ok ? success({ started: started.value }) : started;
    },
  };
}
