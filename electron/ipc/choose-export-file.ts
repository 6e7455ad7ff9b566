import { dialog } from 'electron';
import type { Texts } from '../texts/texts.ts';
import type { WindowRecord } from '../windows/window-record.ts';
import type { AuditExportOptions } from './audit-export.ts';

/** The desktop's own dialog, attached to the window that exports: the live windows stay usable. */
export function chooseExportFile(
  find: (windowId: number) => WindowRecord | undefined,
  texts: () => Texts,
): AuditExportOptions['choose'] {
  return async (windowId, format, suggestion) => {
    const record = find(windowId);
    if (!record || record.window.isDestroyed()) return undefined;
    const words = texts().auditExport;
    const { canceled, filePath } = await dialog.showSaveDialog(record.window, {
      title: words.title,
      defaultPath: suggestion,
      filters: [{ name: words[format], extensions: [format] }],
      properties: ['showOverwriteConfirmation', 'createDirectory'],
    });
    return canceled || filePath === '' ? undefined : filePath;
  };
}
