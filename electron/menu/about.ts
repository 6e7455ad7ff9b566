import { clipboard, dialog } from 'electron';
import type { About } from '../../contract/results.ts';
import { textsOf } from '../texts/texts.ts';
import type { Language } from '../texts/texts.ts';

/** What this program is made of, to be read or copied into a report. */
export async function showAbout(about: About, language: Language): Promise<void> {
  const words = textsOf(language).about;
  const lines = [
    `VICORE ${about.application}`,
    `Electron ${about.electron}`,
    `Chromium ${about.chromium}`,
    `Node ${about.node}`,
    about.schema === undefined ? undefined : `Schema ${about.schema}`,
    about.commit === undefined ? undefined : `Commit ${about.commit}`,
  ].filter((line) => line !== undefined);
  const { response } = await dialog.showMessageBox({
    type: 'info',
    title: words.title,
    message: words.title,
    detail: lines.join('\n'),
    buttons: [words.close, words.copy],
    defaultId: 0,
    cancelId: 0,
  });
  if (response === 1) await clipboard.writeText(lines.join('\n'));
}

export async function showShortcuts(language: Language): Promise<void> {
  const words = textsOf(language).shortcuts;
  await dialog.showMessageBox({
    type: 'info',
    title: words.title,
    message: words.title,
    detail: words.lines.join('\n'),
  });
}
