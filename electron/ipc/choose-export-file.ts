import { dialog } from 'electron';
import type { Texts } from '../texts/texts.ts';
import type { WindowRecord } from '../windows/window-record.ts';
import type { ExportPlaceOptions } from './export-place.ts';

type What = 'auditExport' | 'alertExport';

/** The desktop's own dialog, attached to the window that exports: the live windows stay usable. */
export function chooseExportFile(
  find: (windowId: number) => WindowRecord | undefined,
  texts: () => Texts,
  what: What,
): ExportPlaceOptions<'csv' | 'jsonl'>['choose'] {
  return async (windowId, format, suggestion) => {
    const record = find(windowId);
    if (!record || record.window.isDestroyed()) return undefined;
    const words = texts();
    const { canceled, filePath } = await dialog.showSaveDialog(record.window, {
      title: words[what].title,
      defaultPath: suggestion,
      filters: [{ name: words.fileTypes[format], extensions: [format] }],
      properties: ['showOverwriteConfirmation', 'createDirectory'],
    });
    return canceled || filePath === '' ? undefined : filePath;
  };
}
