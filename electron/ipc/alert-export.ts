import { success } from '../../contract/errors.ts';
import type { Core, Handlers } from '../../main/core.ts';
import { createExportPlace, exportDay } from './export-place.ts';
import type { ExportPlaceOptions } from './export-place.ts';

export interface AlertExportOptions extends Omit<ExportPlaceOptions<'csv'>, 'keyValue'> {
  readonly core: Pick<Core, 'keyValue' | 'exportAlerts'>;
}

/** The alerts of a list as a file: its place is asked for here, the core writes it. */
export function createAlertExport(options: AlertExportOptions): Handlers<'alerts.export'> {
  const { core } = options;
  const place = createExportPlace({ ...options, keyValue: core.keyValue });
  return {
    'alerts.export': async (filter, caller) => {
      const chosen = await place(caller.windowId, 'csv', `vicore-alerts-${exportDay(caller.at)}.csv`);
      if (!chosen.ok) return chosen;
      const path = chosen.value;
      if (path === undefined) return success({});
      const written = await core.exportAlerts(filter, path, caller);
      return written.ok ? success({ path, rows: written.value.rows }) : written;
    },
  };
}
